import Platform

/// A fixed number of threads that take jobs from two queues: what the screen waits for, and the rest.
final class WorkerPool: Sendable {
  typealias Job = @Sendable () -> Void

  private struct Queue {
    var urgent: ArraySlice<Job> = []
    var normal: ArraySlice<Job> = []
    var hasStarted = false
    var isClosed = false

    /// The next job, `.some(nil)` at the end of the pool, nil while there is nothing to do.
    mutating func next() -> Job?? {
      if isClosed { return .some(nil) }
      if let job = urgent.popFirst() ?? normal.popFirst() { return job }
      return nil
    }
  }

  private let queue = Monitor(Queue())
  private let name: String
  /// How many jobs run at once.
  let width: Int

  init(name: String, width: Int) {
    self.name = name
    self.width = width
  }

  /// Runs `job` on one of the threads, in the order of submission; urgent ones before all others.
  func submit(urgent: Bool = false, _ job: @escaping Job) {
    let mustStart = queue.withLock { queue in
      if urgent { queue.urgent.append(job) } else { queue.normal.append(job) }
      defer { queue.hasStarted = true }
      return !queue.hasStarted
    }
    if mustStart { start() }
  }

  /// Lets the threads end after the jobs that they are in; what waits is forgotten.
  func close() {
    queue.withLock { queue in
      queue.isClosed = true
      queue.urgent = []
      queue.normal = []
    }
  }

  private func start() {
    let queue = queue
    for number in 0..<width {
      Threads.start("\(name) \(number)") {
        while let job = queue.wait({ $0.next() }) { job() }
      }
    }
  }
}
