import Glibc
import Platform
import Quantities
import Testing

@testable import LogFiles

@Suite struct StreamTests {
  let scratch = Scratch()

  private func read(_ name: String, options: LogFilesOptions = .init()) -> LogSnapshot {
    let files = LogFileSet(options: options)
    files.open(.path(scratch.path(name)))
    files.waitUntilIndexed()
    return files.snapshot()
  }

  private static let packers = [("gzip", "gz"), ("bzip2", "bz2"), ("xz", "xz"), ("zstd", "zst")]
  private static let missing = packers.map(\.0).filter { !isInstalled($0) }

  @Test(.enabled(if: missing.isEmpty, "not installed: \(missing.joined(separator: ", "))"), arguments: packers)
  func readsArchivesWhateverTheirName(packer: (program: String, ending: String)) throws {
    scratch.write("a.log", lines(0..<5000))
    run("sh", "-c", "\(packer.program) -c \(scratch.path("a.log")) > \(scratch.path("packed"))")
    let snapshot = read("packed")
    #expect(snapshot.text == lines(0..<5000))
    #expect(snapshot.files[0].phase == .ended)
    #expect(snapshot.said.isEmpty)
    snapshot.generations[0].expectEqualsFreshIndex()
  }

  @Test(.enabled(if: isInstalled("gzip"), "gzip is not installed"))
  func aTruncatedArchiveGivesItsBeginning() {
    scratch.write("a.log", lines(0..<50_000))
    run("gzip", scratch.path("a.log"))
    truncate(scratch.path("a.log.gz"), 40_000)
    let snapshot = read("a.log.gz")
    #expect(snapshot.text.hasPrefix(lines(0..<100)))
    #expect(snapshot.said.first?.contains("damaged archive") ?? false, "\(snapshot.said)")
    #expect(snapshot.said.first?.contains("unexpected end of file") ?? false, "\(snapshot.said)")
  }

  @Test(.enabled(if: isInstalled("gzip"), "gzip is not installed"))
  func noProgramIsStartedWhenSecure() {
    scratch.write("a.log", line(1))
    run("gzip", scratch.path("a.log"))
    let snapshot = read("a.log.gz", options: .init(isSecure: true))
    #expect(snapshot.said == ["it is unpacked by the program gzip, which --secure forbids"])
  }

  @Test(.enabled(if: isInstalled("gzip"), "gzip is not installed"))
  func aLineOfManySegmentsInAnArchiveIsReadToItsEnd() {
    run("sh", "-c", "(head -c 30000000 /dev/zero; printf '\\nlast\\n') | gzip -1 > \(scratch.path("bomb.gz"))")
    let snapshot = read("bomb.gz")
    #expect(snapshot.generations.first?.byteCount == 30_000_006)
    #expect(snapshot.generations.first?.segments.map(\.index.lineCount) == [1, 1])
    #expect(snapshot.said.isEmpty)
  }

  @Test(.enabled(if: isInstalled("mkfifo"), "mkfifo is not installed"))
  func anUnfinishedLineWhoseBeginningWasDroppedGoesOn() {
    run("mkfifo", scratch.path("pipe"))
    let files = LogFileSet(options: .init(follows: true, spoolLimit: 12 << 20))
    defer { files.close() }
    files.open(.path(scratch.path("pipe")))
    run("sh", "-c", "(head -c 30000000 /dev/zero; printf '\\nlast\\n') > \(scratch.path("pipe"))")
    #expect(eventually { files.snapshot().generations.last?.byteCount == 30_000_006 }, "\(files.snapshot().said)")
  }

  @Test(.enabled(if: isInstalled("mkfifo"), "mkfifo is not installed"))
  func aStreamStandsStillUntilItsOldestRecordsWereRead() throws {
    run("mkfifo", scratch.path("pipe"))
    var options = LogFilesOptions(spoolLimit: 8 << 20)
    options.holdsUnread = true
    let files = LogFileSet(options: options)
    defer { files.close() }
    files.open(.path(scratch.path("pipe")))
    let script = "yes $(printf '%01000d' 7) | head -c 20020000 > \(scratch.path("pipe"))"
    let writer = try ChildProcess.spawn("sh", ["-c", script])
    defer {
      writer.kill()
      _ = writer.wait()
    }
    #expect(eventually { files.snapshot().generations.last?.byteCount ?? 0 > 7 << 20 })
    usleep(300_000)
    #expect(files.snapshot().generations.last?.segments.first?.firstLine == 0)
    var size = 0
    let isWhole = eventually {
      guard let generation = files.snapshot().generations.last else { return false }
      size = generation.byteCount
      files.noteRead(generation.generation, before: size)
      return size == 20_020_000
    }
    #expect(isWhole, "\(size) \(files.snapshot().said)")
    #expect(files.snapshot().said.isEmpty)
  }

  @Test func endlessDevicesAreRefused() {
    let files = LogFileSet(options: .init())
    defer { files.close() }
    files.open(.path("/dev/zero"))
    files.open(.path("/dev/null"))
    files.waitUntilIndexed()
    #expect(files.snapshot().said == ["is a device, not a log"])
  }

  @Test(.enabled(if: isInstalled("gzip"), "gzip is not installed"))
  func anArchiveStopsAtTheLimit() {
    scratch.write("a.log", lines(0..<100_000))
    run("gzip", scratch.path("a.log"))
    let snapshot = read("a.log.gz", options: .init(spoolLimit: 1 << 20))
    #expect(snapshot.generations[0].byteCount <= 1 << 20)
    #expect(snapshot.generations[0].byteCount > 1 << 19)
    #expect(snapshot.said.first?.contains("exceeds the limit for spools (1 MiB)") ?? false, "\(snapshot.said)")
  }

  @Test func aStreamDropsItsOldestRecordsAtTheLimit() throws {
    let child = try ChildProcess.spawn("seq", ["-f", "%0500.0f", "1", "50000"], stdout: .pipe)
    let output = try #require(child.standardOutput)
    let files = LogFileSet(options: .init(spoolLimit: 8 << 20))
    files.open(.standardInput(output))
    files.waitUntilIndexed()
    #expect(child.wait().isSuccess)
    let snapshot = files.snapshot()
    let generation = snapshot.generations[0]
    #expect(generation.text.hasSuffix("49999\n" + String(repeating: "0", count: 495) + "50000\n"))
    #expect(generation.isIndexed)
    guard case .dropped(let records, let bytes) = snapshot.markers.first?.kind else {
      Issue.record("no marker: \(snapshot.said)")
      return
    }
    #expect(records + generation.recordCount == 50_000)
    #expect(bytes == records * 501)
    #expect(generation.lineCount == 50_000)
    #expect(generation.segments.first?.firstLine == records)
    #expect(generation.segments.first?.firstRecord == 0)
    #expect(snapshot.said.count == 1)
  }

  @Test func aFullDiskIsSaid() throws {
    // /dev/full refuses unnamed files; a folder that does not exist fails as early.
    let child = try ChildProcess.spawn("seq", ["1", "10"], stdout: .pipe)
    let output = try #require(child.standardOutput)
    let files = LogFileSet(options: .init(spoolFolder: scratch.path("none")))
    files.open(.standardInput(output))
    files.waitUntilIndexed()
    _ = child.wait()
    #expect(files.snapshot().said == ["no spool in \(scratch.path("none")): no such file or directory"])
  }

  @Test func aNamedPipeIsReadFromOneWriterAfterTheOther() {
    mkfifo(scratch.path("pipe"), 0o600)
    let files = LogFileSet(options: .init(follows: true))
    files.open(.path(scratch.path("pipe")))
    files.waitUntilIndexed()
    run("sh", "-c", "echo one > \(scratch.path("pipe"))")
    #expect(eventually { files.snapshot().text == "one\n" })
    run("sh", "-c", "echo two > \(scratch.path("pipe"))")
    #expect(eventually { files.snapshot().text == "one\ntwo\n" })
    #expect(files.snapshot().files[0].phase == .following)
  }

  @Test func aPipeIsShownWhileItIsWritten() throws {
    let pipe = try FileDescriptor.pipe()
    let files = LogFileSet(options: .init(follows: true))
    files.open(.standardInput(pipe.reading))
    for round in 0..<20 {
      try Array(line(round).utf8).withUnsafeBytes { try pipe.writing.write(all: $0) }
      #expect(eventually { files.snapshot().text == lines(0..<round + 1) })
    }
    files.snapshot().generations[0].expectEqualsFreshIndex()
    files.close()
  }

  @Test func aRedirectedFileIsFollowedLikeAFile() throws {
    scratch.write("a.log", line(1))
    let files = LogFileSet(options: .init(follows: true))
    files.open(.standardInput(try FileDescriptor.open(scratch.path("a.log"))))
    files.waitUntilIndexed()
    scratch.append("a.log", line(2))
    #expect(eventually { files.snapshot().text == lines(1..<3) })
  }

  @Test(.enabled(if: isInstalled("journalctl"), "journalctl is not installed"))
  func theJournalAnswersOrSaysWhyNot() {
    let files = LogFileSet()
    files.open(.journal(unit: "no-such-unit.service"))
    files.waitUntilIndexed()
    let status = files.snapshot().files[0]
    #expect(status.shortName == "no-such-unit")
    #expect(status.format == "json")
    #expect(status.phase != .indexing(0))
  }

  @Test func endsAllThreadsAndPrograms() throws {
    mkfifo(scratch.path("pipe"), 0o600)
    weak var keeper: Keeper?
    do {
      let files = LogFileSet(options: .init(follows: true))
      files.open(.path(scratch.path("pipe")))
      files.waitUntilIndexed()
      keeper = files.keeper
    }
    #expect(eventually { keeper == nil })
  }
}
