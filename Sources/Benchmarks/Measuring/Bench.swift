/// Somebody who does the work of a row.
struct Contender {
  var name: String
  /// At most so many rounds, for the slow.
  var mostRounds = Int.max
  /// Does it once.
  var run: () throws -> Measurement
}

/// One run of the benchmark: what the rows measure with, and what they found.
final class Bench {
  let settings: Settings
  let data: DataFolder
  let programs: Programs
  /// The chiplog that is measured.
  let program: String
  private(set) var findings: [Finding] = []
  private var raw: RawNumbers

  init(_ settings: Settings, data: DataFolder, programs: Programs, program: String, raw: RawNumbers) {
    self.settings = settings
    self.data = data
    self.programs = programs
    self.program = program
    self.raw = raw
  }

  /// Where the raw numbers are.
  var rawPath: String { raw.path }

  /// Keeps a finding for the table.
  func report(_ finding: Finding) {
    findings.append(finding)
    say("  \(finding.title): \(finding.unit.text(finding.ours.median)) \(finding.ratioText) \(finding.verdict)")
  }

  /// Lets the contenders work in turn, round after round: what disturbs the machine for a while disturbs all.
  ///
  /// Each one that has no bound of rounds runs once before, unmeasured, so that all find the files in memory.
  func measure(_ row: String, _ contenders: [Contender], rounds: Int? = nil) throws -> [String: [Measurement]] {
    for contender in contenders where contender.mostRounds == .max { _ = try contender.run() }
    var found: [String: [Measurement]] = [:]
    for round in 0..<(rounds ?? settings.rounds) {
      for contender in contenders where round < contender.mostRounds {
        let measurement = try contender.run()
        found[contender.name, default: []].append(measurement)
        try raw.append(row: row, contender: contender.name, round: round, measurement)
      }
    }
    return found
  }

  /// Writes measurements that were made elsewhere among the raw numbers.
  func keep(_ row: String, _ measurements: [Measurement]) throws {
    for (round, measurement) in measurements.enumerated() {
      try raw.append(row: row, contender: "chiplog", round: round, measurement)
    }
  }

  /// Where a peer is installed; says so once where it is not.
  func peer(_ name: String) -> String? {
    if let path = Programs.path(of: name) { return path }
    if absent.insert(name).inserted { say("  \(name) is not installed: its rows have no ratio") }
    return nil
  }

  private var absent: Set<String> = []
}

extension Finding {
  /// The same with the processor time of both sides.
  func with(_ found: [String: [Measurement]], against peer: String) -> Finding {
    var copy = self
    let (ours, theirs) = ((found["chiplog"] ?? []).processorSeconds, (found[peer] ?? []).processorSeconds)
    if ours.isFinite, theirs.isFinite { copy.processor = (ours, theirs) }
    return copy
  }
}

extension [Measurement] {
  /// The least processor time: others can only add to it.
  var processorSeconds: Double { Samples(values: map(\.processorSeconds).filter(\.isFinite)).least }

  /// The wall-clock times.
  var seconds: Samples { Samples(values: map(\.seconds)) }

  /// The counts, if all are the same: -1 where they are not; nil where nothing was counted.
  var count: Int? {
    guard let first = first?.count else { return nil }
    return allSatisfy { $0.count == first } ? first : -1
  }

  /// The further numbers called `name`.
  func extra(_ name: String) -> Samples { Samples(values: map { $0.extra(name) }) }
}
