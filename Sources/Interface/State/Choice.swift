import Drawing
import LogFiles
import Quantities
import Timelines

/// A list over the log to choose one thing from, narrowed as one types.
public struct Choice: Equatable, Sendable {
  /// What the list is for.
  public enum Purpose: Equatable, Sendable {
    /// Saved filters, toggled.
    case savedFilters
    /// What to copy.
    case copies
    /// Places to jump to.
    case bookmarks
    /// Values to filter for, or out.
    case values(negated: Bool)
    /// A format for a source.
    case format(FileID)
    /// A zone for the stamps of a source.
    case zone(FileID)
    /// The continuations of a prefix key, shown while it waits.
    case continuations
    /// The most frequent values of a field.
    case topValues(field: String)
    /// Highlighted words, to remove one.
    case highlights
    /// A theme.
    case theme
    /// A set of panels.
    case panelSet
  }

  /// One line of the list.
  public struct Item: Equatable, Sendable {
    /// What taking it does.
    public enum Value: Equatable, Sendable {
      /// The text itself (a name of a filter, format, zone, theme).
      case text(String)
      /// A value of a field to filter by.
      case field(name: String, value: String)
      /// A place to go to.
      case place(Place)
      /// A query to put in force.
      case query(String)
      /// Something to copy.
      case copy(CopyItem)
      /// An instant to go to.
      case time(Timestamp)
      /// Nothing but information.
      case nothing
    }

    /// What is chosen by.
    public var label: String
    /// More about it, dimmed.
    public var detail: String
    /// Whether it is in force (an applied filter, the present format).
    public var isMarked: Bool
    /// What taking it does.
    public var value: Value

    /// Makes an item.
    public init(label: String, detail: String = "", isMarked: Bool = false, value: Value) {
      self.label = label
      self.detail = detail
      self.isMarked = isMarked
      self.value = value
    }
  }

  /// What the list is for.
  public var purpose: Purpose
  /// The heading.
  public var title: String
  /// All items.
  public var items: [Item]
  /// What was typed to narrow the list.
  public var narrowing = ""
  /// The index of the selected item among `shown`.
  public var selected = 0
  /// Whether items are still coming.
  public var isLoading = false

  /// Makes a list.
  public init(_ purpose: Purpose, title: String, items: [Item], isLoading: Bool = false) {
    self.purpose = purpose
    self.title = title
    self.items = items
    self.isLoading = isLoading
  }

  /// The items that hold every word typed, without regard to case; those whose label does come first.
  public var shown: [Item] {
    let words = narrowing.lowercased().split(separator: " ")
    guard !words.isEmpty else { return items }
    let found = items.filter { item in
      let text = (item.label + " " + item.detail).lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    let named = found.filter { item in
      let label = item.label.lowercased()
      return words.allSatisfy { label.contains($0) }
    }
    return named + found.filter { !named.contains($0) }
  }

  /// The selected item; nil if none is shown.
  public var selectedItem: Item? {
    let shown = shown
    return shown.indices.contains(selected) ? shown[selected] : nil
  }

  /// Moves the selection, staying inside.
  public mutating func move(by count: Int) {
    let last = max(0, shown.count - 1)
    selected = min(max(0, (selected.addingReportingOverflow(count)).partialValue), last)
  }
}

/// The list shown when the program is started without arguments.
public struct FileChooser: Equatable, Sendable {
  /// Something that can be opened.
  public struct Candidate: Equatable, Sendable {
    /// What `Effect.open` takes: a path, `journal:`.
    public var name: String
    /// More about it: size, last change, `last session`.
    public var detail: String
    /// Why it cannot be read (`group adm`); nil if it can.
    public var obstacle: String?
    /// All that it stands for, where that is several files which were opened together.
    public var set: [String] = []

    /// Makes a candidate.
    public init(name: String, detail: String, obstacle: String? = nil) {
      self.name = name
      self.detail = detail
      self.obstacle = obstacle
    }
  }

  /// Everything found so far.
  public var candidates: [Candidate] = []
  /// What was typed to narrow the list.
  public var narrowing = ""
  /// The index of the selected one among `shown`.
  public var selected = 0
  /// Whether the search for files still runs.
  public var isLoading = true

  /// Makes an empty list.
  public init() {}

  /// The candidates that hold every word typed.
  public var shown: [Candidate] {
    let words = narrowing.lowercased().split(separator: " ")
    return words.isEmpty
      ? candidates : candidates.filter { item in words.allSatisfy { item.name.lowercased().contains($0) } }
  }

  /// Whether what was typed is opened as it stands, if nothing of the list fits.
  var isPath: Bool { narrowing.contains("/") }

  /// What to say where nothing fits.
  var emptyText: String {
    if narrowing.isEmpty { return "no log found here; type a path with a /" }
    return isPath ? "Enter opens \(narrowing)" : "nothing fits; ./\(narrowing) opens a file of that name"
  }
}
