import Platform
import Quantities
import Series
import Testing

@testable import Metrics

private func at(_ seconds: Double) -> Timestamp { Timestamp(seconds: 1_800_000_000) + .seconds(seconds) }

private func view(_ from: Double, _ to: Double, isFollowing: Bool = false) -> PanelView {
  PanelView(from: at(from), to: at(to), columns: 60, isFollowing: isFollowing)
}

private func answer(_ request: RangeRequest, value: Double = 1) -> RangeAnswer {
  var samples: ContiguousArray<Sample> = []
  var time = request.from
  while time <= request.to {
    samples.append(Sample(time: time, value: value))
    time = time + request.step
  }
  return RangeAnswer(series: [TimeSeries(samples: samples, step: request.step)])
}

extension PanelMachine {
  /// Begins and ends a fetch at once; the request that was made.
  fileprivate mutating func fetch(at now: Timestamp, interval: TimeSpan = .seconds(15 as Int64)) -> RangeRequest? {
    guard let plan = poll(now) else { return nil }
    let request = plan.request(interval: plan.interval ?? interval)
    finished(plan, request, answer(request), now: now)
    return request
  }
}

@Suite struct BackOffTests {
  @Test func delaysDoubleUpToAMinute() {
    var backOff = BackOff()
    var now = at(0)
    var delays: [Double] = []
    for _ in 0..<9 {
      let next = backOff.failed(at: now, retryAfter: nil, jitter: 0.5)
      delays.append((next - now).seconds)
      now = next
    }
    #expect(delays == [1, 2, 4, 8, 16, 32, 60, 60, 60])
    #expect(backOff.since == at(0))
    backOff.succeeded()
    #expect(backOff.failures == 0 && backOff.since == nil)
  }

  @Test func jitterStaysWithinAFifthAndTheServersWishCounts() {
    var backOff = BackOff()
    #expect(backOff.failed(at: at(0), retryAfter: nil, jitter: 0) == at(0.8))
    #expect(backOff.failed(at: at(0), retryAfter: nil, jitter: 1) == at(2.4))
    #expect(backOff.failed(at: at(0), retryAfter: .seconds(90 as Int64), jitter: 1) == at(90))
    for _ in 0..<500 { _ = backOff.failed(at: at(0), retryAfter: nil, jitter: 1) }
    #expect(backOff.failed(at: at(0), retryAfter: nil, jitter: 1) == at(72))
  }
}

@Suite struct RangePlanTests {
  @Test(
    arguments: [
      (14_400.0, 60, 15, 15), (3600, 66, 15, 15), (86_400, 120, 15, 15), (100_000, 120, 15, 120),
      (30 * 86_400, 120, 15, 3600),
      (60, 66, 1, 1), (600, 10, 7, 7), (60, 66, 7, 7),
    ] as [(Double, Int, Int, Int)]) func stepsAreRoundAndNotFinerThanTheSamples(
      range: Double, columns: Int, interval: Int, step: Int
    )
  {
    let plan = RangePlan(from: at(0), to: at(range), columns: columns, interval: .seconds(Int64(interval)))
    #expect(plan.step == .seconds(Int64(step)))
    #expect(plan.from.nanoseconds % plan.step.nanoseconds == 0)
    #expect(plan.to.nanoseconds % plan.step.nanoseconds == 0)
    #expect(plan.from <= at(0) && plan.to <= at(range))
  }

  @Test func noPlanExceedsWhatPrometheusAnswers() {
    for range in [1.0, 1000, 1e5, 1e7, 1e9] {
      for columns in [1, 100, 5000] {
        let plan = RangePlan(from: at(0), to: at(range), columns: columns, interval: .milliseconds(1))
        #expect((plan.to - plan.from).nanoseconds / plan.step.nanoseconds < RangePlan.mostSteps)
      }
    }
  }

  @Test func spansAreWrittenAndReadAsPromQL() {
    #expect(TimeSpan.seconds(90 as Int64).promQL == "90s")
    #expect(TimeSpan.milliseconds(1500).promQL == "1500ms")
    #expect(TimeSpan(promQL: "1m30s") == .seconds(90 as Int64))
    #expect(TimeSpan(promQL: "500ms") == .milliseconds(500))
    for text in ["", "5", "m", "5x", "1.5s", "0s"] { #expect(TimeSpan(promQL: text) == nil) }
    #expect(Timestamp(nanoseconds: 1_500_000_000).apiText == "1.500")
    #expect(Timestamp(nanoseconds: 1_007_000_000).apiText == "1.007")
  }
}

@Suite struct PanelMachineTests {
  private func machine() -> PanelMachine { PanelMachine(PanelSpecification(expression: "up")) }

  @Test func nothingIsAskedWithoutAView() {
    var machine = machine()
    #expect(machine.poll(at(0)) == nil)
    #expect(machine.due == nil)
    machine.show(view(10, 10), now: at(20))
    #expect(machine.poll(at(20)) == nil)
  }

  @Test func theFirstViewIsAskedAtOnceAndOnlyOnce() throws {
    var machine = machine()
    machine.show(view(0, 3600), now: at(4000))
    let first = machine.poll(at(4000))
    let plan = try #require(first)
    #expect(plan.tail == nil && plan.interval == nil)
    #expect(machine.poll(at(4000)) == nil)
    machine.show(view(0, 7200), now: at(4001))
    #expect(machine.poll(at(4001)) == nil, "one request in flight")
    #expect(machine.state.status == .loading)
    let request = plan.request(interval: .seconds(15 as Int64))
    machine.finished(plan, request, answer(request), now: at(4002))
    #expect(machine.state.status == .fresh(at(4002)))
    #expect(machine.state.drawn?.samples.count == 241)
    #expect(machine.due == at(4002), "the view has changed meanwhile")
  }

  @Test func aPastViewThatIsHeldIsNotAskedAgain() {
    var machine = machine()
    machine.show(view(0, 3600), now: at(9000))
    #expect(machine.fetch(at: at(9000)) != nil)
    #expect(machine.due == nil)
    machine.show(view(60, 3600), now: at(9001))
    #expect(machine.due == nil, "a part of what is held, at the same step")
    machine.show(view(0, 36_000), now: at(9002))
    #expect(machine.due != nil)
  }

  @Test func pointsOfThePresentAreAskedAgainUntilTheyHaveSettled() {
    var machine = machine()
    machine.show(view(0, 3600), now: at(3600))
    _ = machine.fetch(at: at(3600))
    #expect(machine.due == at(3615))
    let tail = machine.fetch(at: at(3615))
    #expect(tail.map { $0.from >= at(3500) } == true)
    while let due = machine.due, due < at(5000) { _ = machine.fetch(at: due) }
    #expect(machine.due == nil)
  }

  @Test func followingFetchesOnlyTheTailAndOneColumn() throws {
    var machine = machine()
    machine.show(view(0, 3600, isFollowing: true), now: at(3600))
    _ = machine.fetch(at: at(3600))
    for second in 1...14 {
      machine.show(view(0, 3600 + Double(second), isFollowing: true), now: at(3600 + Double(second)))
      #expect(machine.poll(at(3600 + Double(second))) == nil)
    }
    machine.show(view(0, 3615, isFollowing: true), now: at(3615))
    let fetched = machine.fetch(at: at(3615))
    let request = try #require(fetched)
    #expect(request.from == RangePlan.floored(at(3600) - .seconds(60.25), to: request.step))
    #expect(request.to == at(3615))
    #expect(machine.state.drawn?.samples.count == 242)
    #expect(
      zip(machine.state.drawn?.samples ?? [], machine.state.drawn?.samples.dropFirst() ?? []).allSatisfy {
        $0.time < $1.time
      })
  }

  @Test func aPartOfWhatWasFollowedKeepsWhatLiesBehindIt() throws {
    var machine = machine()
    machine.show(view(0, 3600, isFollowing: true), now: at(9000))
    _ = machine.fetch(at: at(9000))
    #expect(machine.due != nil)
    let count = try #require(machine.state.drawn).samples.count
    machine.show(view(0, 900), now: at(9001))
    #expect(machine.due == nil)
    #expect(machine.fetch(at: at(9010)) == nil)
    #expect(machine.state.drawn?.samples.count == count)
    machine.show(view(2000, 2900), now: at(9020))
    #expect(machine.due == nil)
  }

  @Test func whatATailCutOffIsFetchedAgain() {
    var machine = machine()
    machine.show(view(0, 3600), now: at(3600))
    _ = machine.fetch(at: at(3600))
    // Its last points have not settled: they are asked for again, and those behind them are dropped.
    machine.show(view(0, 3590), now: at(3601))
    if let due = machine.due { _ = machine.fetch(at: due) }
    machine.show(view(2400, 3600), now: at(3700))
    #expect(machine.due != nil)
    _ = machine.fetch(at: at(3790))
    #expect(machine.state.drawn?.samples.last?.time == at(3600))
  }

  @Test func viewChangesAreDebouncedButNotForever() {
    var machine = machine()
    machine.show(view(0, 3600), now: at(9000))
    _ = machine.fetch(at: at(9000))
    machine.show(view(-1000, 3600), now: at(9010))
    #expect(machine.due == at(9010), "the first change after rest goes at once")
    _ = machine.fetch(at: at(9010))
    var fetches = 0
    for index in 0..<100 {
      let now = at(9010.01 + Double(index) / 100)
      machine.show(view(-1001 - Double(index * 50), 3600), now: now)
      if machine.fetch(at: now) != nil { fetches += 1 }
    }
    #expect((1...3).contains(fetches))
    _ = machine.fetch(at: at(9012))
    #expect(machine.state.fetched.map { $0.lowerBound <= at(-1001 - 99 * 50) } == true)
  }

  @Test func aDeadServerKeepsTheDataAndIsTriedLaterAndLater() {
    var machine = machine()
    machine.show(view(0, 3600, isFollowing: true), now: at(3600))
    _ = machine.fetch(at: at(3600))
    var now = at(3615)
    for delay in [1.0, 2, 4, 8] {
      machine.show(view(0, 3600 + (now - at(3600)).seconds, isFollowing: true), now: now)
      #expect(machine.poll(now) != nil)
      machine.failed(.unavailable(reason: "connection refused", retryAfter: nil), now: now, jitter: 0.5)
      #expect(
        machine.state.status == .stale(since: at(3615), reason: "connection refused", nextTry: now + .seconds(delay)))
      #expect(machine.state.drawn != nil)
      machine.show(view(0, 7200, isFollowing: true), now: now + .milliseconds(10))
      #expect(machine.poll(now + .seconds(delay - 0.1)) == nil, "the view does not break the back-off")
      now = now + .seconds(delay)
    }
    #expect(machine.poll(now) != nil)
    #expect(machine.state.status == .stale(since: at(3615), reason: "connection refused", nextTry: nil))
  }

  @Test func anotherPanelsSuccessEndsTheWait() {
    var machine = machine()
    machine.show(view(0, 3600), now: at(3600))
    _ = machine.poll(at(3600))
    machine.failed(.unavailable(reason: "x", retryAfter: nil), now: at(3600), jitter: 0.5)
    #expect(machine.poll(at(3600.5)) == nil)
    machine.sourceAnswered(now: at(3600.5))
    #expect(machine.fetch(at: at(3600.5)) != nil)
    #expect(machine.state.status == .fresh(at(3600.5)))
  }

  @Test func aWrongExpressionIsNotAskedAgainAndAgain() {
    var machine = machine()
    machine.show(view(0, 3600, isFollowing: true), now: at(3600))
    _ = machine.poll(at(3600))
    machine.failed(.query(message: "parse error", range: 1..<2), now: at(3600), jitter: 0.5)
    #expect(machine.state.status == .failed(message: "parse error", caret: 1..<2))
    machine.show(view(0, 3610, isFollowing: true), now: at(3610))
    #expect(machine.poll(at(3610)) == nil)
    machine.show(view(-500, 3610, isFollowing: true), now: at(3611))
    #expect(machine.poll(at(3611)) != nil, "another range may be answered")
  }

  @Test func anEmptyAnswerSaysWhy() {
    var machine = machine()
    machine.show(view(0, 3600), now: at(9000))
    if let plan = machine.poll(at(9000)) {
      let request = plan.request(interval: .seconds(15 as Int64))
      machine.finished(plan, request, RangeAnswer(series: [], emptyReason: "no metric x"), now: at(9000))
    }
    #expect(machine.state.status == .empty(reason: "no metric x"))
  }

  @Test func tailsReplaceWhatTheyOverlap() {
    var held = HeldSeries()
    let step = TimeSpan.seconds(10 as Int64)
    func request(_ from: Double, _ to: Double) -> RangeRequest {
      RangeRequest(expression: "x", from: at(from), to: at(to), step: step, interval: step)
    }
    held.replace(with: answer(request(0, 100)), request(0, 100), fetched: at(100))
    held.append(answer(request(80, 140), value: 2), request(80, 140))
    #expect(held.series[0].samples.map(\.value) == [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2])
    #expect(held.range == at(0)..<at(140))
    held.append(RangeAnswer(series: []), request(130, 150))
    #expect(held.series[0].samples.count == 13)
    held.forget(before: at(60))
    #expect(held.series[0].samples.first?.time == at(60))
  }
}

@Suite struct HubCoreTests {
  private struct StillSource: MetricSource {
    let name: String
    var summary: String { name }
    func sampleInterval(
      of: String, at: Timestamp, cancellation: CancellationSignal
    ) throws(MetricError) -> TimeSpan? { nil }
    func fetch(_: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer {
      .init(series: [])
    }
    func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] { [] }
    func labelNames(of: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String] { [] }
    func labelValues(of: String, in: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String] { [] }
    func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] { [] }
  }

  private func core(_ panels: [PanelSpecification]) -> HubCore {
    var core = HubCore()
    core.replaceSources([StillSource(name: "a"), StillSource(name: "b")], mistakes: ["c": "bad port"], now: at(0))
    core.replacePanels(panels, now: at(0))
    core.show(view(0, 3600), now: at(0))
    return core
  }

  @Test func aServerGetsFourRequestsAtOnceAndAnotherOneItsOwn() {
    var core = core(
      (0..<6).map { PanelSpecification(expression: "x\($0)") } + [PanelSpecification(source: "b", expression: "y")])
    let jobs = core.poll(at(0))
    #expect(jobs.map(\.plan.expression) == ["x0", "x1", "x2", "x3", "y"])
    #expect(core.nextDue == nil, "waiting panels do not wake anybody")
    core.finished(
      jobs[0], jobs[0].plan.request(interval: .seconds(1 as Int64)), .success(.init(series: [])), now: at(1), jitter: 0)
    #expect(core.poll(at(1)).map(\.plan.expression) == ["x4"])
  }

  @Test func panelsThatAskTheSameKeepTheirData() {
    var core = core([PanelSpecification(expression: "x"), PanelSpecification(expression: "y")])
    let jobs = core.poll(at(0))
    core.replacePanels(
      [PanelSpecification(title: "new", expression: "y"), PanelSpecification(expression: "z")], now: at(1))
    #expect(core.poll(at(1)).map(\.plan.expression) == ["z"], "y is still in flight")
    for job in jobs {
      core.finished(
        job, job.plan.request(interval: .seconds(1 as Int64)), .success(.init(series: [])), now: at(2), jitter: 0)
    }
    #expect(core.panels.map(\.title) == ["new", "z"])
    #expect(core.panels[0].status == .empty(reason: "no series in this time"))
    #expect(core.panels[1].status == .loading)
  }

  @Test func anUnknownSourceIsNamedAndWakesNobody() {
    var core = core([
      PanelSpecification(source: "q", expression: "x"), PanelSpecification(source: "c", expression: "x"),
    ])
    #expect(core.poll(at(0)).isEmpty)
    #expect(core.nextDue == nil)
    guard case .stale(_, let reason, _) = core.panels[0].status, case .stale(_, let other, _) = core.panels[1].status
    else {
      Issue.record("\(core.panels)")
      return
    }
    #expect(reason == "no metric source is called q; there is a, b")
    #expect(other == "bad port")
  }
}
