import Glibc
import Platform
import Quantities
import Testing

@testable import LogFiles

@Suite struct FollowingTests {
  let scratch = Scratch()

  private func follow(_ names: String...) -> LogFileSet {
    let files = LogFileSet(options: .init(follows: true))
    for name in names { files.open(.path(scratch.path(name))) }
    files.waitUntilIndexed()
    return files
  }

  private func expect(_ files: LogFileSet, _ text: String, _ location: SourceLocation = #_sourceLocation) {
    let isReached = eventually {
      let snapshot = files.snapshot()
      return snapshot.text == text && snapshot.generations.allSatisfy { $0.differenceFromFreshIndex == nil }
    }
    let snapshot = files.snapshot()
    let differences = snapshot.generations.compactMap(\.differenceFromFreshIndex)
    #expect(
      isReached, "\(differences) \(snapshot.said) \(snapshot.markers.map(\.kind)) \(snapshot.text.suffix(300))",
      sourceLocation: location)
  }

  @Test func showsWhatIsAdded() {
    scratch.write("a.log", line(1))
    let files = follow("a.log")
    #expect(files.snapshot().files[0].phase == .following)
    scratch.append("a.log", line(2) + "2026-01-02T03:00")
    expect(files, line(1) + line(2) + "2026-01-02T03:00")
    scratch.append("a.log", ":03Z INFO end\n  more\n")
    expect(files, line(1) + line(2) + "2026-01-02T03:00:03Z INFO end\n  more\n")
    #expect(files.snapshot().generations.count == 1)
    #expect(files.snapshot().files[0].recordCount == 3)
  }

  @Test func fullSegmentsStayTheSameObjects() {
    let text = lines(0..<60_000)
    scratch.write("a.log", text)
    let files = follow("a.log")
    let before = files.snapshot().generations[0].segments
    scratch.append("a.log", line(1))
    expect(files, text + line(1))
    let after = files.snapshot().generations[0].segments
    #expect(after.count == before.count)
    #expect(zip(before, after).filter { $0.index === $1.index }.count == before.count - 1)
    #expect(before.count > 1)
  }

  @Test func readsTheNewFileAfterRenameAndCreate() {
    scratch.write("a.log", lines(0..<10))
    let files = follow("a.log")
    scratch.move("a.log", to: "a.log.1")
    scratch.append("a.log.1", line(10))
    scratch.write("a.log", line(11))
    expect(files, lines(0..<12))
    // The writer has the old file open for a while.
    scratch.append("a.log.1", line(12))
    scratch.append("a.log", line(13))
    expect(files, lines(0..<11) + line(12) + line(11) + line(13))
    let snapshot = files.snapshot()
    #expect(snapshot.markers.map(\.kind) == [.rotated])
    #expect(snapshot.generations.count == 2)
    #expect(snapshot.markers[0].generation == snapshot.generations[1].generation)
  }

  @Test func waitsForTheNameToComeBack() {
    scratch.write("a.log", line(1))
    let files = follow("a.log")
    scratch.move("a.log", to: "gone")
    #expect(eventually { files.snapshot().said == ["gone or renamed: waiting for it to come back"] })
    scratch.append("gone", line(2))
    expect(files, lines(1..<3))
    scratch.write("a.log", line(3))
    expect(files, lines(1..<4))
    #expect(eventually { files.snapshot().said.isEmpty })
  }

  @Test func forgetsWhatWasCutOff() {
    scratch.write("a.log", lines(0..<10))
    let files = follow("a.log")
    truncate(scratch.path("a.log"), 0)
    scratch.append("a.log", line(20))
    expect(files, line(20))
    let kinds: [LogMarker.Kind] = [.truncated(recordsGone: 10), .rewritten(recordsGone: 10)]
    #expect(files.snapshot().markers.count == 1)
    #expect(kinds.contains { $0 == files.snapshot().markers.first?.kind })
  }

  @Test func keepsWhatCopytruncateCopied() {
    scratch.write("a.log", lines(0..<50))
    let files = follow("a.log")
    let before = files.snapshot().generations[0].generation
    run("cp", scratch.path("a.log"), scratch.path("a.log.1"))
    truncate(scratch.path("a.log"), 0)
    #expect(eventually { files.snapshot().markers.map(\.kind) == [.rotated] })
    scratch.append("a.log", line(50))
    expect(files, lines(0..<51))
    #expect(files.snapshot().generations[0].generation == before)
  }

  @Test func aHoleThatAWriterLeavesBehindIsReadOver() {
    // A writer that does not append goes on at its old place after copytruncate: zeros, then its lines.
    let writer = open(scratch.path("a.log"), O_WRONLY | O_CREAT | O_CLOEXEC, 0o644)
    defer { close(writer) }
    func write(_ text: String) { _ = text.withCString { Glibc.write(writer, $0, strlen($0)) } }
    write(lines(0..<200_000))
    let files = follow("a.log")
    #expect(eventually { files.snapshot().generations.last?.recordCount == 200_000 })
    truncate(scratch.path("a.log"), 0)
    write(lines(0..<3, "after"))
    let size = lines(0..<200_000).utf8.count
    let isShown = eventually {
      guard let generation = files.snapshot().generations.last else { return false }
      return generation.lineCount == 3 && generation.text.hasSuffix(lines(0..<3, "after"))
    }
    #expect(isShown, "\(files.snapshot().generations.map(\.lineCount)) \(files.snapshot().markers)")
    #expect(files.snapshot().generations.last?.byteCount == size + lines(0..<3, "after").utf8.count)
    files.snapshot().generations.last?.expectEqualsFreshIndex()
  }

  @Test func linksThatLeadRoundAreSaidAndFoldersMayVanish() throws {
    symlink("b", scratch.path("a"))
    symlink("a", scratch.path("b"))
    scratch.makeFolder("logs")
    scratch.makeFolder("logs/inner")
    symlink("..", scratch.path("logs/inner/up"))
    scratch.write("logs/inner/a.log", lines(0..<3))
    let files = LogFileSet(options: .init(follows: true))
    files.open(.path(scratch.path("a")))
    files.open(.path(scratch.path("logs")))
    files.waitUntilIndexed()
    #expect(
      files.snapshot().said.contains { $0.contains("too many levels of symbolic links") }, "\(files.snapshot().said)")
    #expect(files.snapshot().text == lines(0..<3))
    run("rm", "-r", scratch.path("logs"))
    #expect(eventually { files.snapshot().said.contains { $0.contains("gone or renamed") } })
    #expect(files.snapshot().text == lines(0..<3), "what was read stays")
    scratch.makeFolder("logs")
    scratch.makeFolder("logs/inner")
    scratch.write("logs/inner/a.log", lines(3..<5))
    #expect(eventually { files.snapshot().text == lines(0..<5) }, "\(files.snapshot().said)")
  }

  @Test func noticesRewritingInPlace() {
    scratch.write("a.log", line(1) + line(2))
    let files = follow("a.log")
    let file = open(scratch.path("a.log"), O_WRONLY)
    _ = line(3).withCString { pwrite(file, $0, strlen($0), 0) }
    close(file)
    #expect(eventually { files.snapshot().markers.map(\.kind) == [.rewritten(recordsGone: 2)] })
    expect(files, line(3) + line(2))
  }

  @Test func anEditorsCopyIsNotRepeated() {
    scratch.write("a.log", lines(0..<5))
    let files = follow("a.log")
    scratch.write("a.new", lines(0..<6))
    scratch.move("a.new", to: "a.log")
    expect(files, lines(0..<6))
  }

  @Test func waitsForAFileThatIsNotThereYet() {
    let files = follow("later/a.log")
    #expect(files.snapshot().said == ["not there yet: waiting for it"])
    #expect(files.snapshot().files[0].phase == .following)
    scratch.makeFolder("later")
    scratch.write("later/a.log", line(1))
    expect(files, line(1))
    #expect(eventually { files.snapshot().said.isEmpty })
  }

  @Test func picksUpNewFilesOfAFolder() {
    scratch.makeFolder("logs")
    let files = follow("logs")
    #expect(files.snapshot().said == ["no logs in this folder yet: waiting for them"])
    scratch.append("logs/a.log", line(1))
    expect(files, line(1))
    scratch.makeFolder("logs/sub")
    scratch.append("logs/sub/b.log", line(2))
    expect(files, line(1) + line(2))
    #expect(files.snapshot().files.map(\.shortName) == ["a", "b"])
    #expect(files.snapshot().files.map(\.file) == [FileID(0), FileID(1)])
  }

  @Test func aCopyInAFolderIsNotRepeated() {
    scratch.makeFolder("logs")
    scratch.write("logs/a.log", lines(0..<50))
    let files = follow("logs")
    run("cp", scratch.path("logs/a.log"), scratch.path("logs/a.log.1"))
    #expect(eventually { files.snapshot().said.contains { $0.hasPrefix("a copy of ") } })
    expect(files, lines(0..<50))
    truncate(scratch.path("logs/a.log"), 0)
    scratch.append("logs/a.log", line(50))
    expect(files, lines(0..<51))
  }

  @Test(.enabled(if: isInstalled("gzip"), "gzip is not installed")) func rotationInAFolderRepeatsNothing() {
    scratch.makeFolder("logs")
    scratch.write("logs/a.log", lines(0..<50))
    let files = follow("logs")
    scratch.move("logs/a.log", to: "logs/a.log.1")
    scratch.write("logs/a.log", line(50))
    expect(files, lines(0..<51))
    run("gzip", scratch.path("logs/a.log.1"))
    #expect(eventually { files.snapshot().said.contains { $0.hasPrefix("a copy of ") } })
    scratch.append("logs/a.log", line(51))
    expect(files, lines(0..<52))
  }

  @Test(.enabled(if: isInstalled("logrotate"), "logrotate is not installed"), arguments: ["create", "copytruncate"])
  func logrotateLosesAndRepeatsNothing(way: String) {
    scratch.write("a.log", lines(0..<100))
    scratch.write("conf", "\(scratch.path("a.log")) {\n rotate 3\n \(way)\n}\n")
    chmod(scratch.path("conf"), 0o644)
    let files = follow("a.log")
    for round in 0..<3 {
      run("logrotate", "-f", "-s", scratch.path("state"), scratch.path("conf"))
      scratch.append("a.log", lines(100 + round * 10..<110 + round * 10))
      expect(files, lines(0..<110 + round * 10))
    }
    #expect(files.snapshot().markers.count == 3)
  }

  @Test func followingCanBeSwitchedOnAndOff() {
    scratch.write("a.log", line(1))
    let files = LogFileSet()
    files.open(.path(scratch.path("a.log")))
    files.waitUntilIndexed()
    scratch.append("a.log", line(2))
    files.setFollowing(true)
    expect(files, lines(1..<3))
    files.setFollowing(false)
    files.waitUntilIndexed()
    #expect(files.snapshot().files[0].phase == .ended)
  }

  @Test func manyFilesAreFollowed() {
    scratch.makeFolder("many")
    for number in 0..<600 { scratch.write("many/\(number).log", line(number)) }
    let files = follow("many")
    #expect(files.snapshot().generations.count == 600)
    for number in stride(from: 0, to: 600, by: 7) { scratch.append("many/\(number).log", line(number + 1)) }
    #expect(eventually { files.snapshot().files.reduce(0) { $0 + $1.recordCount } == 600 + 86 })
  }
}
