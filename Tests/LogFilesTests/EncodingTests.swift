import Foundation
import Glibc
import Platform
import TestSupport
import Testing

@testable import LogFiles

@Suite struct EncodingTests {
  let scratch = Scratch()

  private func utf16(_ text: String, big: Bool = false, mark: Bool = true) -> [UInt8] {
    let units = text.data(using: big ? .utf16BigEndian : .utf16LittleEndian) ?? Data()
    return (mark ? (big ? [0xFE, 0xFF] : [0xFF, 0xFE]) : []) + Array(units)
  }

  private func append(_ bytes: [UInt8], to name: String = "a.log") {
    let file = open(scratch.path(name), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    _ = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
    close(file)
  }

  private func following() -> LogFileSet {
    let files = LogFileSet(options: .init(follows: true))
    files.open(.path(scratch.path("a.log")))
    files.waitUntilIndexed()
    return files
  }

  // MARK: The transcoder

  @Test(arguments: [false, true]) func everyCutGivesTheSameText(big: Bool) {
    let text = "one\r\nzwölf 日本 \u{1F600} x\u{0}y\n" + String(repeating: "ascii ", count: 20) + "\u{10FFFF}\n"
    let bytes = utf16(text, big: big)
    for cut in 0...bytes.count {
      var transcoder = Transcoder(.utf16(isBigEndian: big))
      var result: [UInt8] = []
      for piece in [bytes[..<cut], bytes[cut...]] {
        Array(piece).withUnsafeBytes { transcoder.append($0, to: &result) }
      }
      transcoder.finish(&result)
      #expect(result == Array(text.utf8))
    }
  }

  @Test func randomUnitsAreReadAsTheLibraryReadsThem() {
    var random = SeededGenerator(7)
    for _ in 0..<500 {
      let units = (0..<Int.random(in: 0..<60, using: &random)).map { _ -> UInt16 in
        switch Int.random(in: 0..<4, using: &random) {
        case 0: UInt16.random(in: 0xD800..<0xE000, using: &random)
        case 1: UInt16.random(in: 0...0xFFFE, using: &random)
        default: UInt16.random(in: 0..<0x80, using: &random)
        }
      }
      var bytes: [UInt8] = [0xFF, 0xFE]
      for unit in units { bytes += [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
      var transcoder = Transcoder(.utf16(isBigEndian: false))
      var result: [UInt8] = []
      bytes.withUnsafeBytes { transcoder.append($0, to: &result) }
      transcoder.finish(&result)
      #expect(
        String(decoding: result, as: UTF8.self).utf16.elementsEqual(String(decoding: units, as: UTF16.self).utf16))
    }
  }

  @Test func returnsBecomeLineFeedsUnlessALineFeedFollows() {
    let bytes = Array("a\rb\r\r\nc\n\rd\r".utf8)
    for cut in 0...bytes.count {
      var transcoder = Transcoder(.carriageReturns)
      var result: [UInt8] = []
      for piece in [bytes[..<cut], bytes[cut...]] {
        Array(piece).withUnsafeBytes { transcoder.append($0, to: &result) }
      }
      transcoder.finish(&result)
      #expect(String(decoding: result, as: UTF8.self).unicodeScalars.elementsEqual("a\nb\n\r\nc\n\nd\n".unicodeScalars))
    }
  }

  // MARK: What is recognised

  @Test func whatIsEvidentIsRecognised() {
    func encoding(_ bytes: [UInt8]) -> TextEncoding { bytes.withUnsafeBytes { TextEncoding(firstBytes: $0) } }
    #expect(encoding(utf16("a")) == .utf16(isBigEndian: false))
    #expect(encoding(utf16("a", big: true)) == .utf16(isBigEndian: true))
    #expect(encoding(utf16(lines(0..<3), mark: false)) == .utf16(isBigEndian: false))
    #expect(encoding(utf16(lines(0..<3), big: true, mark: false)) == .utf16(isBigEndian: true))
    #expect(encoding(Array("one\rtwo\rthree".utf8)) == .carriageReturns)
    #expect(encoding(Array("one\rtwo\r".utf8)) == .carriageReturns)
    #expect(encoding(Array("10%\r20%\r30%\ndone\n".utf8)) == .plain)
    #expect(encoding(Array("a\r\nb\r\n".utf8)) == .plain)
    #expect(encoding(Array("a line\r".utf8)) == .plain)
    #expect(encoding([]) == .plain)
    #expect(encoding([0xFF, 0xFE, 0, 0, 0x61, 0, 0, 0]) == .plain)
    #expect(encoding([UInt8](repeating: 0, count: 5000)) == .plain)
  }

  // MARK: Files

  @Test(arguments: [false, true], [false, true]) func aFileOfUnitsIsReadAsText(big: Bool, mark: Bool) {
    let text = lines(0..<200_000, "zwölf 日本")
    append(utf16(text, big: big, mark: mark))
    let files = LogFileSet(options: .init())
    files.open(.path(scratch.path("a.log")))
    files.waitUntilIndexed()
    let snapshot = files.snapshot()
    #expect(snapshot.text == text)
    #expect(snapshot.files[0].phase == .ended)
    #expect(snapshot.generations.first?.recordCount == 200_000)
    snapshot.generations.first?.expectEqualsFreshIndex()
  }

  @Test func aFileOfUnitsGrowsByHalvesOfThem() {
    append(utf16(line(1)))
    let files = following()
    #expect(eventually { files.snapshot().text == line(1) })
    let rest = utf16(line(2, "\u{1F600}"), mark: false)
    append(Array(rest[..<57]))
    #expect(eventually { files.snapshot().generations.last?.byteCount ?? 0 > line(1).utf8.count })
    append(Array(rest[57...]))
    #expect(eventually { files.snapshot().text == line(1) + line(2, "\u{1F600}") })
    #expect(files.snapshot().markers.isEmpty)
    files.snapshot().generations.last?.expectEqualsFreshIndex()
  }

  @Test func anEmptyFileMayBecomeOneOfUnits() {
    append([])
    let files = following()
    append([0xFF])
    #expect(eventually { files.snapshot().generations.last?.byteCount == 1 })
    append([0xFE] + utf16(lines(1..<4), mark: false))
    #expect(eventually { files.snapshot().text == lines(1..<4) }, "\(files.snapshot())")
    #expect(files.snapshot().markers.isEmpty)
  }

  @Test func truncationRotationAndCopiesOfUnitsAreFollowed() {
    append(utf16(lines(0..<50)))
    let files = following()
    #expect(eventually { files.snapshot().text == lines(0..<50) })
    // A copy, then truncation: the records stay, and so does what the copy has more.
    run("cp", scratch.path("a.log"), scratch.path("a.log.1"))
    append(utf16(line(50), mark: false), to: "a.log.1")
    truncate(scratch.path("a.log"), 0)
    append(utf16(line(60)))
    #expect(eventually { files.snapshot().text == lines(0..<51) + line(60) }, "\(files.snapshot().markers)")
    scratch.move("a.log", to: "a.log.2")
    append(utf16(line(61)))
    #expect(eventually { files.snapshot().text == lines(0..<51) + lines(60..<62) })
    truncate(scratch.path("a.log"), 0)
    append(utf16(line(7)))
    #expect(eventually { files.snapshot().text == lines(0..<51) + line(60) + line(7) })
    #expect(files.snapshot().markers.map(\.kind) == [.rotated, .rotated, .truncated(recordsGone: 1)])
  }

  @Test func aFileOfReturnsHasLinesAndMayTurnOutToHaveLineFeeds() {
    append(Array("one\rtwo\rthree".utf8))
    let files = following()
    #expect(eventually { files.snapshot().text == "one\ntwo\nthree" })
    #expect(files.snapshot().generations[0].lineCount == 3)
    append(Array("\rfour".utf8))
    #expect(eventually { files.snapshot().text == "one\ntwo\nthree\nfour" })
    append(Array("\ndone\n".utf8))
    #expect(eventually { files.snapshot().text == "one\rtwo\rthree\rfour\ndone\n" })
    #expect(eventually { files.snapshot().generations.last?.lineCount == 2 })
  }

  @Test func aStreamOfUnitsIsReadAsText() throws {
    for bytes in [utf16(lines(0..<9)), utf16(lines(0..<9), big: true, mark: false)] {
      let pipe = try FileDescriptor.pipe()
      let files = LogFileSet(options: .init(follows: true))
      defer { files.close() }
      files.open(.standardInput(pipe.reading))
      for byte in bytes { try [byte].withUnsafeBytes { try pipe.writing.write(all: $0) } }
      #expect(eventually { files.snapshot().text == lines(0..<9) })
    }
  }

  @Test(.enabled(if: isInstalled("gzip"), "gzip is not installed")) func anArchiveOfUnitsIsReadAsText() {
    append(utf16(lines(0..<9000), mark: false))
    run("gzip", scratch.path("a.log"))
    let files = LogFileSet(options: .init())
    files.open(.path(scratch.path("a.log.gz")))
    files.waitUntilIndexed()
    #expect(files.snapshot().text == lines(0..<9000))
  }

  @Test func aFolderShowsFilesOfUnits() {
    scratch.makeFolder("logs")
    append(utf16(lines(0..<9)), to: "logs/a.log")
    let files = LogFileSet(options: .init())
    files.open(.path(scratch.path("logs")))
    files.waitUntilIndexed()
    #expect(files.snapshot().text == lines(0..<9))
  }

  @Test func theLimitForSpoolsHoldsForCopiesToo() {
    append(utf16(lines(0..<100_000)))
    let files = LogFileSet(options: .init(spoolLimit: 2 << 20))
    files.open(.path(scratch.path("a.log")))
    files.waitUntilIndexed()
    let snapshot = files.snapshot()
    #expect(lines(0..<100_000).hasPrefix(snapshot.text))
    #expect((1 << 20...2 << 20).contains(snapshot.generations[0].byteCount))
    #expect(snapshot.said.first?.contains("exceeds the limit for spools (2 MiB)") ?? false, "\(snapshot.said)")
    #expect(snapshot.files[0].hasLostRecords)
  }
}
