import Quantities
import QueryLanguage

/// The line at the bottom while it is typed into.
public struct Prompt: Sendable {
  /// A list of completions under way.
  public struct Completion: Equatable, Sendable {
    /// One of them.
    public struct Item: Equatable, Sendable {
      /// The text to insert.
      public var text: String
      /// More about it, dimmed.
      public var detail: String

      /// Makes an item.
      public init(text: String, detail: String = "") {
        self.text = text
        self.detail = detail
      }
    }

    /// All items.
    public var items: [Item]
    /// The item that stands in the line; nil while none was taken.
    public var selected: Int?
    /// The UTF-8 range of the line that the items replace.
    public var range: Range<Int>
    /// The line before the first item was taken.
    public var original: LineEditor

    /// Makes a list.
    public init(items: [Item], range: Range<Int>, original: LineEditor) {
      self.items = items
      self.range = range
      self.original = original
    }
  }

  /// What is being entered.
  public var kind: PromptKind
  /// The line.
  public var line: LineEditor
  /// The list of completions; nil while none is shown.
  public var completion: Completion?
  /// What Tab could put in, shown while one types; empty where the word at the caret is complete or unknown.
  public var offers: [String] = []
  /// What the command line could become, shown while one types.
  public var palette: Completion?
  /// The needle of the search in the history (`^R`); nil while none is under way.
  public var historyNeedle: String?
  /// The history entry shown; nil while the line is the user's own.
  public var historyIndex: Int?
  /// What stood in the line before the history was visited.
  public var draft = ""
  /// When the line changed last.
  public var changed: Timestamp
  /// Whether the line may end in a half-typed field name, so that it is applied only once it rests.
  public var isHeld = false
  /// What is wrong with the line, or doubtful; shown once `showsProblem`.
  public var problem: Diagnostic?
  /// How the line was read, where that differs from what was typed.
  public var readAs: String?
  /// What to go back to on Esc.
  public var before: ViewOptions
  /// The panel that is edited; nil when one is added.
  public var editedPanel: Int?
  /// The expression that a metric source was asked to complete and has not answered yet.
  var asked: String?
  /// Whether the answer shall open a list, as Tab wants it, and not only be offered.
  var wantsList = false
  /// The expression that a metric source was asked to read last.
  var checked: String?
  /// Whether the problem is only that the line is not finished, which is no news to who types it.
  var isUnfinished = false
  /// What a metric source has to say about completion (`prometheus does not answer`).
  public var note: String?

  /// Makes a prompt with `text` in it.
  public init(_ kind: PromptKind, text: String = "", before: ViewOptions, now: Timestamp) {
    self.kind = kind
    line = LineEditor(text)
    self.before = before
    changed = now
  }

  /// How long the line must rest before mistakes are shown.
  public static let rest = TimeSpan.milliseconds(400)

  /// How long a line that may end in a half-typed field name must rest before it is applied as a word.
  public static let fieldNamePause = TimeSpan.milliseconds(300)

  /// Whether a mistake is to be shown by now.
  public func showsProblem(at now: Timestamp) -> Bool { problem != nil && !isUnfinished && now - changed >= Self.rest }

  /// When a metric source is to be asked whether it can read the line; nil if it was, or nothing is to be read.
  var checkDue: Timestamp? {
    guard kind == .panel, checked == nil, historyNeedle == nil, !line.isEmpty else { return nil }
    return changed + Self.rest
  }

  /// What stands before the line.
  public var label: String {
    if historyNeedle != nil { return "search in history: " }
    return switch kind {
    case .filter: "filter: "
    case .search, .help, .text: "/"
    case .pipe: "| "
    case .command: ":"
    case .panel: "panel: "
    case .saveAs: "save as: "
    }
  }
}
