import LogFiles
import QueryLanguage
import Records

/// Makes rows of records one after the other, for results that list records in the order in which they come: nothing is kept, so that
/// there may be any number of them. One for each thread.
public struct RecordLister {
  /// The columns of all rows.
  public let columns: [ResultTable.Column]
  /// How many rows are wanted; nil for all.
  public let limit: Int?
  private let program: RecordProgram
  private var state: RecordProgram.State
  private let programs: [ExpressionProgram]

  /// Lists the records of `plan`; nil where these must be known all before the first is listed.
  public init?(_ plan: PipelinePlan) {
    let plan = plan.ownCopy()
    guard case .records(let list) = plan.destination, list.sortKeys.isEmpty, plan.tableProgram.stages.isEmpty else {
      return nil
    }
    columns = list.columnsShown
    limit = list.limit
    program = plan.program
    state = program.makeState()
    programs = list.shown.map { .field($0.builtIn, FieldPath($0.path), FieldNumbers($0)) }
  }

  /// The row of a record; nil if it does not pass the stages.
  public mutating func row(of record: RecordContext) -> ResultTable.Row? {
    guard program.steps.isEmpty || program.passes(record, &state) else { return nil }
    return ResultTable.Row(programs.map { $0.value(of: record) })
  }
}
