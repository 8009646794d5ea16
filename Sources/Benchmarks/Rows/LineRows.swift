import Glibc
import Platform

extension Row {
  /// What a key costs on the line between the program and the terminal, and how long the answer takes: a terminal of 160x50 with
  /// 256 colours, a large file at its end, as over ssh.
  static func bytesOnTheLine(_ bench: Bench) throws {
    let path = try bench.data.largest(isHuge: false)
    let ours = try LineCost(
      [bench.program, "--config", "/dev/null", path], environment: bench.programs.environment + LineCost.overSSH)
    let lnav = try bench.peer("lnav").map {
      try LineCost([$0, path], environment: bench.programs.environment + LineCost.overSSH)
    }
    for (action, goal) in [
      (LineCost.Action.step, Goal.value(atMost: 300)), (.scroll, .value(atMost: 300)), (.page, .value(atMost: 6500)),
    ] {
      let (mine, theirs) = (try ours.measure(action), try lnav?.measure(action))
      bench.report(
        Finding(
          row: "line", title: "bytes for \(action.rawValue), 160x50", unit: .bytes, ours: mine.bytes,
          peer: theirs == nil ? nil : "lnav", theirs: theirs?.bytes, goal: goal))
      bench.report(
        Finding(
          row: "line", title: "from the key to the screen, \(action.rawValue)", ours: mine.seconds,
          peer: theirs == nil ? nil : "lnav", theirs: theirs?.seconds, goal: .value(atMost: 16e-3),
          note: "1 in 100 takes \(Unit.seconds.text(mine.seconds.quantile(0.99)))"))
    }
    try follow(bench)
  }

  /// A thousand lines a second are appended: bytes a second to the terminal.
  private static func follow(_ bench: Bench) throws {
    let path = bench.data.scratch("stream.log")
    defer { unlink(path) }
    let file = try FileDescriptor.open(path, flags: O_WRONLY | O_CREAT | O_TRUNC | O_APPEND)
    _ = fchmod(file.number, 0o644)
    var dice = Dice(seed: 5)
    func append(_ count: Int) throws {
      let time = CivilClock.now
      let lines = (0..<count).map { _ in
        "\(time) INFO [worker-\(dice.below(16))] cart.items: request done path=/api/v1/orders/\(dice.below(9000)) latency=\(dice.below(900))\n"
      }
      try Array(lines.joined().utf8).withUnsafeBytes { bytes in try file.write(all: bytes) }
    }
    try append(200)
    let cost = try LineCost([bench.program, path], environment: bench.programs.environment + LineCost.overSSH)
    let watch = Stopwatch()
    var sent = 0
    while watch.seconds < 4 {
      try append(10)
      sent += cost.bytes(within: 10)
    }
    bench.report(
      Finding(
        row: "line", title: "bytes a second while 1,000 lines a second are appended", unit: .bytes,
        ours: Samples(values: [Double(sent) / watch.seconds]), goal: .value(atMost: 50_000)))
  }
}

/// A program on a terminal of 160x50, and what it writes for keys.
private final class LineCost {
  /// What is done.
  enum Action: String {
    case step = "a step within the screen"
    case scroll = "a step that scrolls"
    case page = "a page"
  }

  /// What tells a program that it runs at the end of an ssh line.
  static let overSSH = [("SSH_CONNECTION", "192.0.2.1 50000 192.0.2.2 22"), ("TERM", "xterm-256color")]

  private let terminal: PseudoTerminal
  private let child: PseudoTerminal.Child

  init(_ words: [String], environment: [(String, String)]) throws {
    terminal = try PseudoTerminal(columns: 160, rows: 50)
    // The last of a name counts, as a shell has it.
    let names = Dictionary(environment, uniquingKeysWith: { $1 })
    child = try terminal.run(words, environment: names.map { ($0.key, $0.value) })
    // Large files are read first.
    var quiet = 0
    let watch = Stopwatch()
    while quiet < 3, watch.seconds < 30 { quiet = terminal.bytes(within: 500) == 0 ? quiet + 1 : 0 }
  }

  deinit { child.end() }

  /// What arrives within so many milliseconds.
  func bytes(within milliseconds: Int32) -> Int { terminal.bytes(within: milliseconds) }

  /// Does it twenty times; steps begin at the end of the file, those that scroll at the upper edge.
  func measure(_ action: Action) throws -> (bytes: Samples, seconds: Samples) {
    var (sizes, times): ([Double], [Double]) = ([], [])
    if action == .scroll { for _ in 0..<45 { _ = try answer("k") } }
    for _ in 0..<20 {
      let (bytes, seconds) = try answer(action == .page ? "\u{1B}[5~" : "k")
      sizes.append(Double(bytes))
      times.append(seconds)
    }
    return (Samples(values: sizes), Samples(values: times))
  }

  /// The bytes that a key is answered with, and how long the first of them take; until nothing has come for 60 ms.
  private func answer(_ key: String) throws -> (bytes: Int, seconds: Double) {
    let watch = Stopwatch()
    try terminal.type(key)
    var (sum, first) = (0, 0.0)
    while true {
      let count = terminal.bytes(within: 60, stopsEarly: true)
      if count == 0 { return (sum, first) }
      if sum == 0 { first = watch.seconds }
      sum += count
    }
  }
}
