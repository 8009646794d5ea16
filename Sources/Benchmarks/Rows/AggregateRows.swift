import Platform

/// A pipeline, and the commands of other programs that answer the same.
private struct Question {
  var kind: LogKind
  var query: String
  var peers: [Peer]
  /// How many times faster than each peer chiplog shall be.
  var goal: Double
  /// How far two numbers may lie apart, relatively: what the sketches of percentiles state.
  var tolerance = 0.0
  /// Whether the table lists the most frequent only, of which those that are equally frequent may differ.
  var isRanking = false
}

/// Somebody who answers a question.
private struct Peer {
  /// The program that it needs, and what the table calls it.
  var name: String
  /// What the shell runs; `FILE` stands for the log.
  var command: String
  /// Whether it takes so long that it is given a file of 1/20 of the size; times are compared by the byte.
  var isSlow = false
}

extension Row {
  /// Whole tables, printed by whole processes; each cell is compared with that of the peer.
  static func aggregate(_ bench: Bench) throws {
    for question in questions { try answer(bench, question) }
    try patterns(bench)
  }

  private static let questions = [
    Question(
      kind: .app, query: "| count by level",
      peers: [
        Peer(
          name: "mawk",
          command: #"mawk '/^20[0-9][0-9]-/ { n[$2]++ } END { for (k in n) print tolower(k) "," n[k] }' FILE"#)
      ],
      goal: 3),
    Question(
      kind: .json, query: "| count by level",
      peers: [
        Peer(
          name: "jq",
          command: #"jq -rn 'reduce inputs as $r ({}; .[$r.level] += 1) | to_entries[] | "\(.key),\(.value)"' FILE"#),
        Peer(name: "mlr", command: "mlr --ijson --ocsv count -g level FILE"),
      ], goal: 10),
    Question(
      kind: .json, query: "| p50 p95 p99(latency) by logger",
      peers: [
        Peer(
          name: "jq",
          command: """
            jq -rn '[inputs | {logger, latency}] | group_by(.logger)[] | (map(.latency) | sort) as $s | ($s | length) as $n \
            | [.[0].logger, $s[$n * 0.50 | floor], $s[$n * 0.95 | floor], $s[$n * 0.99 | floor]] | @csv' FILE | tr -d '"'
            """, isSlow: true),
        Peer(name: "mlr", command: "mlr --ijson --ocsv stats1 -a p50,p95,p99 -f latency -g logger FILE"),
      ], goal: 10, tolerance: 0.02),
    Question(
      kind: .app, query: "| p50 p95 p99(latency) by level",
      peers: [
        Peer(
          name: "mawk",
          command: """
            mawk 'match($0, / latency=[0-9]+/) { print tolower($2) "," substr($0, RSTART + 9, RLENGTH - 9) }' FILE \
            | sort -t, -k1,1 -k2,2n | mawk -F, 'function out() \
            { if (n) print k "," v[int(n * 0.5) + 1] "," v[int(n * 0.95) + 1] "," v[int(n * 0.99) + 1] } \
            $1 != k { out(); k = $1; n = 0 } { v[++n] = $2 } END { out() }'
            """, isSlow: true)
      ], goal: 3, tolerance: 0.02),
    Question(
      kind: .app, query: "| p50 p95 p99(latency) by path",
      peers: [
        Peer(
          // Miller takes the number above where a rank is a whole number; nearest rank takes that one.
          name: "mlr",
          command: "mlr --idkvp --ifs ' ' --ocsv stats1 -a p49.9999,p94.9999,p98.9999 -f latency -g path FILE",
          isSlow: true),
        Peer(
          name: "mawk",
          command: """
            mawk 'match($0, / latency=[0-9]+/) { l = substr($0, RSTART + 9, RLENGTH - 9); \
            if (match($0, / path=[^ ]+/)) print substr($0, RSTART + 6, RLENGTH - 6) "," l }' FILE | sort -t, -k1,1 -k2,2n \
            | mawk -F, 'function at(p, i) { i = n * p; return v[int(i) < i ? int(i) + 1 : int(i)] } \
            function out() { if (n) print k "," at(0.5) "," at(0.95) "," at(0.99) } \
            $1 != k { out(); k = $1; n = 0 } { v[++n] = $2 } END { out() }'
            """, isSlow: true),
      ], goal: 3, tolerance: 0.02),
    Question(
      kind: .app, query: "| top 10 path",
      peers: [
        Peer(
          name: "mawk",
          command: """
            mawk 'match($0, / path=[^ ]+/) { n[substr($0, RSTART + 6, RLENGTH - 6)]++ } \
            END { for (k in n) print k "," n[k] }' FILE | sort -t, -k2,2nr | head -10
            """)
      ], goal: 3, isRanking: true),
    Question(
      kind: .access, query: "| top 10 path",
      peers: [
        Peer(
          name: "mawk",
          command: #"mawk '{ n[$7]++ } END { for (k in n) print k "," n[k] }' FILE | sort -t, -k2,2nr | head -10"#),
        Peer(
          name: "lnav",
          command: """
            lnav -n -c ";SELECT cs_uri_stem || coalesce('?' || cs_uri_query, '') AS path, count(*) AS n FROM access_log \
            GROUP BY path ORDER BY n DESC LIMIT 10" \
            -c ':write-csv-to -' FILE
            """, isSlow: true),
      ], goal: 3, isRanking: true),
    Question(
      kind: .access, query: "| count by status",
      peers: [Peer(name: "mawk", command: #"mawk '{ n[$9]++ } END { for (k in n) print k "," n[k] }' FILE"#)], goal: 3),
  ]

  private static func answer(_ bench: Bench, _ question: Question) throws {
    let path = try bench.data.log(question.kind)
    let part = try DataFolder(bench.data.folder, size: max(bench.data.size / 20, 100_000)).log(question.kind)
    let share = Double(try FileFacts(path: part).size) / Double(try FileFacts(path: path).size)
    let words = [bench.program, "--csv", "-q", question.query]
    var contenders = [Contender(name: "chiplog") { try bench.programs.silently(words + [path]) }]
    let peers = question.peers.filter { bench.peer($0.name) != nil }
    // What the peers answered, as they take too long to be asked again.
    var answers: [String: String] = [:]
    for peer in peers {
      let command = peer.command.replacing("FILE", with: Shell.quoted(peer.isSlow ? part : path))
      contenders.append(
        Contender(name: peer.name, mostRounds: 2) {
          let (text, measurement) = try bench.programs.output(["sh", "-c", command])
          answers[peer.name] = text
          return measurement
        })
    }
    let title = "chiplog -q '\(question.query)' \(question.kind.rawValue)"
    let found = try bench.measure("aggregate \(question.kind.rawValue) \(question.query)", contenders)
    for peer in question.peers {
      let isHere = peers.contains { $0.name == peer.name }
      var finding = Finding(
        row: "aggregate", title: title, ours: (found["chiplog"] ?? []).seconds, peer: peer.name,
        theirs: isHere ? time(found, peer, share) : nil,
        goal: .timesBetter(atLeast: question.goal))
      if peer.isSlow {
        finding.note = "\(peer.name) by the byte, on 1/20"
      } else {
        finding = finding.with(found, against: peer.name)
      }
      if isHere {
        let file = peer.isSlow ? part : path
        let ours = ResultRows(try bench.programs.output(words + [file]).text)
        let theirs = ResultRows(answers[peer.name] ?? "")
        let alike = question.isRanking ? ours.alikeByRank(theirs) : ours.alike(theirs, tolerance: question.tolerance)
        finding.counts = [(who: "chiplog", count: ours.count), (who: "\(peer.name), the same", count: alike)]
      }
      bench.report(finding)
    }
  }

  /// Messages put together by what they have in common; what one finds may differ, the records that it counts may not.
  private static func patterns(_ bench: Bench) throws {
    let path = try bench.data.log(.app)
    let part = try DataFolder(bench.data.folder, size: max(bench.data.size / 20, 100_000)).log(.app)
    let share = Double(try FileFacts(path: part).size) / Double(try FileFacts(path: path).size)
    let words = [bench.program, "--csv", "-q", "| patterns"]
    var contenders = [Contender(name: "chiplog") { try bench.programs.silently(words + [path]) }]
    let python = bench.peer("python3").flatMap { python in
      (try? bench.programs.output([python, "-c", "import drain3"])).map { _ in python }
    }
    if let python {
      contenders.append(
        Contender(name: "Drain3", mostRounds: 1) { try bench.programs.counting([python, "-c", drain, part]) })
    }
    let found = try bench.measure("aggregate app | patterns", contenders)
    var finding = Finding(
      row: "aggregate", title: "chiplog -q '| patterns' app", ours: (found["chiplog"] ?? []).seconds, peer: "Drain3",
      theirs: found["Drain3"].map { $0.seconds.divided(by: share) }, goal: .timesBetter(atLeast: 5),
      note: "Drain3 by the byte, on 1/20")
    if let count = found["Drain3"]?.count {
      let text = try bench.programs.output(words + [part]).text
      let sum = text.split(separator: "\n").reduce(0) { $0 + (Int($1.prefix { $0 != "," }) ?? 0) }
      finding.counts = [(who: "chiplog", count: sum), (who: "Drain3", count: count)]
    }
    bench.report(finding)
  }

  /// Feeds the messages of records to Drain3 as it comes, and prints how many its clusters hold.
  private static let drain = """
    from sys import argv
    from logging import CRITICAL, disable
    disable(CRITICAL)
    from drain3 import TemplateMiner
    miner = TemplateMiner()
    for line in open(argv[1], errors="replace"):
        if line.startswith("20"):
            miner.add_log_message(line.rstrip("\\n").split(" ", 3)[3])
    print(sum(cluster.size for cluster in miner.drain.clusters))
    """

  // MARK: Memory

  /// What chiplog takes for itself at most while it reads 1 GB from a pipe, of which it keeps nothing.
  static func pipe(_ bench: Bench) throws {
    let queries: [(LogKind, String)] = [
      (.app, "| count by level"),
      (.app, "| patterns"),
      (.app, "| p50 p95 p99(latency) by path"),
      (.json, "| p50 p95 p99(latency), distinct(user_id) by logger"),
      (.access, "| top 10 path"),
      (.access, "| count, p50 p99(bytes), distinct(client), avg(bytes), first(client) by client, path"),
    ]
    for (kind, query) in queries {
      let file = Shell.quoted(try bench.data.log(kind))
      let command = """
        cat \(file) | \(Shell.quoted(bench.program)) -q \(Shell.quoted(query)) > /dev/null 2>&1 & most=0
        while own=$(sed -n 's/^RssAnon:[^0-9]*\\([0-9]*\\).*/\\1/p' /proc/$!/status 2> /dev/null) && [ -n "$own" ]; do
          [ "$own" -gt $most ] && most=$own
          sleep 0.01
        done
        wait; echo $most
        """
      let found = try bench.measure(
        "pipe \(kind.rawValue) \(query)",
        [
          Contender(name: "chiplog", mostRounds: 2) {
            var measurement = try bench.programs.counting(["sh", "-c", command])
            measurement.extra = [("memory", Double(measurement.count ?? 0) * 1024)]
            return measurement
          }
        ])
      bench.report(
        Finding(
          row: "pipe", title: "memory of its own, cat \(kind.rawValue) | chiplog -q '\(query)'", unit: .bytes,
          ours: (found["chiplog"] ?? []).extra("memory"), goal: .value(atMost: 64 * 1024 * 1024)))
    }
  }

  private static func time(_ found: [String: [Measurement]], _ peer: Peer, _ share: Double) -> Samples {
    (found[peer.name] ?? []).seconds.divided(by: peer.isSlow ? share : 1)
  }
}

/// Words for the shell.
enum Shell {
  static func quoted(_ word: String) -> String { "'" + word.replacing("'", with: "'\\''") + "'" }
}

/// The rows of a table that a program printed as CSV: a key, and numbers.
struct ResultRows {
  private var rows: [(key: String, numbers: [Double])] = []

  /// Reads lines; those whose second cell is no number (heads) are none, and so are rows without a key.
  init(_ text: String) {
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false)
      let numbers = cells.dropFirst().prefix(3).compactMap { Double($0) }
      guard !numbers.isEmpty, let key = cells.first, !key.isEmpty, key != "-" else { continue }
      rows.append((Self.plain(String(key)), numbers))
    }
  }

  var count: Int { rows.count }

  /// `warning` is `warn`, as chiplog calls it.
  private static func plain(_ key: String) -> String { key == "warning" ? "warn" : key }

  /// How many rows of `other` are here too, each number within the tolerance.
  func alike(_ other: ResultRows, tolerance: Double) -> Int {
    let own = Dictionary(rows.map { ($0.key, $0.numbers) }) { first, _ in first }
    return other.rows.count { row in
      guard let numbers = own[row.key] else { return false }
      return zip(numbers, row.numbers).allSatisfy { abs($0 - $1) <= max(tolerance * abs($1), tolerance > 0 ? 1 : 0) }
    }
  }

  /// How many rows of a ranking have the same number at the same place.
  func alikeByRank(_ other: ResultRows) -> Int {
    zip(rows, other.rows).count { $0.numbers.first == $1.numbers.first }
  }
}
