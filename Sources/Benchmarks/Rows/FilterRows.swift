extension Row {
  /// A filter and the expression that finds the same lines with `rg`.
  private struct Search {
    var kind: LogKind
    var query: String
    var expression: String
    var what: String
  }

  /// Words and expressions in files that are open already. Only those are taken that match the first line of a record,
  /// so that records are as many as rg's lines.
  static func filterText(_ bench: Bench) throws {
    let searches = [
      Search(kind: .app, query: "retrying", expression: "retrying", what: "word, 1% of lines"),
      Search(kind: .access, query: "wp-login", expression: "wp-login", what: "word, 5% of lines"),
      Search(kind: .json, query: "timeout", expression: "timeout", what: "word, 12% of lines"),
      Search(
        kind: .app, query: #"~\d+\.\d+\.\d+\.\d+:\d+"#, expression: #"[0-9]+\.[0-9]+\.[0-9]+\.[0-9]+:[0-9]+"#,
        what: "no literal"),
      Search(kind: .access, query: #"~\s5\d\d\s"#, expression: #"\s5[0-9][0-9]\s"#, what: "no long literal"),
      Search(kind: .json, query: #"~[a-f]\d[a-f]\d[a-f]"#, expression: "[a-f][0-9][a-f][0-9][a-f]", what: "no literal"),
    ]
    for search in searches {
      let path = try bench.data.log(search.kind)
      var contenders = [Contender(name: "chiplog") { try bench.probe(["filter", search.query, path]) }]
      if let rg = bench.peer("rg") {
        contenders.append(
          Contender(name: "rg") { try bench.programs.counting([rg, "-c", search.expression, path]) })
      }
      let row = "filter \(search.kind.rawValue) \(search.query)"
      let found = try bench.measure(row, contenders)
      let ours = found["chiplog"] ?? []
      for (samples, when) in [(ours.seconds, "first"), (ours.extra("again_seconds"), "later")] {
        bench.report(
          Finding(
            row: "filter", title: "filter \(search.kind.rawValue) by \(search.query)", ours: samples, peer: "rg -c",
            theirs: found["rg"]?.seconds, goal: .ratio(atMost: 0.5), counts: counts(found, "rg"),
            note: "\(search.what), \(when)"
          ).with(when == "first" ? found : [:], against: "rg"))
      }
    }
  }

  /// `level>=warn`, which reads planes of the index alone.
  static func filterLevels(_ bench: Bench) throws {
    let path = try bench.data.log(.app)
    var contenders = [Contender(name: "chiplog") { try bench.probe(["filter", "level>=warn", path]) }]
    if let grep = bench.peer("grep") {
      contenders.append(
        Contender(name: "grep", mostRounds: 1) {
          try bench.programs.counting([grep, "-cE", "^20[^ ]+ (WARN|ERROR|FATAL) ", path])
        })
    }
    let found = try bench.measure("level", contenders)
    let ours = found["chiplog"] ?? []
    let lines = ours.first.map { Int($0.extra("lines")) } ?? 0
    for (samples, when) in [(ours.seconds, "first"), (ours.extra("again_seconds"), "later")] {
      bench.report(
        Finding(
          row: "level", title: "level>=warn", ours: samples, goal: .value(atMost: 1e-3), counts: counts(found, "grep"),
          note: "\(Table.grouped(lines)) lines, \(when)"))
    }
  }

  /// Tests of a field of JSON: in a few records, in a quarter, in all.
  static func filterFields(_ bench: Bench) throws {
    let path = try bench.data.log(.json)
    let tests = [
      ("status>=500", #""status": 5"#, 150e-9, "under 1% pass"), ("status>=200", #""status": "#, 300e-9, "25% pass"),
      ("latency>=0", #""latency": "#, 300e-9, "all pass"),
    ]
    for (query, expression, limit, what) in tests {
      var contenders = [Contender(name: "chiplog") { try bench.probe(["filter", query, path]) }]
      if let rg = bench.peer("rg") {
        contenders.append(
          Contender(name: "rg", mostRounds: 1) { try bench.programs.counting([rg, "-c", expression, path]) })
      }
      let found = try bench.measure("field \(query)", contenders)
      let ours = found["chiplog"] ?? []
      let lines = ours.first?.extra("lines") ?? 1
      bench.report(
        Finding(
          row: "field", title: "\(query) in JSON, a thread", unit: .secondsPerLine,
          // The time that threads worked, all together: a busy machine and the number of threads change it little.
          ours: Samples(values: ours.map(\.processorSeconds)).divided(by: lines), goal: .value(atMost: limit),
          counts: counts(found, "rg"),
          note: what))
    }
  }

  /// What chiplog and `peer` counted.
  static func counts(_ found: [String: [Measurement]], _ peer: String) -> [(who: String, count: Int)] {
    ["chiplog", peer].compactMap { who in found[who]?.count.map { (who: who, count: $0) } }
  }
}
