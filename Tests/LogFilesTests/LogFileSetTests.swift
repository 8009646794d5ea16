import Glibc
@testable import LogFiles
import Platform
import Quantities
import Testing

@Suite struct OpeningTests {
  let scratch = Scratch()

  private func read(_ names: String..., options: LogFilesOptions = .init()) -> LogSnapshot {
    let files = LogFileSet(options: options)
    for name in names { files.open(.path(scratch.path(name))) }
    files.waitUntilIndexed()
    return files.snapshot()
  }

  @Test func indexesAFile() {
    scratch.write("app.log", "2026-01-02T03:04:05Z one\n  more\n2026-01-02T03:04:06Z two\n")
    let snapshot = read("app.log")
    #expect(snapshot.generations.map(\.recordCount) == [2])
    #expect(snapshot.generations.map(\.lineCount) == [3])
    #expect(snapshot.files.map(\.phase) == [.ended])
    #expect(snapshot.files.map(\.shortName) == ["app"])
    #expect(snapshot.files[0].hasTimes)
    #expect(snapshot.files[0].untimedCount == 0)
    snapshot.generations[0].expectEqualsFreshIndex()
  }

  @Test func countsRecordsWithoutATimeWhereOthersHaveOne() {
    scratch.write("a.log", #"{"time":"2026-01-02T03:04:05Z","msg":"x"}"# + "\nstray\n{\"msg\":\"y\"}\n")
    scratch.write("b.log", "no times\nat all\n")
    let snapshot = read("a.log", "b.log")
    #expect(snapshot.files.map(\.untimedCount) == [2, 0])
    #expect(snapshot.files.map(\.hasTimes) == [true, false])
  }

  @Test(arguments: [0, 1, 4095, 4096, 4097, 2 << 20, (2 << 20) + 1, 9 << 20])
  func indexesFilesOfAnySize(size: Int) {
    var text = ""
    var number = 0
    while text.utf8.count < size {
      text += line(number, String(repeating: "x", count: number % 3000))
      number += 1
    }
    scratch.write("a.log", String(text.prefix(size)))
    let snapshot = read("a.log")
    #expect(snapshot.generations.map(\.byteCount) == [size])
    snapshot.generations.first?.expectEqualsFreshIndex()
  }

  @Test func aLineOfManyMegabytesIsOneLine() {
    scratch.write("a.log", line(1) + String(repeating: "y", count: 7 << 20) + "\n" + line(2))
    let snapshot = read("a.log")
    #expect(snapshot.generations[0].lineCount == 3)
    snapshot.generations[0].expectEqualsFreshIndex()
  }

  @Test func saysWhatCannotBeRead() {
    scratch.makeFolder("empty")
    symlink("/nowhere/at/all", scratch.path("link.log"))
    #expect(read("missing.log").files.map(\.phase) == [.failed("no such file or directory")])
    #expect(read("link.log").files.map(\.phase) == [.failed("dangling link to /nowhere/at/all")])
    #expect(read("empty").files.map(\.phase) == [.failed("no logs in this folder")])
  }

  @Test(.enabled(if: getuid() != 0, "root may read everything")) func saysWhoMayRead() {
    scratch.write("secret.log", line(1))
    chmod(scratch.path("secret.log"), 0)
    guard case .failed(let reason) = read("secret.log").files[0].phase else {
      Issue.record("it was opened")
      return
    }
    #expect(reason.hasPrefix("permission denied (owner "))
  }

  @Test func theOthersOpenBesideOneThatFails() {
    scratch.write("b.log", line(1))
    let snapshot = read("a.log", "b.log")
    #expect(snapshot.generations.map(\.file) == [FileID(1)])
    #expect(snapshot.files.map(\.file) == [FileID(0), FileID(1)])
  }

  @Test func opensTheLogsOfAFolder() {
    scratch.makeFolder("logs")
    scratch.makeFolder("logs/api")
    scratch.write("logs/b.log", line(2))
    scratch.write("logs/api/app.log", line(1))
    scratch.write("logs/.hidden", line(3))
    scratch.write("logs/empty.log", "")
    run("cp", "/bin/true", scratch.path("logs/program"))
    symlink("..", scratch.path("logs/up"))
    let snapshot = read("logs")
    #expect(snapshot.files.map(\.shortName) == ["app", "b", "empty"])
    #expect(snapshot.text == line(1) + line(2))
  }

  @Test func namesThatAreNotTextAreOpenedAndFollowed() {
    scratch.makeFolder("logs")
    let name = "logs/" + PathText.text(Array("caf".utf8) + [0xE9] + Array(".log".utf8))
    scratch.append(name, line(1))
    let files = LogFileSet(options: .init(follows: true))
    files.open(.path(scratch.path("logs")))
    files.waitUntilIndexed()
    #expect(files.snapshot().text == line(1))
    #expect(files.snapshot().files[0].shortName == "caf\\xE9")
    scratch.append(name, line(2))
    #expect(eventually { files.snapshot().text == lines(1..<3) })
  }

  @Test func theSameFileTwiceIsShownOnce() {
    scratch.write("a.log", line(1))
    symlink("a.log", scratch.path("current"))
    let snapshot = read("a.log", "current")
    #expect(snapshot.text == line(1))
    #expect(snapshot.said.count == 1)
  }

  @Test func readsWhatCannotBeMapped() {
    let files = LogFileSet()
    files.open(.path("/proc/self/status"))
    files.open(.path("/dev/null"))
    files.waitUntilIndexed()
    #expect(files.snapshot().text.hasPrefix("Name:"))
    #expect(files.snapshot().files.map(\.phase) == [.ended, .ended])
  }

  @Test func readsAPipeToItsEnd() throws {
    let child = try ChildProcess.spawn("sh", ["-c", "seq 1 200000"], stdout: .pipe)
    let output = try #require(child.standardOutput)
    let files = LogFileSet()
    files.open(.standardInput(output))
    files.waitUntilIndexed()
    #expect(child.wait().isSuccess)
    let snapshot = files.snapshot()
    #expect(snapshot.files.map(\.shortName) == ["stdin"])
    #expect(snapshot.generations.map(\.lineCount) == [200_000])
    snapshot.generations[0].expectEqualsFreshIndex()
  }

  @Test func zonesAndFormatsGoByPattern() {
    scratch.write("a.log", "2026-01-02T03:04:05 plain\n")
    scratch.write("b.log", "2026-01-02T03:04:05 plain\n")
    let zone = Zone(fixedOffset: 3600)
    let options = LogFilesOptions(assumedZones: [("*/b.log", zone)], formats: [("a.*", "logfmt")])
    let snapshot = read("a.log", "b.log", options: options)
    #expect(snapshot.files.map(\.format) == ["logfmt", snapshot.files[1].format])
    #expect(snapshot.files.map(\.isForced) == [true, false])
    #expect(snapshot.generations[1].segments[0].index.latest == Timestamp(seconds: 1_767_319_445))
  }

  @Test func anotherZoneIndexesAgain() {
    scratch.write("a.log", "2026-01-02T03:04:05 plain\n")
    let files = LogFileSet()
    files.open(.path(scratch.path("a.log")))
    files.waitUntilIndexed()
    let before = files.snapshot().generations[0].segments[0].index.latest
    files.setAssumedZone(Zone(fixedOffset: 3600), for: FileID(0))
    files.waitUntilIndexed()
    let after = files.snapshot().generations[0].segments[0].index.latest
    #expect(after.map { $0 + .hours(1) } == before)
    #expect(files.snapshot().files[0].assumedZone == "+01:00")
    files.setFormat("json", for: FileID(0))
    files.waitUntilIndexed()
    #expect(files.snapshot().files[0].format == "json")
    #expect(files.snapshot().files[0].isForced)
  }

  @Test func anOffsetIndexesAgain() {
    scratch.write("a.log", "2026-01-02T03:04:05Z plain\n")
    let options = LogFilesOptions(offsets: [("a.log", .seconds(Int64(2)))])
    let files = LogFileSet(options: options)
    files.open(.path(scratch.path("a.log")))
    files.waitUntilIndexed()
    #expect(files.snapshot().files[0].clockOffset == .seconds(Int64(2)))
    let before = files.snapshot().generations[0].segments[0].index.latest
    files.setClockOffset(.seconds(Int64(-3)), for: FileID(0))
    files.waitUntilIndexed()
    #expect(files.snapshot().generations[0].segments[0].index.latest.map { $0 + .seconds(Int64(5)) } == before)
    #expect(files.snapshot().files[0].clockOffset == .seconds(Int64(-3)))
  }

  @Test func survivesTruncationWhileReading() {
    scratch.write("a.log", String(repeating: line(1, String(repeating: "z", count: 900)), count: 60_000))
    let files = LogFileSet()
    files.open(.path(scratch.path("a.log")))
    _ = eventually { !files.snapshot().generations.isEmpty }
    truncate(scratch.path("a.log"), 100)
    files.waitUntilIndexed()
    // Whatever was seen before, nothing crashed, and the map reads as zeros.
    for generation in files.snapshot().generations {
      #expect(generation.file0.reduce(0) { $0 &+ Int($1) } >= 0)
    }
  }
}

@Suite struct ShortNameTests {
  @Test func areTheShortestThatDiffer() {
    #expect(
      ShortNames.of(["/srv/api-1/app.log", "/srv/api-2/app.log", "/var/log/access.log", "stdin"]) == [
        "api-1/app", "api-2/app", "access", "stdin",
      ])
    #expect(ShortNames.of(["/a/x.log", "/a/x", "/a/x.log.1"]) == ["x.log", "x", "x.log.1"])
    #expect(ShortNames.of(["/a.log", "/a.log", "/b/.log", "/"]) == ["a", "a", ".log", "/"])
  }
}
