import Glibc
import LogFiles
import Platform
import QueryLanguage
import Timelines

/// Writes records of a snapshot to a file, in time order, as they stand in their logs.
struct RecordSaving: Sendable {
  let path: String
  let snapshot: LogSnapshot
  let filter: CompiledFilter?
  let hidden: Set<FileID>

  /// Writes; how many records.
  ///
  /// - Throws: `SystemError`; an existing file is never overwritten.
  func run() throws -> Int {
    let number = Glibc.open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    guard number >= 0 else { throw SystemError("open") }
    let file = FileDescriptor(owning: number)
    var result: FilterResult?
    if let filter {
      result = FilterEngine().evaluate(filter, over: snapshot, cancellation: Cancellation()) { _, _ in }
    }
    var cursor = Timeline(snapshot, filter: result, hidden: hidden).cursor()
    var output = Output(descriptor: file.number)
    var ending: Output.Ending?
    var count = 0
    cursor.forEach { record in
      output.buffer.append(contentsOf: record.bytes)
      output.buffer.append(10)
      count += 1
      do throws(Output.Ending) { try output.flushIfLarge() } catch { ending = error }
      return ending == nil
    }
    if let ending { throw ending }
    try output.flush()
    return count
  }
}
