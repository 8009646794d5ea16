import Analysis
import Drawing
import Quantities

/// Where the columns of a result stand: as wide as their texts where there is room, else the long texts give way first.
///
///     route          count    p95  trend
///     /api/orders    3,120  182ms  ▁▂▂▇▃
public struct ResultColumns: Equatable, Sendable {
  /// What a column holds.
  public enum Kind: Equatable, Sendable {
    /// Texts, at the left of their column; the first may be a tree.
    case text
    /// Numbers and sizes, at its right.
    case number
    /// Times.
    case time
    /// Counts over time.
    case spark
  }

  /// What a column would like to have.
  public struct Measure: Sendable {
    /// What it holds.
    public var kind: Kind
    /// Columns of the screen for its widest text, header included.
    public var wanted: Int
    /// The fewest that it is of use with.
    public var least: Int
    /// How its values are written.
    public var text: ValueText
    /// Whether it names the row.
    public var isKey = false
  }

  /// One column on the screen.
  public struct Place: Equatable, Sendable {
    /// Its index in the table.
    public var index: Int
    /// Where it begins, from the left edge of the pane.
    public var start: Int
    /// Columns of the screen.
    public var width: Int

    /// Where it ends.
    public var end: Int { start + width }
  }

  /// The columns that are on the screen, from the left.
  public var places: [Place] = []
  /// Whether columns are scrolled away at the left, or do not fit at the right.
  public var hasMoreLeft = false
  /// See `hasMoreLeft`.
  public var hasMoreRight = false
  /// The bar that shows the share of a row: where it begins and how long it may be; nil without room.
  public var bar: (start: Int, width: Int)? { barWidth > 0 ? (barStart, barWidth) : nil }
  private var barStart = 0
  private var barWidth = 0

  /// Columns between columns.
  static let gap = 2
  /// Rows that are measured; later ones are cut where they are wider.
  private static let measuredRows = 2000
  /// A text is given no more than this while others are cut.
  private static let leastText = 10
  private static let sparkColumns = 24

  /// Lays columns out over `columns` of the screen, with `first` of them scrolled away; the first column stays where it is a
  /// key and leaves room for others.
  ///
  /// `barColumns` are the most that the bar at the end takes; 0 for no bar. `shown` are the columns of the table to show.
  init(_ measures: [Measure], columns: Int, first: Int, barColumns: Int, shown: [Int]? = nil) {
    var shown = (shown ?? Array(measures.indices)).filter(measures.indices.contains)
    guard !shown.isEmpty else { return }
    let first = min(max(0, first), shown.count - 1)
    var widths = Self.widths(shown.map { measures[$0] }, room: columns - 2)
    if widths.reduce(0, +) + Self.gap * (widths.count - 1) > columns - 2, first == 0 {
      // Where not all can be seen, what names the rows comes first, and need not be as narrow as if all could.
      let keys = shown.filter { measures[$0].isKey }
      shown = keys + shown.filter { !measures[$0].isKey }
      widths = Self.widths(shown.map { measures[$0] }, room: columns - 2)
      if let key = keys.first, measures[key].kind == .text {
        widths[0] = max(widths[0], min(measures[key].wanted, columns / 2))
      }
    }
    var start = 1
    if first > 0, widths[0] <= columns / 2 {
      places.append(Place(index: shown[0], start: start, width: widths[0]))
      start += widths[0] + Self.gap
    }
    for place in shown.indices.dropFirst(max(first, places.isEmpty ? 0 : 1)) {
      let measure = measures[shown[place]]
      let width = min(widths[place], columns - 1 - start)
      guard width >= min(widths[place], measure.kind == .text ? 4 : widths[place]), width > 0 else {
        if places.isEmpty, columns > 2 { places.append(Place(index: shown[place], start: start, width: columns - 2)) }
        hasMoreRight = true
        break
      }
      places.append(Place(index: shown[place], start: start, width: width))
      start += width + Self.gap
    }
    hasMoreLeft = first > 0
    if barColumns > 0, !hasMoreRight, columns - start - 1 >= 8 {
      barStart = start
      barWidth = min(barColumns, columns - start - 1)
    }
  }

  /// Where a click into the header goes: the index of the column in the table.
  func column(at position: Int) -> Int? {
    places.first { ($0.start..<$0.end + Self.gap).contains(position) }?.index
  }

  /// The widths that fit: the widest texts give way first, then times lose their seconds, sparklines some of their detail, and
  /// texts what is left above the least that is of use.
  private static func widths(_ measures: [Measure], room: Int) -> [Int] {
    var widths = measures.map(\.wanted)
    var excess = widths.reduce(0, +) + gap * (widths.count - 1) - room
    for (kind, floor) in [(Kind.text, 56), (.time, 0), (.spark, 0), (.text, 0)] {
      while excess > 0 {
        let shrinkable = widths.indices.filter {
          measures[$0].kind == kind && widths[$0] > max(floor, measures[$0].least)
        }
        guard let widest = shrinkable.max(by: { widths[$0] < widths[$1] }) else { break }
        let others = shrinkable.filter { $0 != widest }.map { widths[$0] }.max() ?? 0
        let target = max(floor, measures[widest].least, min(widths[widest] - 1, others))
        let cut = min(excess, widths[widest] - target)
        widths[widest] -= cut
        excess -= cut
      }
    }
    return widths
  }

  // MARK: Measuring

  /// What the columns of a table would like to have; O(rows), at most 2,000 of them.
  static func measure(_ table: ResultTable, _ rows: [ResultRow], zone: Zone) -> [Measure] {
    table.columns.indices.map { column in
      var measure = measure(table, column: column, rows, zone: zone)
      measure.isKey = table.columns[column].role != .value
      return measure
    }
  }

  private static func measure(_ table: ResultTable, column: Int, _ rows: [ResultRow], zone: Zone) -> Measure {
    let values = rows.prefix(measuredRows).map { row -> Value in
      let cells = table.rows[row.index].cells
      return cells.indices.contains(column) ? cells[column] : .absent
    }
    let header = CharacterWidth.columns(of: table.columns[column].name)
    var text = ValueText(zone: zone)
    text.isShare = table.columns[column].name == "share"
    text.groupsThousands = isCounted(table.columns[column])
    let times = values.compactMap { if case .time(let time) = $0 { time } else { nil } }
    if !times.isEmpty {
      let slice: Int64? = if case .slice(let length) = table.columns[column].role { length } else { nil }
      text.times = ValueText.timeForm(of: times, slice: slice, zone: zone)
    }
    let kind = kind(of: values)
    if kind == .spark {
      let cells = values.map { if case .counts(let counts) = $0 { counts.count } else { 0 } }.max() ?? 0
      return Measure(
        kind: kind, wanted: max(header, min(sparkColumns, cells)), least: max(header, min(8, cells)), text: text)
    }
    // The fold of a tree and its lines stand before the text of the first column.
    let indents = column == 0 ? rows.prefix(measuredRows).map { TreeBranch.columns(of: $0) } : []
    var widest = 0
    for (index, value) in values.enumerated() {
      widest = max(widest, CharacterWidth.columns(of: text.text(value)) + (indents.isEmpty ? 0 : indents[index]))
    }
    let wanted = max(1, header, widest)
    var least = kind == .text ? min(wanted, leastText) : wanted
    if kind == .time, table.columns[column].role == .value {
      least = max(header, text.telling(times).timeColumns)
    }
    return Measure(kind: kind, wanted: wanted, least: least, text: text)
  }

  /// Whether numbers of a column are amounts, with commas between thousands; keys and single values may be ids, ports, years.
  private static func isCounted(_ column: ResultTable.Column) -> Bool {
    guard column.role == .value else { return false }
    return column.name == "count" || column.name == "rate"
      || ["count(", "sum(", "avg(", "distinct(", "stdev("].contains { column.name.hasPrefix($0) }
  }

  /// What most values of a column are: numbers only where all are.
  private static func kind(of values: [Value]) -> Kind {
    var kind: Kind?
    for value in values {
      let own: Kind
      switch value {
      case .absent: continue
      case .integer, .number, .duration, .size: own = .number
      case .time: own = .time
      case .counts: own = .spark
      case .boolean, .level, .text: own = .text
      }
      if let kind, kind != own { return .text }
      kind = own
    }
    return kind ?? .text
  }
}

/// The lines before a node of a tree.
enum TreeBranch {
  /// Levels that are drawn; deeper nodes stand under the last.
  static let deepest = 24

  /// `│  ├─ `: two columns a level.
  static func text(of row: ResultRow, _ glyphs: GlyphSet) -> String {
    let branches = row.branches.suffix(deepest)
    guard let own = branches.last else { return "" }
    let (line, middle, end) = glyphs == .unicode ? ("│ ", "├ ", "└ ") : ("| ", "+ ", "`-")
    return branches.dropLast().map { $0 ? line : "  " }.joined() + (own ? middle : end)
  }

  /// `+12 ` before a folded node.
  static func fold(of row: ResultRow) -> String { row.hidden > 0 ? "+\(row.hidden) " : "" }

  static func columns(of row: ResultRow) -> Int {
    2 * min(deepest, row.branches.count) + fold(of: row).utf8.count
  }
}
