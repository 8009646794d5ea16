extension Row {
  /// Opens each large file; with it come the memory and the size of the index.
  static func openOnAllCores(_ bench: Bench) throws {
    for kind in LogKind.allCases {
      let path = try bench.data.log(kind)
      var contenders = [Contender(name: "chiplog") { try bench.probe(["open", path]) }]
      let wc = bench.peer("wc")
      // lnav takes minutes for a gigabyte of JSON lines that it has no format for, which would say nothing.
      let lnav = kind == .json ? nil : bench.peer("lnav")
      if let wc { contenders.append(Contender(name: "wc") { try bench.programs.counting([wc, "-l", path]) }) }
      if let lnav {
        contenders.append(
          Contender(name: "lnav", mostRounds: 2) { try bench.programs.silently(Self.opening(lnav, [path])) })
      }
      let found = try bench.measure("open \(kind.rawValue)", contenders)
      let ours = found["chiplog"] ?? []
      let counts = [("chiplog", ours.count), ("wc", found["wc"]?.count)].compactMap { who, count in
        count.map { (who: who, count: $0) }
      }
      bench.report(
        Finding(
          row: "open", title: "open \(kind.rawValue)", ours: ours.seconds, peer: "wc -l", theirs: found["wc"]?.seconds,
          goal: .ratio(atMost: 0.6), counts: counts
        ).with(found, against: "wc"))
      if kind != .json {
        bench.report(
          Finding(
            row: "open", title: "open \(kind.rawValue)", ours: ours.seconds, peer: "lnav",
            theirs: found["lnav"]?.seconds, goal: .timesBetter(atLeast: 30)
          ).with(found, against: "lnav"))
      }
      reportMemory(bench, kind, ours)
    }
  }

  /// lnav without a screen, showing an empty view at its end, so that it prints nothing.
  static func opening(_ lnav: String, _ paths: [String]) -> [String] {
    [lnav, "-n", "-c", ":switch-to-view text"] + paths
  }

  private static func reportMemory(_ bench: Bench, _ kind: LogKind, _ ours: [Measurement]) {
    bench.report(
      Finding(
        row: "open", title: "memory of its own after that, \(kind.rawValue)", unit: .bytes,
        ours: ours.extra("anonymous_bytes"), goal: .value(atMost: 16e6)))
    let perLine = ours.map { $0.extra("index_bytes") / Double(max($0.count ?? 1, 1)) }
    bench.report(
      Finding(
        row: "open", title: "index, \(kind.rawValue)", unit: .bytesPerLine, ours: Samples(values: perLine),
        goal: .value(atMost: 0.7)))
  }

  /// Opens a file on two processors and on one; the peer may use as many, which makes no difference to it.
  static func openOnFewCores(_ bench: Bench) throws {
    guard bench.peer("taskset") != nil else { return }
    let path = try bench.data.log(.app)
    for (cores, limit) in [(2, 0.9), (1, 1.5)] where cores <= Machine.coreCount {
      var contenders = [Contender(name: "chiplog") { try bench.probe(["open", path], cores: cores) }]
      if let wc = bench.peer("wc") {
        contenders.append(
          Contender(name: "wc") { try bench.programs.counting(bench.bound([wc, "-l", path], to: cores)) })
      }
      let found = try bench.measure("open on \(cores)", contenders)
      bench.report(
        Finding(
          row: "open-cores", title: "open app on \(cores) \(cores == 1 ? "core" : "cores")",
          ours: found["chiplog"]?.seconds ?? Samples(values: []), peer: "wc -l", theirs: found["wc"]?.seconds,
          goal: .ratio(atMost: limit)
        ).with(found, against: "wc"))
    }
  }
}
