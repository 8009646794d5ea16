import Synchronization

/// Scratch memory that threads borrow: at most as many pieces are kept as were in use at once, and never more than
/// `limit`.
final class ScratchPool<Scratch: Sendable>: Sendable {
  private let idle = Mutex<[Scratch]>([])
  private let make: @Sendable () -> Scratch
  private let limit = 16

  init(_ make: @escaping @Sendable () -> Scratch) { self.make = make }

  /// Lends a piece for the duration of `body`; makes one if all are lent.
  func withScratch<Result>(_ body: (Scratch) -> Result) -> Result {
    let scratch = idle.withLock { $0.popLast() } ?? make()
    defer { idle.withLock { if $0.count < limit { $0.append(scratch) } } }
    return body(scratch)
  }
}
