import Foundation
import Platform
import TestSupport
import Testing

/// Several writers at full rate, whose files are rotated or cut to nothing meanwhile: every byte of every line comes out
/// once, in the order of its file.
///
/// Two seconds here; `CHIPLOG_SOAK_SECONDS=60 CHIPLOG_SOAK_PROGRAM=.build/release/chiplog swift test --filter SoakTests`
/// soaks in earnest, and prints the lag, the memory and the time on the processor, also of five seconds without a line.
@Suite struct SoakTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let seconds = environment["CHIPLOG_SOAK_SECONDS"].flatMap(Double.init) ?? 2
  /// Lines that one writer writes in a second.
  private static let rate = environment["CHIPLOG_SOAK_RATE"].flatMap(Int.init) ?? 50_000
  private static let writerCount = 4
  private static let lineLength = 100

  /// What becomes of a file that has grown.
  private enum Habit { case grows, isRenamed, isCut }

  /// Writes numbered lines of equal length, as many as are due, and now and then renames its file or cuts it.
  private final class Writer: Sendable {
    private let path: String
    private let number: Int
    let written = Monitor(0)
    /// Lines that were printed, as far as the test has read: what is cut before it is seen is lost, as for any reader.
    let seen = Monitor(0)
    let isDone = Monitor(false)

    init(_ path: String, _ number: Int) { (self.path, self.number) = (path, number) }

    func run(seconds: Double, _ habit: Habit) {
      var descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
      let start = Date()
      var count = 0
      var turns = 0
      var line = Line(number)
      while true {
        let elapsed = min(seconds, Date().timeIntervalSince(start))
        let due = Int(elapsed * Double(SoakTests.rate))
        var batch: [UInt8] = []
        batch.reserveCapacity((due - count) * SoakTests.lineLength)
        for _ in count..<due {
          batch.append(contentsOf: line.bytes)
          line.advance()
        }
        var place = 0
        while place < batch.count {
          place += max(0, batch[place...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) })
        }
        count = due
        written.withLock { $0 = count }
        if elapsed >= seconds { break }
        if habit != .grows, elapsed > Double(turns + 1) * max(1, seconds / 12) {
          turns += 1
          turn(habit, turns, lines: count, &descriptor)
        }
        usleep(2000)
      }
      close(descriptor)
      isDone.withLock { $0 = true }
    }

    private func turn(_ habit: Habit, _ turn: Int, lines: Int, _ descriptor: inout Int32) {
      if habit == .isCut {
        _ = eventually(within: 60) { seen.withLock { $0 } == lines }
        ftruncate(descriptor, 0)
      } else {
        rename(path, "\(path).\(turn)")
        close(descriptor)
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
      }
    }
  }

  /// The next line of a writer: the same but for its number, which counts up in place.
  private struct Line {
    private(set) var bytes: [UInt8]

    init(_ writer: Int) {
      let text = "2026-11-22T14:00:00Z INFO \(writer) 000000000 request done path=/api/orders status=200 "
      bytes = Array(text.utf8) + [UInt8](repeating: 0x78, count: lineLength - 1 - text.utf8.count) + [10]
    }

    mutating func advance() {
      var place = 36
      while bytes[place] == UInt8(ascii: "9") {
        bytes[place] = UInt8(ascii: "0")
        place -= 1
      }
      bytes[place] += 1
    }
  }

  /// Reads what has been printed since the last call; the next number of each writer tells what is missing or repeated.
  private struct Checker {
    let descriptor: FileDescriptor
    var next = [Int](repeating: 0, count: writerCount)
    private var lines = (0..<writerCount).map(Line.init)
    var faults: [String] = []
    private var rest: [UInt8] = []

    init(_ path: String) throws { descriptor = try FileDescriptor.open(path) }

    mutating func read() throws {
      while true {
        let bytes = try descriptor.readToEnd(limit: 4 << 20)
        if bytes.isEmpty { return }
        let all = rest + bytes
        var place = 0
        // SAFETY: `check` gets one whole line within `all`, which lives until the closure returns.
        all.withUnsafeBytes { all in
          while place + lineLength <= all.count {
            check(UnsafeRawBufferPointer(rebasing: all[place..<place + lineLength]))
            place += lineLength
          }
        }
        rest = Array(all[place...])
      }
    }

    private mutating func check(_ line: UnsafeRawBufferPointer) {
      let writer = Int(line[26]) - 48
      guard next.indices.contains(writer), Self.isSame(line, lines[writer].bytes) else {
        if faults.count < 5 { faults.append("instead of \(next): " + String(decoding: line, as: UTF8.self)) }
        return
      }
      next[writer] += 1
      lines[writer].advance()
    }

    private static func isSame(_ line: UnsafeRawBufferPointer, _ expected: [UInt8]) -> Bool {
      expected.withUnsafeBytes { expected in
        guard let expected = expected.baseAddress, let line = line.baseAddress else { return false }
        return memcmp(expected, line, lineLength) == 0
      }
    }
  }

  private func memory(_ process: Int32) -> Int {
    let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
    return line.flatMap { Int($0.filter(\.isNumber)) } ?? 0
  }

  /// Seconds on the processor.
  private func work(_ process: Int32) -> Double {
    let stat = (try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)) ?? ""
    let fields = stat.split(separator: " ")
    return fields.count > 14 ? Double((Int(fields[13]) ?? 0) + (Int(fields[14]) ?? 0)) / 100 : 0
  }

  @Test func everyLineComesOutOnce() throws {
    let folder = try TemporaryFolder()
    let paths = (0..<Self.writerCount).map { folder.path("w\($0).log") }
    for number in paths.indices { try folder.write("", to: "w\(number).log") }
    let program = Self.environment["CHIPLOG_SOAK_PROGRAM"] ?? builtProgram.path
    let child = try ChildProcess.spawn(
      program, ["-f", "--text"] + paths,
      stdout: .descriptor(.open(folder.path("out"), flags: O_WRONLY | O_CREAT)))
    defer {
      child.kill()
      _ = child.wait()
    }
    var checker = try Checker(folder.path("out"))
    usleep(300_000)
    let writers = paths.enumerated().map { Writer($1, $0) }
    for (writer, habit) in zip(writers, [Habit.isRenamed, .isCut, .isRenamed, .grows]) {
      Threads.start("writer") { writer.run(seconds: Self.seconds, habit) }
    }
    var lag = 0
    var memories: [Int] = []
    while !writers.allSatisfy({ $0.isDone.withLock { $0 } }) {
      let written = writers.reduce(0) { $0 + $1.written.withLock { $0 } }
      try checker.read()
      for (writer, count) in zip(writers, checker.next) { writer.seen.withLock { $0 = count } }
      lag = max(lag, written - checker.next.reduce(0, +))
      memories.append(memory(child.pid))
      usleep(100_000)
    }
    let end = Date()
    let expected = writers.map { $0.written.withLock { $0 } }
    let isWhole = try eventually(within: 60) {
      try checker.read()
      return checker.next == expected || !checker.faults.isEmpty
    }
    #expect(isWhole && checker.faults.isEmpty, "\(checker.next) of \(expected); \(checker.faults)")
    guard Self.environment["CHIPLOG_SOAK_SECONDS"] != nil else { return }
    let caughtUp = Date().timeIntervalSince(end)
    let busy = work(child.pid)
    sleep(5)
    print(
      """
      soak: \(expected.reduce(0, +)) lines in \(Self.seconds) s, \(busy) s on the processor, and \
      \(work(child.pid) - busy) s in five seconds without a line; behind by at most \(lag) lines, at the end for \
      \(Int(caughtUp * 1000)) ms; anonymous memory \(memories.prefix(5)) ... \(memories.suffix(5)) kB
      """)
  }
}
