import Glibc
import Platform
import Quantities
import Synchronization
import TestSupport
import Testing

@testable import LogFiles

/// Files that are cut short all the time while they are mapped, indexed and read: no SIGBUS ends us, and what is shown
/// at the end is what is there.
@Suite struct TruncationStressTests {
  let scratch = Scratch()

  /// Appends and copytruncates in turn until told to stop; then leaves 100 lines of its own.
  private static func write(_ path: String, _ number: Int, until flag: Flag) {
    var random = SeededGenerator(number)
    let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    defer { close(descriptor) }
    let text = Array(lines(0..<20_000, "writer \(number)").utf8)
    while !flag.isOver.load(ordering: .relaxed) {
      for _ in 0..<Int.random(in: 1...6, using: &random) {
        _ = text.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      }
      usleep(useconds_t.random(in: 0...3000, using: &random))
      ftruncate(descriptor, Bool.random(using: &random) ? 0 : off_t.random(in: 0...2_000_000, using: &random))
    }
    ftruncate(descriptor, 0)
    let last = Array(lines(0..<100, "end \(number)").utf8)
    _ = last.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }

  /// Reads every byte of all maps, as a filter does; returns something that depends on each.
  private static func scan(_ snapshot: LogSnapshot) -> Int {
    snapshot.generations.reduce(0) { sum, generation in
      let buffer = generation.bytes.buffer
      let count = min(generation.byteCount, buffer.count)
      return sum + stride(from: 0, to: count, by: 512).reduce(0) { $0 &+ Int(buffer[$1]) }
    }
  }

  @Test func fourWritersCutTheirFilesWhileAllIsRead() {
    let isDone = Monitor(0)
    let flag = Flag()
    let paths = (0..<4).map { scratch.path("w\($0).log") }
    for (number, path) in paths.enumerated() {
      scratch.write("w\(number).log", "")
      Threads.start("cutter") {
        Self.write(path, number, until: flag)
        isDone.withLock { $0 += 1 }
      }
    }
    let files = LogFileSet(options: .init(follows: true))
    for path in paths { files.open(.path(path)) }
    let start = Clock.monotonic
    var sum = 0
    // A slow machine may take longer to index what is cut off again at once.
    while Clock.monotonic < start + .milliseconds(Int64(sum == 0 ? 30_000 : 1500)) {
      sum &+= Self.scan(files.snapshot())
      // Old snapshots are let go and new maps made all the time: the table of maps is used again and again.
      usleep(2000)
      if Int.random(in: 0..<20) == 0 { files.setFormat(nil, for: FileID(Int.random(in: 0..<4))) }
    }
    flag.isOver.store(true, ordering: .relaxed)
    isDone.wait { $0 == 4 ? () : nil }
    let isShown = eventually {
      let snapshot = files.snapshot()
      return (0..<4).allSatisfy { number in
        snapshot.generations.last { $0.file == FileID(number) }?.text == lines(0..<100, "end \(number)")
      } && snapshot.generations.allSatisfy { $0.differenceFromFreshIndex == nil }
    }
    #expect(isShown, "\(files.snapshot().generations.map { ($0.file, $0.byteCount) }) \(files.snapshot().said)")
    #expect(sum != 0)
  }

  private final class Flag: Sendable { let isOver = Atomic(false) }

  @Test func theTableOfMapsGrowsAndIsUsedAgain() throws {
    scratch.write("a.log", lines(0..<10))
    let descriptor = try FileDescriptor.open(scratch.path("a.log"))
    for _ in 0..<3 {
      let maps = try (0..<5000).map { _ in try MappedBytes(descriptor, length: 600, reach: 0) }
      #expect(maps.allSatisfy { $0.buffer[0] == UInt8(ascii: "2") && $0.faultCount == 0 })
    }
    let maps = try (0..<5000).map { _ in try MappedBytes(descriptor, length: 600, reach: 0) }
    truncate(scratch.path("a.log"), 0)
    #expect(maps.allSatisfy { $0.buffer[0] == 0 && $0.faultCount == 1 })
  }
}
