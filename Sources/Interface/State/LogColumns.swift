import Drawing

/// A column of the log: a field, or one of the parts that every record has.
public struct LogColumn: Equatable, Sendable {
  /// `time`, `level`, `source`, `msg`, the path of a field, or `fields`: all that have no column.
  public var name: String
  /// Cells; nil is as wide as its values.
  public var width: Int?
  /// Whether it is on the screen; the chooser keeps the place of one that is not.
  public var isShown = true

  /// Makes a column.
  public init(_ name: String, width: Int? = nil, isShown: Bool = true) {
    self.name = name == "message" ? "msg" : name
    self.width = width
    self.isShown = isShown
  }

  /// Columns of a record that stand still when the log is scrolled sideways, as long as they come first.
  var isPinned: Bool { ["time", "level", "source"].contains(name) }

  /// The widest a column may be made.
  static let widest = 500

  /// Reads `time,level,msg=40,status`; nil where a name is missing or a width is none.
  public static func list(_ text: String) -> [LogColumn]? {
    var columns: [LogColumn] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      var column = LogColumn(String(part).trimmed)
      if let sign = part.lastIndex(of: "="), let width = Int(String(part[part.index(after: sign)...]).trimmed) {
        guard (1...widest).contains(width) else { return nil }
        column = LogColumn(String(part[..<sign]).trimmed, width: width)
      }
      guard !column.name.isEmpty, !columns.contains(where: { $0.name == column.name }) else { return nil }
      columns.append(column)
    }
    return columns
  }

  /// The columns that are shown, as `list(_:)` reads them.
  public static func text(of columns: [LogColumn]) -> String {
    columns.filter(\.isShown).map { $0.name + ($0.width.map { "=\($0)" } ?? "") }.joined(separator: ",")
  }
}

/// The columns that were chosen, and the pane in which one chooses them.
public struct ColumnsState: Equatable, Sendable {
  /// What was chosen, by format; a format that is not here is shown as the configuration says, or as usual.
  public var chosen: [String: [LogColumn]] = [:]
  /// How wide the values seen of a column are, by format and name; grows, so that rows stay where they are.
  var measured: [String: [String: Int]] = [:]
  /// Whether the pane is open.
  public var isOpen = false
  /// The format that the pane is about.
  public var format = ""
  /// What the pane lists: shown or not, in order.
  public var items: [LogColumn] = []
  /// The selected one.
  public var selected = 0

  /// The first item on a pane of so many rows.
  func firstShown(rows: Int) -> Int { max(0, min(selected - rows + 1, items.count - rows)) }

  /// Makes a state in which nothing was chosen.
  public init() {}
}

extension State {
  /// The columns in which records of a file are shown, those not shown left out; nil where nothing was chosen.
  ///
  /// What was chosen for the format goes before what the configuration wants for the file.
  func columns(ofFormat format: String, path: String?) -> [LogColumn]? {
    if let chosen = logPane.columns.chosen[format] { return chosen.filter(\.isShown) }
    guard !settings.columns.isEmpty, let path else { return nil }
    return chosenColumns(for: path)?.map { LogColumn($0) }
  }

  /// The columns whose names stand above the log; nil where records of several kinds are on the screen in different ones.
  var headingColumns: [LogColumn]? {
    guard !logPane.columns.chosen.isEmpty || !settings.columns.isEmpty, size.rows >= 8, !showsResult, usesColumns else {
      return nil
    }
    let files = shownFiles
    guard let first = files.first, files.count <= 16 else { return nil }
    let columns = columns(ofFormat: first.format, path: first.name)
    let isOne = files.dropFirst().allSatisfy { self.columns(ofFormat: $0.format, path: $0.name) == columns }
    return isOne ? columns : nil
  }
}
