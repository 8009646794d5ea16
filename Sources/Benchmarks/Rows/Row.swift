/// A part of the benchmark that can be run by itself.
struct Row: Sendable {
  /// What `--rows` calls it.
  var name: String
  /// What it measures.
  var summary: String
  var run: @Sendable (Bench) throws -> Void

  /// All rows, in the order of the table.
  static let all: [Row] = [
    Row(name: "open", summary: "open and index a file completely, on all cores") { try openOnAllCores($0) },
    Row(name: "open-cores", summary: "the same on two cores and on one") { try openOnFewCores($0) },
    Row(name: "filter", summary: "count the records that hold a word, or match an expression") { try filterText($0) },
    Row(name: "level", summary: "count the records of a level") { try filterLevels($0) },
    Row(name: "field", summary: "count the records by a field of JSON") { try filterFields($0) },
    Row(name: "merge", summary: "eight large files as one") { try mergeEight($0) },
    Row(name: "many", summary: "three thousand files as one") { try mergeThousands($0) },
    Row(name: "text", summary: "print matching records") { try printText($0) },
    Row(name: "head", summary: "print the first matching record") { try printFirst($0) },
    Row(name: "json", summary: "print all records as JSON") { try printObjects($0) },
    Row(name: "aggregate", summary: "print what a pipeline computes of a file") { try aggregate($0) },
    Row(name: "pipe", summary: "the memory that a pipeline takes which reads from a pipe") { try pipe($0) },
    Row(name: "append", summary: "from an appended line to the screen") { try followOnScreen($0) },
    Row(name: "line", summary: "bytes to the terminal for a key, and the time they take") { try bytesOnTheLine($0) },
    Row(name: "start", summary: "from the start of the process to the first screen") { try startOnScreen($0) },
  ]
}
