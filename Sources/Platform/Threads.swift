import CSystem
import Glibc

/// Starts a thread of its own for work that may block.
public enum Threads {
  /// Runs `body` on a new thread with all signals blocked but those that a fault raises in the thread itself.
  ///
  /// `name` shows in `top -H`, its first 15 bytes. If no thread can be had (a limit), `body` never runs: false.
  @discardableResult
  public static func start(_ name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, 1 << 20)
    var kept = sigset_t()
    var blocked = signalsFromOutside
    pthread_sigmask(SIG_SETMASK, &blocked, &kept)
    defer { pthread_sigmask(SIG_SETMASK, &kept, nil) }
    let box = Unmanaged.passRetained(Box(name: name, body: body))
    var thread = pthread_t()
    let code = pthread_create(&thread, &attributes, run, box.toOpaque())
    if code != 0 { box.release() }
    return code == 0
  }

  /// How many threads can run at once: the CPUs that this process may use (`taskset`, containers with a set of CPUs).
  public static var processorCount: Int {
    let usable = Int(cs_usable_processors())
    if usable > 0 { return usable }
    return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  }

  /// A blocked SIGBUS would end the process at the first page that a truncated map lacks.
  private static var signalsFromOutside: sigset_t {
    var set = sigset_t()
    sigfillset(&set)
    for signal in [SIGBUS, SIGSEGV, SIGILL, SIGFPE, SIGTRAP, SIGABRT, SIGSYS] { sigdelset(&set, signal) }
    return set
  }
}

private final class Box {
  let name: String
  let body: @Sendable () -> Void

  init(name: String, body: @escaping @Sendable () -> Void) {
    self.name = name
    self.body = body
  }
}

private func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let argument else { return nil }
  // SAFETY: `Threads.start` retained exactly this box for us.
  let box = Unmanaged<Box>.fromOpaque(argument).takeRetainedValue()
  cs_name_thread(String(box.name.prefix(15)))
  box.body()
  return nil
}

/// A value behind a lock whose changes can be waited for.
///
///     let queue = Monitor([Job]())
///     queue.withLock { $0.append(job) }          // wakes the waiters
///     let job = queue.wait { $0.popLast() }      // blocks until there is one
public final class Monitor<State>: @unchecked Sendable {
  // SAFETY: `state` is touched only while `mutex` is held; both pointers live from `init` to `deinit`.
  private var state: State
  private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
  private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

  /// Guards `state`.
  public init(_ state: sending State) {
    self.state = state
    pthread_mutex_init(mutex, nil)
    var attributes = pthread_condattr_t()
    pthread_condattr_init(&attributes)
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
    pthread_cond_init(condition, &attributes)
    pthread_condattr_destroy(&attributes)
  }

  deinit {
    pthread_cond_destroy(condition)
    pthread_mutex_destroy(mutex)
    condition.deallocate()
    mutex.deallocate()
  }

  /// Reads or changes the value, and lets all waiters look at it again.
  public func withLock<Result>(_ body: (inout State) -> Result) -> Result {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return body(&state)
  }

  /// Blocks until `condition` gives a value; it runs with the lock held, at once and after each change.
  public func wait<Result>(_ condition: (inout State) -> Result?) -> Result {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = condition(&state) { return result }
      pthread_cond_wait(self.condition, mutex)
    }
  }

  /// Like `wait(_:)`, but gives up after `milliseconds`: nil.
  public func wait<Result>(milliseconds: Int, _ condition: (inout State) -> Result?) -> Result? {
    var end = timespec()
    clock_gettime(CLOCK_MONOTONIC, &end)
    end.tv_sec += milliseconds / 1000
    end.tv_nsec += milliseconds % 1000 * 1_000_000
    if end.tv_nsec >= 1_000_000_000 { (end.tv_sec, end.tv_nsec) = (end.tv_sec + 1, end.tv_nsec - 1_000_000_000) }
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = condition(&state) { return result }
      if pthread_cond_timedwait(self.condition, mutex, &end) == ETIMEDOUT { return condition(&state) }
    }
  }
}
