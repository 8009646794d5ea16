import Foundation
import Platform
import TestSupport
import Testing

/// Records that cannot be kept are told of, and the exit status tells of them too.
@Suite struct LossTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func shell(_ script: String, _ arguments: [String]) throws -> RunResult {
    try run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", script, builtProgram.path] + arguments,
      environment: ["TZ": "UTC", "TMPDIR": folder.url.path])
  }

  @Test func aSpoolThatMayNotGrowIsAnError() throws {
    let result = try shell("ulimit -f 512; seq 1 300000 | \"$0\" -n 1 --text -", [])
    #expect(result.status == 2)
    #expect(result.errors.contains("this process may write no larger files (ulimit -f)"), "\(result.errors)")
    #expect(result.lines.count == 1, "what was kept is printed")
  }

  @Test func aStreamThatIsPrintedAsItComesTellsItToo() throws {
    let result = try shell("ulimit -f 512; seq 1 300000 | \"$0\" --text - > \"$1\"", [folder.path("out")])
    #expect(result.status == 2)
    #expect(result.errors.contains("ulimit -f"), "\(result.errors)")
  }

  @Test func aFolderForSpoolsThatIsNotThereIsAnError() throws {
    let result = try shell("echo one | TMPDIR=/nowhere \"$0\" --text -", [])
    #expect(result.status == 2)
    #expect(result.errors.contains("no spool in /nowhere: no such file or directory"), "\(result.errors)")
  }

  @Test(.enabled(if: program("gzip") != nil, "gzip is not installed")) func aDamagedArchiveIsAnError() throws {
    let result = try shell("seq 1 20000 | gzip | head -c 20000 > \"$1\"; \"$0\" --text \"$1\"", [folder.path("a.gz")])
    #expect(result.status == 2)
    #expect(result.errors.contains("damaged archive: what could be read is shown"), "\(result.errors)")
    #expect(result.lines.first == "1")
  }

  @Test func droppedRecordsAreToldUnlessOnlyTheNewestAreWanted() throws {
    let two = "yes 2026-01-02T03:04:05Z | head -n 430000 > \"$1\""
    _ = try shell(two, [folder.path("all")])
    let all = try shell("cat \"$1\" | \"$0\" --spool-limit 4M --sort --text -", [folder.path("all")])
    #expect(all.status == 2)
    #expect(all.errors.contains("were dropped at the limit for spools"), "\(all.errors)")
    let last = try shell("cat \"$1\" | \"$0\" --spool-limit 4M -n 3 --text -", [folder.path("all")])
    #expect(last.status == 0 && last.lines.count == 3)
  }

  private static let claimsPage = "/sys/class/net/lo/address"

  @Test(.enabled(if: FileManager.default.fileExists(atPath: claimsPage), "no /sys here"), arguments: [[], ["--sort"]])
  func aFileThatIsShorterThanItSaysIsRead(options: [String]) throws {
    let result = try shell("exec timeout 20 \"$0\" --text \"$@\"", options + [Self.claimsPage])
    #expect(result.text == "00:00:00:00:00:00\n" && result.status == 0, "\(result)")
  }

  @Test func nothingIsLeftAfterAKill() throws {
    let child = try ChildProcess.spawn(
      builtProgram.path, ["-n", "1", "-f", "--text", "-"],
      environment: [("TMPDIR", folder.url.path), ("TZ", "UTC")], stdin: .pipe)
    for _ in 0..<40 {
      let text = Array((String(repeating: "x", count: 65_535) + "\n").utf8)
      try text.withUnsafeBytes { try #require(child.standardInput).write(all: $0) }
    }
    child.kill()
    _ = child.wait()
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.url.path).isEmpty)
  }
}
