import LogFiles
import TestSupport
import Matching
import Quantities
import QueryLanguage
import Records

@testable import Timelines

/// A random set of files: from none to six, of all shapes, with tiny segments.
func randomFiles(_ random: inout SeededGenerator, records: Int = 200, missing: Bool = true) -> [TestFile] {
  let start = Timestamp(seconds: 1_767_355_200)
  var files: [TestFile] = []
  for file in 0..<random.below(7) {
    for _ in 0..<(random.chance(20) ? 2 : 1) {
      let shape = LogShape.random(&random)
      let offset = TimeSpan.milliseconds(Int64(random.below(5_000)))
      let text = shape.text(random.below(records), from: start + offset, &random)
      var test = TestFile(file: file, text: text, segmentSize: [1, 40, 300, 2_000, 1 << 16][random.below(5)])
      test.cuts = [[0], [0, 1], [0, 1, 2, 5, 9], [0, 3]][random.below(4)]
      if missing, random.chance(10) { test.missing = random.below(4) }
      files.append(test)
    }
  }
  return files
}

/// Queries whose leaves are of every kind.
let queries = [
  "level>=warn", "level:error or timeout", "status>=500", "-timeout", "number=7 or number=8", "msg:refused level>=warn",
  "source:1", "not (alpha or beta)", "\"gamma ray\" status:404", "~/time(out)?/", "~/^2026.*status=5/",
  "~/line\\([0-3]\\)/",
  "~/(?s)alpha.*at/", "~/[^a]\\s+at/", "format:json", "line>20", "time:12:00", "status:*", "number:*",
  "level:debug -beta",
  "~/\\d$/", "Timeout", "*",
]

/// A predicate of a random shape; query texts give the leaves.
func randomPredicate(_ random: inout SeededGenerator, depth: Int = 2) throws -> Predicate {
  if depth > 0, random.chance(50) {
    let parts = try (0..<random.below(3) + 1).map { _ in try randomPredicate(&random, depth: depth - 1) }
    switch random.below(3) {
    case 0: return .and(parts)
    case 1: return .or(parts)
    default: return .not(parts[0])
    }
  }
  let start = Timestamp(seconds: 1_767_355_200)
  switch random.below(8) {
  case 0: return .leaf(.levels(UInt16(random.below(512))))
  case 1:
    let from = start + .milliseconds(Int64(random.below(20_000)))
    return .leaf(.time(from..<from + .milliseconds(Int64(random.below(20_000)))))
  case 2:
    let text = ["timeout", "1", "at ", "x.line", "é"][random.below(5)]
    return .leaf(Leaf(key: "exact:\(text)", kind: .text(.literal(text, ignoresCase: false))))
  case 3:
    let text = ["^2026", "[0-9]$", "a\\s+at", "[^z]at", "e.*\\(1\\)$", "number=[12]\\d", "(?s)a.*z"][random.below(7)]
    return .leaf(Leaf(key: "pattern:\(text)", kind: .text(try Pattern(text))))
  default:
    let text = queries[random.below(queries.count)]
    return try QueryCompiler.compile(text, context: QueryContext(now: start, newest: start)).predicate
  }
}
