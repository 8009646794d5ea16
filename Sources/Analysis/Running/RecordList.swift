import QueryLanguage
import Quantities
import Records

/// What is listed of records where nothing is computed of them: which columns, in which order, how many.
struct RecordListPlan: Sendable {
  /// The columns; nil for the usual ones.
  private(set) var columns: [FieldName]?
  private(set) var dropped: Set<String> = []
  private(set) var sortKeys: [SortKey] = []
  private(set) var limit: Int?
  private var computed: [String] = []
  /// More records than this are not listed.
  static let most = 100_000

  init() {}

  /// Takes a stage that chooses among records or columns.
  mutating func take(_ stage: Stage) {
    switch stage.kind {
    case .fields(let fields): columns = fields
    case .drop(let fields): dropped.formUnion(fields.map(\.path))
    case .sort(let keys): sortKeys = keys
    case .limit(let count): limit = min(limit ?? count, count)
    default: break
    }
  }

  mutating func addComputed(_ names: [String]) {
    for name in names where !computed.contains(name) { computed.append(name) }
  }

  /// Whether an aggregation that follows needs the list first: `sort -duration | limit 10 | avg(duration)`.
  func isNeeded(before stage: Stage) -> Bool { limit != nil }

  /// The same as columns of a table.
  var columnsShown: [ResultTable.Column] { shown.map { .init($0.path, unit: FieldNumbers($0).unitName) } }

  /// The columns that are shown.
  var shown: [FieldName] {
    let usual = ["time", "level", "source"] + computed + ["msg"]
    let names = columns ?? usual.map { FieldName(steps: [.member($0)]) }
    return names.filter { !dropped.contains($0.path) }
  }
}

/// Lists records as rows of a table, in the order of time; or the first ones by other columns.
struct RecordListSink: RecordSink {
  var tally = StageTally()
  private struct Item: Sendable {
    var moment: Edge.Moment
    var keys: [Value]
    var cells: [Value]
  }

  private let plan: RecordListPlan
  private let programs: [ExpressionProgram]
  private let keyPrograms: [ExpressionProgram]
  private var items: [Item] = []
  private var left = 0
  private var last = Int64.min

  init(_ plan: RecordListPlan) {
    self.plan = plan
    programs = plan.shown.map { .field($0.builtIn, FieldPath($0.path), FieldNumbers($0)) }
    keyPrograms = plan.sortKeys.map { .field($0.field.builtIn, FieldPath($0.field.path), FieldNumbers($0.field)) }
  }

  private var limit: Int { min(plan.limit ?? RecordListPlan.most, RecordListPlan.most) }

  mutating func add(_ record: PipelineRecord) {
    if let stamp = record.context.stamp { last = max(last, stamp.nanoseconds) }
    let moment = Edge.Moment(
      stamp: record.context.stamp?.nanoseconds ?? last, file: record.file.rawValue,
      generation: record.generation.rawValue, offset: record.offset)
    items.append(
      Item(
        moment: moment, keys: keyPrograms.map { $0.value(of: record.context) },
        cells: programs.map { $0.value(of: record.context) }))
    if items.count >= 2 * limit + 64 { cut() }
  }

  mutating func merge(_ later: RecordListSink) {
    items += later.items
    left += later.left
    if items.count >= 2 * limit + 64 { cut() }
  }

  private mutating func cut() {
    sort()
    guard items.count > limit else { return }
    left += items.count - limit
    items.removeSubrange(limit...)
  }

  private mutating func sort() {
    let order = RowOrder(isDescending: plan.sortKeys.map(\.isDescending))
    items.sort { order.isBefore($0.keys, $1.keys) ?? ($0.moment < $1.moment) }
  }

  func table() -> ResultTable {
    var copy = self
    copy.cut()
    copy.sort()
    var table = ResultTable(columns: plan.columnsShown)
    table.rows = copy.items.map { .init($0.cells) }
    if copy.left > 0 {
      table.notes.append("\(copy.items.count) of \(copy.items.count + copy.left) records are listed")
    }
    return table
  }
}
