import Glibc
import Platform

extension Row {
  /// A line is appended to a file that is followed on a terminal: how long until its text arrives there.
  static func followOnScreen(_ bench: Bench) throws {
    let path = bench.data.scratch("follow.log")
    defer { unlink(path) }
    let file = try FileDescriptor.open(path, flags: O_WRONLY | O_CREAT | O_TRUNC | O_APPEND)
    _ = fchmod(file.number, 0o644)
    var marks = Marks()
    var first = ""
    for _ in 0..<100 {
      first = marks.next()
      try append(first, to: file)
    }
    let terminal = try PseudoTerminal(columns: 120, rows: 40)
    let child = try terminal.run([bench.program, path], environment: bench.programs.environment)
    defer { child.end() }
    guard terminal.seconds(until: first) != nil else { throw ProgramFailure(text: "no screen came") }
    var measurements: [Measurement] = []
    for _ in 0..<max(10, bench.settings.rounds * 10) {
      usleep(50_000)
      terminal.drain()
      let mark = marks.next()
      try append(mark, to: file)
      guard let seconds = terminal.seconds(until: mark) else { throw ProgramFailure(text: "a line never came") }
      measurements.append(Measurement(seconds: seconds))
    }
    try bench.keep("append", measurements)
    let worst = Unit.seconds.text(measurements.seconds.quantile(0.99))
    bench.report(
      Finding(
        row: "append", title: "an appended line shows on the terminal", ours: measurements.seconds,
        goal: .value(atMost: 20e-3), note: "\(measurements.count) lines, 1 in 100 takes \(worst)"))
  }

  private static func append(_ mark: String, to file: FileDescriptor) throws {
    let time = CivilClock.now
    let line = Array("\(time) INFO mark \(mark)\n".utf8)
    try line.withUnsafeBytes { bytes in try file.write(all: bytes) }
  }

  /// From exec to the arrival of the last record's text on a terminal.
  static func startOnScreen(_ bench: Bench) throws {
    let path = try bench.data.largest(isHuge: bench.settings.isHuge)
    let size = try FileFacts(path: path).size
    let mark = try lastWords(of: path, size: size)
    let contender = Contender(name: "chiplog") {
      let terminal = try PseudoTerminal(columns: 200, rows: 50)
      let watch = Stopwatch()
      let child = try terminal.run([bench.program, path], environment: bench.programs.environment)
      defer { child.end() }
      guard terminal.seconds(until: mark) != nil else { throw ProgramFailure(text: "no screen came") }
      return Measurement(seconds: watch.seconds)
    }
    let found = try bench.measure("start", [contender], rounds: bench.settings.rounds * 2)
    bench.report(
      Finding(
        row: "start", title: "from exec to the first screen, a file of \(Unit.bytes.text(Double(size)))",
        ours: (found["chiplog"] ?? []).seconds, goal: .value(atMost: 50e-3),
        note: size < 10_000_000_000 ? "--huge makes one of 10 GB" : ""))
  }

  /// What stands between the brackets of the last record, which no other of the last fifty has with it: its whole head.
  private static func lastWords(of path: String, size: Int) throws -> String {
    let tail = try FileDescriptor.open(path).bytes(in: max(0, size - 20_000)..<size)
    let lines = String(decoding: tail, as: UTF8.self).split(separator: "\n")
    guard let last = lines.last(where: { $0.contains("[worker-") }), let start = last.firstIndex(of: "[") else {
      throw ProgramFailure(text: "\(path) is no log of ours")
    }
    return String(last[start...].prefix { $0 != ":" })
  }
}

/// Words that share no letter with the one before, so that a terminal program cannot keep a part of an old one on its screen.
struct Marks {
  private var dice = Dice(seed: 3)
  private var isFirst = false

  mutating func next() -> String {
    isFirst.toggle()
    let letters = Array(isFirst ? "abcdefghijklm" : "nopqrstuvwxyz")
    return String((0..<14).map { _ in letters[dice.below(letters.count)] })
  }
}
