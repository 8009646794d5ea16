import Platform

extension Row {
  /// `chiplog -q timeout --text FILE > /dev/null` as a whole process, and the same of rg.
  static func printText(_ bench: Bench) throws {
    let path = try bench.data.log(.app)
    let words = [bench.program, "-q", "timeout", "--text", path]
    var contenders = [Contender(name: "chiplog") { try bench.programs.silently(words) }]
    if let rg = bench.peer("rg") {
      contenders.append(Contender(name: "rg") { try bench.programs.silently([rg, "timeout", path]) })
    }
    let found = try bench.measure("text", contenders)
    // chiplog gives whole records, and finds a small letter in either case: of what it gives, rg's lines are a part.
    let ours = try bench.programs.output(words).text.split(separator: "\n").count { $0.contains("timeout") }
    let theirs = try bench.peer("rg").map { try bench.programs.counting([$0, "-c", "timeout", path]).count ?? -1 }
    bench.report(
      Finding(
        row: "text", title: "chiplog -q timeout --text app > /dev/null", ours: (found["chiplog"] ?? []).seconds,
        peer: "rg timeout", theirs: found["rg"]?.seconds, goal: .ratio(atMost: 1),
        counts: [(who: "chiplog", count: ours)] + (theirs.map { [(who: "rg", count: $0)] } ?? [])
      ).with(found, against: "rg"))
  }

  /// `... | head -1`, until head has what it wanted and all have ended.
  static func printFirst(_ bench: Bench) throws {
    let path = try bench.data.log(.app)
    func piped(_ command: String) -> [String] { ["sh", "-c", "\(command) | head -1 > /dev/null"] }
    let command = "\(Shell.quoted(bench.program)) -q timeout --text \(Shell.quoted(path))"
    var contenders = [Contender(name: "chiplog") { try bench.programs.silently(piped(command)) }]
    if let rg = bench.peer("rg") {
      contenders.append(
        Contender(name: "rg") { try bench.programs.silently(piped("\(rg) -m1 timeout \(Shell.quoted(path))")) })
    }
    let found = try bench.measure("head", contenders)
    bench.report(
      Finding(
        row: "head", title: "chiplog -q timeout --text app | head -1", ours: (found["chiplog"] ?? []).seconds,
        peer: "rg -m1 timeout", theirs: found["rg"]?.seconds, goal: .either(ratio: 1.2, value: 0.010)
      ).with(found, against: "rg"))
  }

  /// All records as JSON lines, a record; lnav is given a file of 1/20 of the size, since it takes long.
  static func printObjects(_ bench: Bench) throws {
    let fewerBytes = max(bench.data.size / 20, 100_000)
    for kind in [LogKind.access, .app, .json] {
      let path = try bench.data.log(kind)
      let part = try DataFolder(bench.data.folder, size: fewerBytes).log(kind)
      let lines = Double(try count(bench, path))
      let fewer = Double(try count(bench, part))
      var contenders = [
        Contender(name: "chiplog") { try bench.programs.silently([bench.program, "--json", path]) }
      ]
      if let lnav = bench.peer("lnav"), kind == .access {
        contenders.append(
          Contender(name: "lnav", mostRounds: 2) {
            try bench.programs.silently([
              lnav, "-n", "-c", ";SELECT * FROM access_log", "-c", ":write-jsonlines-to -", part,
            ])
          })
      }
      let found = try bench.measure("json \(kind.rawValue)", contenders)
      let title = "chiplog --json \(kind.rawValue) > /dev/null"
      bench.report(
        Finding(
          row: "json", title: title, unit: .secondsPerLine,
          ours: (found["chiplog"] ?? []).seconds.divided(by: lines), peer: kind == .access ? "lnav" : nil,
          theirs: found["lnav"]?.seconds.divided(by: fewer),
          goal: kind == .access ? .timesBetter(atLeast: 10) : .none,
          counts: kind == .app
            ? [] : [(who: "chiplog", count: try objects(bench, path)), (who: "wc", count: Int(lines))]))
    }
  }

  /// How many objects are printed for a file, each of whose lines is a record.
  private static func objects(_ bench: Bench, _ path: String) throws -> Int {
    let command = "\(Shell.quoted(bench.program)) --json \(Shell.quoted(path)) | wc -l"
    return try bench.programs.counting(["sh", "-c", command]).count ?? -1
  }

  private static func count(_ bench: Bench, _ path: String) throws -> Int {
    try bench.programs.counting(["wc", "-l", path]).count ?? 1
  }
}
