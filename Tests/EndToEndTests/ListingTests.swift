import Foundation
import TestSupport
import Testing

/// Rows of records: all of them, in order, whichever way they are read.
@Suite struct ListingTests {
  let folder: TemporaryFolder
  let path: String
  let text: String
  private static let count = 150_000

  init() throws {
    folder = try TemporaryFolder()
    text = (0..<Self.count).map { number in
      let (minute, second, part) = (number / 3000, number / 50 % 60, number % 50 * 20)
      return String(
        format: "2026-01-02T10:%02d:%02d.%03dZ INFO n=%d user=u%d\n", minute, second, part, number, number % 7)
    }.joined()
    path = try folder.write(text, to: "a.log")
  }

  private func list(_ arguments: [String], input: String? = nil) throws -> RunResult {
    try run(builtProgram, arguments, input: input.map { Data($0.utf8) }, environment: ["TZ": "UTC"])
  }

  @Test func aFileGivesEveryRow() throws {
    let result = try list(["--csv", "-q", "* | fields n, user", path])
    #expect(result.status == 0)
    #expect(result.lines.count == Self.count + 1)
    #expect(result.lines.first == "n,user" && result.lines.last == "149999,u\(149_999 % 7)")
  }

  @Test func aPipeGivesTheSame() throws {
    let file = try list(["--json", "-q", "user:u3 | eval twice = n * 2 | fields n, twice", path])
    let pipe = try list(["--json", "-q", "user:u3 | eval twice = n * 2 | fields n, twice"], input: text)
    #expect(file.lines.count == (Self.count + 3) / 7 && file.lines == pipe.lines)
    #expect(file.lines.first == #"{"n":3,"twice":6}"#)
  }

  @Test func severalFilesAreMerged() throws {
    let other = try folder.write("2026-01-02T10:00:00.010Z INFO n=-1 user=other\n", to: "b.log")
    let result = try list(["--text", "-n", "3", "-q", "* | fields n", other, path])
    #expect(result.lines == [" n", " 0", "-1", " 1"])
  }

  @Test func aLimitEndsTheReading() throws {
    let result = try list(["--csv", "-q", "* | where n>=5 | fields n | limit 2", path])
    #expect(result.lines == ["n", "5", "6"])
  }

  @Test func nothingFoundIsAHeaderAndStatusOne() throws {
    let result = try list(["--csv", "-q", "nowhere | fields n", path])
    #expect(result.lines == ["n"] && result.status == 1)
  }
}
