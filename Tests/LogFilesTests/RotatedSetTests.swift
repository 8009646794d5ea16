import Glibc
import Testing

@testable import LogFiles

@Suite struct RotatedSetTests {
  @Test func theOldestComesFirst() {
    #expect(
      RotatedSets.inOrder(["app.log", "app.log.1", "app.log.10.gz", "app.log.2.gz"])
        == ["app.log.10.gz", "app.log.2.gz", "app.log.1", "app.log"])
    #expect(
      RotatedSets.inOrder(["/v/syslog", "other", "/v/syslog-20260102", "/v/syslog-20260101.xz", "other.1"])
        == ["/v/syslog-20260101.xz", "/v/syslog-20260102", "/v/syslog", "other.1", "other"])
    #expect(
      RotatedSets.inOrder(["a.log.2026-01-03", "a.log", "a.log.2026-01-02"])
        == ["a.log.2026-01-02", "a.log.2026-01-03", "a.log"])
  }

  @Test func whatIsNoSetKeepsItsOrder() {
    let names = ["b", "a", "c.1", "10", "9", "a-1", "v1.2", "v1.10", "x.99999", "", "-", "journal:", "d.", "..", ".1"]
    #expect(RotatedSets.inOrder(names) == names)
  }

  @Test(.enabled(if: isInstalled("gzip"), "gzip is not installed")) func aFolderIsReadInTheOrderOfWriting() {
    let scratch = Scratch()
    scratch.makeFolder("logs")
    // Without stamps only the order of the files tells.
    scratch.write("logs/app.log", "five\nsix\n")
    scratch.write("logs/app.log.1", "three\nfour\n")
    scratch.write("logs/app.log.2", "one\ntwo\n")
    run("gzip", scratch.path("logs/app.log.2"))
    let files = LogFileSet(options: .init())
    files.open(.path(scratch.path("logs")))
    files.waitUntilIndexed()
    #expect(files.snapshot().text == "one\ntwo\nthree\nfour\nfive\nsix\n")
  }
}
