import Synchronization

/// A wish, from any thread, that some work in progress stop soon and give no result.
public final class Cancellation: Sendable {
  private let flag = Atomic<Bool>(false)

  /// Makes a wish not yet uttered.
  public init() {}

  /// Asks the work to stop; stays so.
  public func cancel() { flag.store(true, ordering: .releasing) }

  /// Whether the work should stop; costs one load.
  public var isCancelled: Bool { flag.load(ordering: .acquiring) }
}
