import Quantities

/// All panels and sources of a hub, as a value; the hub puts it behind a lock and runs what it says.
struct HubCore: Sendable {
  /// A fetch to be run on a worker.
  struct Job: Sendable {
    var panel: Int
    var plan: FetchPlan
    var source: any MetricSource
  }

  /// A panel and what the rest of the hub knows of it.
  private struct Entry: Sendable {
    var id: Int
    var machine: PanelMachine
    var source: Int?
  }

  private(set) var sources: [any MetricSource] = []
  private var entries: [Entry] = []
  private var view: PanelView?
  private var nextID = 0
  /// Why sources are missing: those that could not be set up, by name.
  private var mistakes: [String: String] = [:]

  /// The most requests that one server gets at once.
  static let mostAtOnce = 4

  /// The panels as they stand.
  var panels: [PanelState] { entries.map(\.machine.state) }

  /// When the next panel can begin a fetch; nil if none wants to, or only the end of another makes room for it.
  var nextDue: Timestamp? {
    let running = running
    return entries.filter { entry in entry.source.map { running[$0, default: 0] < Self.mostAtOnce } ?? false }
      .compactMap(\.machine.due).min()
  }

  /// How many requests are in flight, by source.
  private var running: [Int: Int] {
    var result: [Int: Int] = [:]
    for entry in entries where entry.machine.isInFlight { result[entry.source ?? -1, default: 0] += 1 }
    return result
  }

  /// Replaces the sources; every panel fetches anew.
  mutating func replaceSources(_ sources: [any MetricSource], mistakes: [String: String], now: Timestamp) {
    self.sources = sources
    self.mistakes = mistakes
    let specifications = entries.map(\.machine.specification)
    entries = []
    place(specifications, now: now)
  }

  /// Replaces the panels; those that ask for the same keep their data.
  mutating func replacePanels(_ specifications: [PanelSpecification], now: Timestamp) {
    place(specifications, now: now)
  }

  private mutating func place(_ specifications: [PanelSpecification], now: Timestamp) {
    var before = entries
    entries = specifications.map { specification in
      let same = before.firstIndex { entry in
        entry.machine.specification.expression == specification.expression
          && entry.machine.specification.source == specification.source
      }
      if let same {
        var entry = before.remove(at: same)
        entry.machine.restyle(specification)
        return entry
      }
      nextID += 1
      var entry = Entry(id: nextID, machine: PanelMachine(specification), source: index(of: specification.source))
      if entry.source == nil {
        entry.machine.failed(.configuration(reason: problem(with: specification.source)), now: now, jitter: 0.5)
      }
      if let view { entry.machine.show(view, now: now) }
      return entry
    }
  }

  /// Tells every panel the time to show.
  mutating func show(_ view: PanelView, now: Timestamp) {
    self.view = view
    for index in entries.indices { entries[index].machine.show(view, now: now) }
  }

  /// The fetches to begin now.
  mutating func poll(_ now: Timestamp) -> [Job] {
    var running = running
    var jobs: [Job] = []
    for index in entries.indices {
      guard let source = entries[index].source, running[source, default: 0] < Self.mostAtOnce,
        let plan = entries[index].machine.poll(now)
      else { continue }
      running[source, default: 0] += 1
      jobs.append(Job(panel: entries[index].id, plan: plan, source: sources[source]))
    }
    return jobs
  }

  /// Takes the outcome of a job; that of a panel which is gone is dropped.
  mutating func finished(
    _ job: Job, _ request: RangeRequest, isGuess: Bool = false, _ outcome: Result<RangeAnswer, MetricError>,
    now: Timestamp, jitter: Double
  ) {
    guard let index = entries.firstIndex(where: { $0.id == job.panel }), entries[index].machine.isInFlight else {
      return
    }
    switch outcome {
    case .success(let answer):
      entries[index].machine.finished(job.plan, request, isGuess: isGuess, answer, now: now)
      for other in entries.indices where other != index && entries[other].source == entries[index].source {
        entries[other].machine.sourceAnswered(now: now)
      }
    case .failure(let error): entries[index].machine.failed(error, now: now, jitter: jitter)
    }
  }

  /// Lets every panel try again at once.
  mutating func retry(now: Timestamp) {
    for index in entries.indices { entries[index].machine.retry(now: now) }
  }

  /// The source that a panel means; nil is the first one.
  func source(named name: String?) -> (any MetricSource)? { index(of: name).map { sources[$0] } }

  private func index(of name: String?) -> Int? {
    guard let name else { return sources.isEmpty ? nil : 0 }
    return sources.firstIndex { $0.name == name }
  }

  /// Why there is no source of this name.
  func problem(with name: String?) -> String {
    if let name, let mistake = mistakes[name] { return mistake }
    if name == nil, let mistake = mistakes.min(by: { $0.key < $1.key })?.value { return mistake }
    guard let name else { return "no metrics to ask: --prometheus URL or a metrics file" }
    let known = sources.map(\.name).joined(separator: ", ")
    return "no metric source is called \(name)" + (known.isEmpty ? "" : "; there is \(known)")
  }
}
