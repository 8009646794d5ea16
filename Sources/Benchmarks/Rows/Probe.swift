import Glibc
import LogFiles
import Platform
import Quantities
import QueryLanguage
import Records
import Timelines

/// Work that is measured in a process of its own, so that memory and processors are its alone: this program, called
/// again with `--probe`. It does the work by the calls that chiplog makes for it, and writes numbers by name.
enum Probe {
  /// Does what `words` say and prints what came of it.
  static func run(_ words: [String]) throws {
    guard let kind = words.first else { return }
    let numbers: [(String, Double)]
    switch kind {
    case "open": numbers = try open(Array(words.dropFirst()))
    case "filter" where words.count >= 3: numbers = try filter(words[1], Array(words.dropFirst(2)))
    case "jump" where words.count >= 3: numbers = try jump(words[1], Array(words.dropFirst(2)))
    default: throw Settings.Mistake(text: "unknown probe \(kind)")
    }
    for (name, value) in numbers { say("\(name) \(value)", to: STDOUT_FILENO) }
  }

  private static func opened(_ paths: [String]) -> LogFileSet {
    Limits.raiseOpenFiles()
    let files = LogFileSet()
    for path in paths { files.open(.path(path)) }
    files.waitUntilIndexed()
    return files
  }

  /// Opens files and waits until every line is indexed.
  private static func open(_ paths: [String]) throws -> [(String, Double)] {
    let watch = Stopwatch()
    let files = opened(paths)
    let timeline = Timeline(files.snapshot())
    _ = timeline.tail(50)
    let seconds = watch.seconds
    let anonymous = Machine.anonymousBytes
    let generations = timeline.snapshot.generations
    let groups = generations.flatMap(\.segments).reduce(0) { $0 + $1.index.groups.count }
    return [
      ("seconds", seconds), ("cpu_seconds", Programs.ownSeconds),
      ("count", Double(generations.reduce(0) { $0 + $1.lineCount })), ("records", Double(timeline.count)),
      ("index_bytes", Double(groups * MemoryLayout<Group>.stride)), ("anonymous_bytes", Double(anonymous)),
    ]
  }

  static func compiled(_ query: String, over snapshot: LogSnapshot) throws -> CompiledFilter {
    let newest = Timeline(snapshot).span?.1
    return try QueryCompiler.compile(
      query, context: QueryContext(now: Clock.now, newest: newest, cursor: newest, zone: .utc))
  }

  /// Opens files, then filters them: `seconds` is the first time that anything reads the mapped bytes, `again_seconds` the
  /// median of five evaluations later, by engines that remember nothing.
  private static func filter(_ query: String, _ paths: [String]) throws -> [(String, Double)] {
    let files = opened(paths)
    let snapshot = files.snapshot()
    let filter = try compiled(query, over: snapshot)
    let processor = Programs.ownSeconds
    let watch = Stopwatch()
    let count = FilterEngine().evaluate(filter, over: snapshot)?.count ?? -1
    let seconds = watch.seconds
    let used = Programs.ownSeconds - processor
    let later = Samples(
      values: (0..<5).map { _ in
        let watch = Stopwatch()
        _ = FilterEngine().evaluate(filter, over: snapshot)?.count
        return watch.seconds
      })
    return [
      ("seconds", seconds), ("cpu_seconds", used), ("count", Double(count)), ("again_seconds", later.median),
      ("lines", Double(snapshot.generations.reduce(0) { $0 + $1.lineCount })),
    ]
  }

  /// Opens files as one timeline, and jumps about in it: to random ranks and to random times, all records and filtered.
  private static func jump(_ query: String, _ paths: [String]) throws -> [(String, Double)] {
    let files = opened(paths)
    let snapshot = files.snapshot()
    let all = Timeline(snapshot)
    let filter = try compiled(query, over: snapshot)
    let filtered = Timeline(snapshot, filter: FilterEngine().evaluate(filter, over: snapshot))
    var numbers: [(String, Double)] = [("count", Double(all.count)), ("filtered_count", Double(filtered.count))]
    for (name, timeline) in [("seconds", all), ("filtered_seconds", filtered)] {
      let times = jumps(in: timeline, rows: 1)
      numbers.append((name, times.median))
      numbers.append(("worst_" + name, times.quantile(0.99)))
      numbers.append(("screen_" + name, jumps(in: timeline, rows: 50).median))
    }
    return numbers
  }

  /// The times that jumps to random ranks take, until the first `rows` records are found.
  private static func jumps(in timeline: Timeline, rows: Int) -> Samples {
    var dice = Dice(seed: 7)
    guard timeline.count > 0 else { return Samples(values: []) }
    let count = 500
    for _ in 0..<20 { _ = timeline.records(from: dice.below(timeline.count), count: rows) }
    return Samples(
      values: (0..<count).map { _ in
        let rank = dice.below(timeline.count)
        let watch = Stopwatch()
        _ = timeline.records(from: rank, count: rows)
        return watch.seconds
      })
  }
}

extension Bench {
  /// Runs a probe, on the first `cores` processors only if that is given.
  func probe(_ words: [String], cores: Int? = nil) throws -> Measurement {
    let own = ["/proc/self/exe", "--probe"]
    let path = linkTarget(own[0]) ?? own[0]
    let (text, _) = try programs.output(bound([path, own[1]] + words, to: cores))
    var measurement = Measurement(seconds: .nan)
    for line in text.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count == 2, let value = Double(parts[1]) else { continue }
      switch parts[0] {
      case "seconds": measurement.seconds = value
      case "cpu_seconds": measurement.processorSeconds = value
      case "count": measurement.count = Int(value)
      default: measurement.extra.append((String(parts[0]), value))
      }
    }
    guard measurement.seconds.isFinite else { throw ProgramFailure(text: "probe \(words): \(text)") }
    return measurement
  }

  /// The words of a command that runs on the first `cores` processors only.
  func bound(_ words: [String], to cores: Int?) -> [String] {
    cores.map { ["taskset", "-c", $0 == 1 ? "0" : "0-\($0 - 1)"] + words } ?? words
  }

  private func linkTarget(_ path: String) -> String? { Folder.linkTarget(path) }
}
