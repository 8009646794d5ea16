import Quantities
import Series

/// The time that all panels show.
struct PanelView: Hashable, Sendable {
  var from: Timestamp
  var to: Timestamp
  var columns: Int
  var isFollowing: Bool
}

/// What a worker shall fetch for one panel.
struct FetchPlan: Hashable, Sendable {
  var expression: String
  var source: String?
  var view: PanelView
  /// The newest instant worth asking for: the present, or the end of the view.
  var end: Timestamp
  /// The interval of the stored samples where it is known already; else the worker finds it out.
  var interval: TimeSpan?
  /// Where the new tail begins and the step of the points that it joins, if only a tail is wanted.
  var tail: Tail?

  struct Tail: Hashable, Sendable {
    var start: Timestamp
    var step: TimeSpan
  }

  /// What is taken for the interval when nobody knows: that of Prometheus' own example configuration.
  static let usualInterval = TimeSpan.seconds(15 as Int64)

  /// The request, the interval being known.
  func request(interval: TimeSpan) -> RangeRequest {
    let plan = RangePlan(from: view.from, to: view.to, columns: view.columns, interval: interval)
    let last = RangePlan.floored(end, to: plan.step)
    var first = plan.from
    if let tail, tail.step == plan.step { first = max(RangePlan.floored(tail.start, to: plan.step), plan.from) }
    return RangeRequest(
      expression: expression, from: min(first, last), to: last, step: plan.step, interval: interval)
  }
}

/// When one panel fetches and what it shows meanwhile: a value without clocks, threads or network.
///
///                     view changed           poll(now) at `due`
///        idle ──────────────────────▶ waiting ──────────────▶ in flight
///          ▲                            ▲  ▲                     │
///          │ covers the view            │  │ follows: step, 5 s  │ answer
///          └────────────────────────────┼──┴─────────────────────┤
///                                       │ 1 s, 2 s ... 60 s      │ no answer
///                                       └────────────────────────┘
///
/// Never more than one request is in flight. A change of view waits until it has rested for a moment; a view that
/// merely moves with the present waits for its next turn and then fetches only the tail and one column.
struct PanelMachine: Sendable {
  private(set) var state: PanelState
  private(set) var view: PanelView?
  private(set) var isInFlight = false
  /// When the next fetch begins; nil while nothing is wanted or a request is in flight.
  private(set) var due: Timestamp?
  private var held = HeldSeries()
  private var interval: (span: TimeSpan, until: Timestamp)?
  private var backOff = BackOff()
  private var lastStart: Timestamp?
  private var firstPending: Timestamp?
  private var lastChange: Timestamp?
  private var isRefused = false

  /// How long a view must rest before it is fetched, and how long it may be delayed by that.
  static let rest = TimeSpan.milliseconds(80)
  static let longestRest = TimeSpan.milliseconds(400)

  init(_ specification: PanelSpecification) { state = PanelState(specification: specification) }

  /// The specification, with which nothing else than title and thresholds may be replaced.
  var specification: PanelSpecification { state.specification }

  /// Takes over a specification that asks for the same data.
  mutating func restyle(_ specification: PanelSpecification) {
    state.specification = specification
    state.unit = specification.unit.map { MetricUnit(named: $0) } ?? held.unit
  }

  /// Takes note of the time to show.
  mutating func show(_ next: PanelView, now: Timestamp) {
    guard next.from < next.to, next.columns > 0 else { return }
    let isNew = view == nil
    let changed = view != next
    let isElsewhere = view?.from != next.from || !next.isFollowing
    view = next
    guard changed, !isInFlight else { return }
    if isNew {
      due = now
    } else if isRefused {
      // Another range may be answered (fewer points, other series); the mere passing of time hardly is.
      if isElsewhere { debounce(now) }
    } else if needsAll || isFarBehind(now) {
      if isWaitingForServer { return }
      debounce(now)
    } else if !next.isFollowing, isCovered(now) {
      // What following wanted next would take the place of points that are held.
      if !isWaitingForServer { due = nil }
    } else if due == nil, !isCovered(now) {
      due = max(now, (lastStart ?? now) + cadence)
    }
  }

  /// The fetch to begin now, if it is time; the caller answers with `finished` sooner or later.
  mutating func poll(_ now: Timestamp) -> FetchPlan? {
    guard !isInFlight, let view, let due, due <= now else { return nil }
    self.due = nil
    firstPending = nil
    isInFlight = true
    lastStart = now
    if case .stale(let since, let reason, _) = state.status {
      state.status = .stale(since: since, reason: reason, nextTry: nil)
    }
    let known = interval.flatMap { $0.until > now ? $0.span : nil }
    let tail = needsAll ? nil : held.tailStart(of: view).map { FetchPlan.Tail(start: $0, step: held.step) }
    return FetchPlan(
      expression: specification.expression, source: specification.source, view: view, end: min(view.to, now),
      interval: known, tail: tail)
  }

  /// Takes an answer.
  ///
  /// - Parameter isGuess: Whether the request's interval was only guessed, and shall soon be asked for again.
  mutating func finished(
    _ plan: FetchPlan, _ request: RangeRequest, isGuess: Bool = false, _ answer: RangeAnswer, now: Timestamp
  ) {
    isInFlight = false
    isRefused = false
    backOff.succeeded()
    if interval == nil || plan.interval == nil {
      interval = (request.interval, now + (isGuess ? .seconds(10 as Int64) : .minutes(5)))
    }
    let isTail = plan.tail?.step == request.step
    if isTail { held.append(answer, request) } else { held.replace(with: answer, request, fetched: now) }
    held.fetchedAt = now
    if let view { held.forget(before: view.from - (view.to - view.from)) }
    state.show(held, answer: answer, isTail: isTail, now: now)
    scheduleNext(now)
  }

  /// Takes a failure.
  mutating func failed(_ error: MetricError, now: Timestamp, jitter: Double) {
    isInFlight = false
    switch error {
    case .cancelled: due = nil
    case .query(let message, let range):
      backOff.succeeded()
      isRefused = true
      state.status = .failed(message: message, caret: range)
      due = view?.isFollowing == true ? now + .minutes(1) : nil
    case .unavailable(let reason, let retryAfter): fail(reason, retryAfter, now, jitter)
    case .configuration(let reason): fail(reason, nil, now, jitter)
    }
  }

  /// Tries again now, whatever the back-off says.
  mutating func retry(now: Timestamp) {
    guard !isInFlight, view != nil else { return }
    due = now
  }

  /// Another panel has reached the same source: no need to wait longer.
  mutating func sourceAnswered(now: Timestamp) {
    if isWaitingForServer { retry(now: now) }
  }

  private mutating func fail(_ reason: String, _ retryAfter: TimeSpan?, _ now: Timestamp, _ jitter: Double) {
    let next = backOff.failed(at: now, retryAfter: retryAfter, jitter: jitter)
    state.status = .stale(since: backOff.since ?? now, reason: reason, nextTry: next)
    due = next
  }

  private var isWaitingForServer: Bool { backOff.failures > 0 && !isInFlight }

  private mutating func debounce(_ now: Timestamp) {
    let first = firstPending ?? now
    firstPending = first
    let isResting = lastChange.map { now - $0 > Self.longestRest } ?? true
    lastChange = now
    due = isResting && first == now ? now : min(now + Self.rest, first + Self.longestRest)
  }

  private mutating func scheduleNext(_ now: Timestamp) {
    guard let view else { return }
    if needsAll || isFarBehind(now) {
      due = now
    } else if view.isFollowing || !isCovered(now) {
      due = (lastStart ?? now) + cadence
    }
  }

  /// How often a panel asks while logs are followed.
  private var cadence: TimeSpan { max(held.step, .seconds(5 as Int64)) }

  private func plan(_ view: PanelView) -> RangePlan? {
    interval.map { RangePlan(from: view.from, to: view.to, columns: view.columns, interval: $0.span) }
  }

  /// Whether the view needs points that cannot be had by adding a tail.
  private var needsAll: Bool {
    guard let view, let plan = plan(view), let range = held.range else { return !isRefused }
    return plan.step != held.step || plan.from < range.lowerBound || plan.from > range.upperBound
  }

  /// Whether the view went on by more than the next turn would bring, as after a jump.
  private func isFarBehind(_ now: Timestamp) -> Bool {
    guard let view, let range = held.range else { return false }
    return min(view.to, now) > range.upperBound + cadence + held.step + held.step
  }

  /// Whether all points of the view are held, and old enough that the server has them all.
  private func isCovered(_ now: Timestamp) -> Bool {
    guard let view, let range = held.range, let fetched = held.fetchedAt else { return isRefused }
    let end = min(view.to, now)
    let settling = max(.seconds(30 as Int64), max(held.step, interval?.span ?? .zero) * 2)
    return end <= range.upperBound + held.step && fetched - range.upperBound > settling
  }
}
