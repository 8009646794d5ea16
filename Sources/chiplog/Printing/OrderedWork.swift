import Platform

/// Work in numbered pieces that several threads do and one takes the results of, in order, while later pieces are under
/// way.
///
/// At most `lookAhead` results wait to be taken: a slow reader holds the work up instead of filling the memory.
///
///     let work = OrderedWork(count: 500) { { number in render(number) } }
///     try work.consume { result in try output.write(result) }
final class OrderedWork<Result: Sendable>: Sendable {
  private struct State {
    var next = 0
    var consumed = 0
    var results: [Int: Result] = [:]
    var isStopped = false
  }

  private let count: Int
  private let lookAhead: Int
  private let workers: Int
  private let makeWorker: @Sendable () -> (Int) -> Result
  private let state = Monitor(State())

  /// Work of `count` pieces; `makeWorker` is called once on each thread, for what a thread keeps to itself.
  init(
    count: Int, workers: Int = min(Threads.processorCount, 8), makeWorker: @escaping @Sendable () -> (Int) -> Result
  ) {
    self.count = count
    self.workers = max(1, min(workers, count))
    lookAhead = self.workers * 3
    self.makeWorker = makeWorker
  }

  /// Gives the results to `body`, in order, until it throws or returns false. The other threads end soon after.
  func consume(_ body: (inout Result) throws -> Bool) throws {
    defer { state.withLock { $0.isStopped = true } }
    // The first piece is done here: whoever wants no more than its beginning has it before any thread runs.
    let worker = makeWorker()
    var areStarted = false
    for number in 0..<count {
      var result: Result
      if areStarted { result = take(number) } else { result = worker(number) }
      guard try body(&result) else { return }
      if !areStarted { areStarted = startThreads(from: number + 1) }
    }
  }

  private func take(_ number: Int) -> Result {
    let result = state.wait { $0.results.removeValue(forKey: number) }
    state.withLock { $0.consumed = number + 1 }
    return result
  }

  /// Whether at least one thread could be had.
  private func startThreads(from number: Int) -> Bool {
    guard number < count else { return false }
    state.withLock { ($0.next, $0.consumed) = (number, number) }
    var started = 0
    for _ in 0..<min(workers, count - number) where Threads.start("print", { self.run() }) { started += 1 }
    return started > 0
  }

  private func run() {
    let worker = makeWorker()
    while let number = take() {
      let result = worker(number)
      state.withLock { $0.results[number] = result }
    }
  }

  /// The next piece; waits while too many results do; nil at the end.
  private func take() -> Int? {
    state.wait { state -> Int?? in
      if state.isStopped || state.next >= self.count { return .some(nil) }
      guard state.next < state.consumed + self.lookAhead else { return nil }
      state.next += 1
      return .some(state.next - 1)
    }
  }
}
