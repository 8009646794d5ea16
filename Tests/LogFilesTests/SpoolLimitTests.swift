import Glibc
import Platform
import TestSupport
import Testing

@testable import LogFiles

/// What streams keep at the limit for spools.
@Suite struct SpoolLimitTests {
  let scratch = Scratch()

  /// Records of very different lengths, some of several lines.
  private func text(seed: UInt64, bytes: Int) -> String {
    var random = SeededGenerator(seed)
    var text = ""
    var number = 0
    while text.utf8.count < bytes {
      number += 1
      text += line(
        number, String(repeating: "x", count: [1, 20, 300, 5000, 90_000].randomElement(using: &random) ?? 1))
      if Int.random(in: 0..<5, using: &random) == 0 { text += "  at one\n  at two\n" }
    }
    return text
  }

  /// What is still shown of a stream.
  private func shown(_ generation: GenerationSnapshot) -> String {
    guard let first = generation.segments.first else { return "" }
    return String(
      decoding: generation.file0[first.index.bytes.lowerBound..<generation.byteCount], as: UTF8.self)
  }

  private func recordCount(_ text: some StringProtocol) -> Int {
    text.split(separator: "\n").count { $0.hasPrefix("2026") }
  }

  @Test(arguments: 0..<6) func whatIsShownIsExactlyTheNewest(seed: UInt64) throws {
    let all = text(seed: seed, bytes: 14 << 20)
    scratch.write("all", all)
    let child = try ChildProcess.spawn("cat", [scratch.path("all")], stdout: .pipe)
    let output = try #require(child.standardOutput)
    let files = LogFileSet(options: .init(spoolLimit: [4, 6, 8][Int(seed % 3)] << 20))
    files.open(.standardInput(output))
    files.waitUntilIndexed()
    #expect(child.wait().isSuccess)
    let snapshot = files.snapshot()
    let generation = snapshot.generations[0]
    let kept = shown(generation)
    #expect(kept.utf8.count < 8 << 20 && kept.utf8.count > 1 << 20)
    #expect(all.utf8.suffix(kept.utf8.count).elementsEqual(kept.utf8), "what is shown is no suffix")
    let start = all.utf8.count - kept.utf8.count
    #expect(all.utf8.dropFirst(start - 1).first == 10, "it begins within a line")
    #expect(snapshot.markers.map(\.kind) == [.dropped(records: recordCount(all) - recordCount(kept), bytes: start)])
    #expect(generation.recordCount == recordCount(kept))
    #expect(snapshot.said.count == 1 && !snapshot.files[0].hasLostRecords)
  }

  @Test func streamsShareOneLimit() throws {
    let names = ["a", "b", "c"]
    let files = LogFileSet(options: .init(spoolLimit: 16 << 20))
    for (seed, name) in names.enumerated() {
      scratch.write(name, text(seed: UInt64(seed), bytes: [12, 3, 9][seed] << 20))
    }
    let children = try names.map { try ChildProcess.spawn("cat", [scratch.path($0)], stdout: .pipe) }
    for child in children { files.open(.standardInput(try #require(child.standardOutput))) }
    files.waitUntilIndexed()
    #expect(children.allSatisfy { $0.wait().isSuccess })
    let snapshot = files.snapshot()
    var total = 0
    for (name, generation) in zip(names, snapshot.generations) {
      let all = try String(decoding: FileDescriptor.open(scratch.path(name)).readToEnd(), as: UTF8.self)
      let kept = shown(generation)
      total += kept.utf8.count
      #expect(all.utf8.suffix(kept.utf8.count).elementsEqual(kept.utf8))
      let dropped = snapshot.markers.first { $0.file == generation.file }.map(\.kind)
      if kept.utf8.count == all.utf8.count {
        #expect(dropped == nil)
      } else {
        let gone = recordCount(all) - recordCount(kept)
        #expect(dropped == .dropped(records: gone, bytes: all.utf8.count - kept.utf8.count))
      }
    }
    #expect(total <= 16 << 20 && total > 10 << 20)
    // The one that holds little loses nothing to those that hold much.
    #expect(snapshot.markers.allSatisfy { $0.file != FileID(1) })
    #expect(snapshot.files.allSatisfy { !$0.hasLostRecords })
  }
}
