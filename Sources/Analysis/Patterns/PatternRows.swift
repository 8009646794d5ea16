import QueryLanguage
import Quantities
import Records

/// The table of `patterns`.
struct PatternRows {
  private let sink: PatternSink
  private var store: PatternStore { sink.store }

  /// Rows of a sink whose templates have been clustered.
  init(_ sink: PatternSink) { self.sink = sink }

  func table() -> ResultTable {
    let total = store.counts.reduce(0, +) + sink.otherCount
    var columns = [ResultTable.Column("count"), ResultTable.Column("share")]
    if let key = sink.plan.key { columns.append(ResultTable.Column(key.path, role: .key)) }
    columns += ((hasLevel ? ["level"] : []) + ["first", "last", "over time"]).map { ResultTable.Column($0) }
    columns.append(ResultTable.Column("pattern", role: .key))
    var rows = Self.order(store).map { row($0, total) }
    if sink.otherCount > 0 {
      var cells: [Value] = [.integer(Int64(sink.otherCount)), share(sink.otherCount, total)]
      if sink.plan.key != nil { cells.append(.absent) }
      cells += [Value](repeating: .absent, count: hasLevel ? 4 : 3) + [.text("(other)")]
      rows.append(ResultTable.Row(cells))
    }
    return ResultTable(columns: columns, rows: rows, notes: notes)
  }

  /// Whether the level has a column of its own: not where patterns are kept apart by it.
  private var hasLevel: Bool { sink.plan.key?.builtIn != .level }

  private func row(_ number: Int, _ total: Int) -> ResultTable.Row {
    let count = store.counts[number]
    let (key, template) = store.parts(number)
    var cells: [Value] = [.integer(Int64(count)), share(count, total)]
    if sink.plan.key != nil { cells.append(keyValue(key)) }
    if hasLevel { cells.append(Self.level(store, number)) }
    cells += [
      store.first[number] == .max ? .absent : .time(Timestamp(nanoseconds: store.first[number])),
      store.last[number] == .min ? .absent : .time(Timestamp(nanoseconds: store.last[number])),
      store.first[number] == .max ? .absent : .counts(store.slices.values(of: number)),
      .text(TemplateText.shown(template)),
    ]
    return ResultTable.Row(cells, filter: Self.filter(sink, number))
  }

  private func keyValue(_ key: ArraySlice<UInt8>) -> Value {
    key.isEmpty ? .absent : .text(String(decoding: key, as: UTF8.self))
  }

  private func share(_ count: Int, _ total: Int) -> Value {
    .number(total == 0 ? 0 : (Double(count) / Double(total) * 10_000).rounded() / 10_000)
  }

  /// The commonest level; where a worse one was met, that follows in words.
  static func level(_ store: PatternStore, _ number: Int) -> Value {
    guard let (worst, commonest) = store.levels(of: number) else { return .absent }
    return worst == commonest ? .level(worst) : .text("\(commonest.name) (\(worst.name))")
  }

  /// The numbers of all templates, the most frequent first.
  static func order(_ store: PatternStore) -> [Int] {
    let totals = (0..<store.count).map { store.counts[$0] + store.baseline[$0] }
    return (0..<store.count).sorted {
      totals[$0] != totals[$1]
        ? totals[$0] > totals[$1] : store.keys.key($0).lexicographicallyPrecedes(store.keys.key($1))
    }
  }

  /// The filter that finds the records of a row, and perhaps some of rows that are worded alike.
  static func filter(_ sink: PatternSink, _ number: Int) -> String? {
    let (key, template) = sink.store.parts(number)
    guard let test = TemplateText.filter(template) else { return nil }
    guard let field = sink.plan.key else { return test }
    if key.isEmpty { return "\(test) not \(QueryPrinter.print(field)):*" }
    guard key.count < 128,
      let own = RowFilter.test(field, equals: .text(String(decoding: key, as: UTF8.self)))
    else { return nil }
    return "\(test) \(own)"
  }

  private var notes: [String] {
    var notes: [String] = []
    if let (width, start) = store.slices.scale {
      let span = ValueText.plain(.duration(width < 1e9 ? width : (width / 1e8).rounded() * 1e8))
      notes.append("over time: slices of \(span) from \(Self.rounded(start, width).iso8601)")
    }
    notes += Self.bounds(sink)
    return notes
  }

  /// Whole seconds where the slices are longer than one: nobody reads the rest.
  private static func rounded(_ start: Timestamp, _ width: Double) -> Timestamp {
    width < 1e9 ? start : Timestamp(seconds: start.wholeSeconds)
  }

  /// What was left out to stay within the bounds.
  static func bounds(_ sink: PatternSink) -> [String] {
    var notes: [String] = []
    if sink.otherTemplates > 0 {
      notes.append(
        "\(sink.otherTemplates) rare patterns with \(sink.otherCount + sink.otherBaseline) records are counted as (other)"
      )
    }
    if sink.isEarly {
      notes.append("there were so many different messages that they were put together before all had been read")
    }
    return notes
  }
}
