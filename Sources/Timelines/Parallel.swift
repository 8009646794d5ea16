import Dispatch
import Synchronization

/// Spreads many small independent pieces of work over the cores.
enum Parallel {
  /// Calls `body` once for each number below `count`; on several threads from a few hundred on.
  static func forEach(_ count: Int, _ body: @Sendable (Int) -> Void) {
    guard count >= 256 else { return (0..<count).forEach(body) }
    let chunks = (count + 63) / 64
    DispatchQueue.concurrentPerform(iterations: chunks) { chunk in
      (chunk * 64..<min(chunk * 64 + 64, count)).forEach(body)
    }
  }

  /// The sum of `term` over the numbers below `count`.
  static func sum(_ count: Int, _ term: @Sendable (Int) -> Int) -> Int {
    guard count >= 256 else { return (0..<count).reduce(0) { $0 + term($1) } }
    var terms = [Int](repeating: 0, count: count)
    terms.withUnsafeMutableBufferPointer { terms in
      // SAFETY: each element is written by one call only, and all calls end before the buffer does.
      nonisolated(unsafe) let elements = terms
      forEach(count) { elements[$0] = term($0) }
    }
    return terms.reduce(0, +)
  }

  /// What `body` makes of the parts of a range, one after the other; several parts on several threads.
  static func joined<Element: Sendable>(
    _ range: Range<Int>, partSize: Int, _ body: @Sendable (Range<Int>) -> [Element]
  ) -> [Element] {
    guard range.count > partSize else { return body(range) }
    let count = (range.count + partSize - 1) / partSize
    let parts = Mutex([[Element]](repeating: [], count: count))
    DispatchQueue.concurrentPerform(iterations: count) { number in
      let start = range.lowerBound + number * partSize
      let part = body(start..<min(start + partSize, range.upperBound))
      parts.withLock { $0[number] = part }
    }
    return Array(parts.withLock { $0 }.joined())
  }
}
