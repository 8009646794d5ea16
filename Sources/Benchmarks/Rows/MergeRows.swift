extension Row {
  /// Eight files of a million lines (at the full size) as one: until all is merged and its end shown; then jumps.
  static func mergeEight(_ bench: Bench) throws {
    let lines = max(bench.data.size / 1000, 100)
    let paths = try bench.data.overlapping(count: 8, lineCount: lines)
    let title = "8 files of \(Table.grouped(lines)) lines"
    var contenders = [Contender(name: "chiplog") { try bench.probe(["open"] + paths) }]
    if let lnav = bench.peer("lnav") {
      contenders.append(
        Contender(name: "lnav", mostRounds: 2) { try bench.programs.silently(Self.opening(lnav, paths)) })
    }
    if let wc = bench.peer("wc") {
      contenders.append(
        Contender(name: "wc", mostRounds: 1) {
          var measurement = try bench.programs.output([wc, "-l"] + paths)
          let last = measurement.text.split(separator: "\n").last.map(String.init) ?? ""
          measurement.measurement.count = last.split(separator: " ").first.flatMap { Int($0) }
          return measurement.measurement
        })
    }
    let found = try bench.measure("merge", contenders)
    bench.report(
      Finding(
        row: "merge", title: "open \(title), merged", ours: (found["chiplog"] ?? []).seconds, peer: "lnav",
        theirs: found["lnav"]?.seconds, goal: .timesBetter(atLeast: 20), counts: counts(found, "wc")
      ).with(found, against: "lnav"))
    try jumps(bench, "merge", title, paths, goal: .value(atMost: 100e-6), filtered: .value(atMost: 250e-6))
  }

  /// Three thousand files that all span the same time.
  static func mergeThousands(_ bench: Bench) throws {
    let lines = max(bench.data.size / 1_000_000, 10)
    let paths = try bench.data.overlapping(count: 3000, lineCount: lines)
    let title = "3,000 files of \(Table.grouped(lines)) lines"
    try jumps(bench, "many", title, paths, goal: .value(atMost: 15e-3), filtered: .none)
  }

  private static func jumps(
    _ bench: Bench, _ row: String, _ title: String, _ paths: [String], goal: Goal, filtered: Goal
  ) throws {
    let contender = Contender(name: "chiplog") { try bench.probe(["jump", "level>=warn"] + paths) }
    let ours = try bench.measure("\(row) jump", [contender])["chiplog"] ?? []
    for (name, goal, what) in [("seconds", goal, ""), ("filtered_seconds", filtered, ", filtered")] {
      let all = name == "seconds" ? ours.seconds : ours.extra(name)
      let worst = Unit.seconds.text(ours.extra("worst_" + name).median)
      let screen = Unit.seconds.text(ours.extra("screen_" + name).median)
      bench.report(
        Finding(
          row: row, title: "jump in \(title)\(what)", ours: all, goal: goal,
          note: "1 in 100 takes \(worst); with 50 rows \(screen)"))
    }
  }
}
