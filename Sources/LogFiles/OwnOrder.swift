import Quantities
import Synchronization

/// The records of a stretch of a generation in the order of their own stamps: four bytes a record, immutable.
///
/// A record without a stamp goes with the one above it in the file; those above the first stamp with that one. Equal
/// stamps stand in file order, or the other way round where the file has its newest records first.
public final class OwnOrder: Sendable {
  /// The lines of the generation that are covered, counted as `StitchedSegment.firstLine` is.
  public let lines: Range<Int>
  /// Whether of equal stamps the last record in the file comes first.
  public let isNewestFirst: Bool
  /// The key of each 64th record, from the first on.
  public let blockKeys: [Int64]
  /// The key of the last record.
  public let lastKey: Int64
  /// Records on lines before this one have no stamp and stand at `leadingKey`.
  public let firstStampedLine: Int
  /// See `firstStampedLine`.
  public let leadingKey: Int64

  // SAFETY: allocated by `init`, never written afterwards, freed by `deinit`: sharing it between threads is sound.
  nonisolated(unsafe) private let storage: UnsafeMutableBufferPointer<UInt32>
  private let lease: Lease

  /// So many records of all files together can have an order of their own: 128 MB.
  public static let limit = 32 << 20

  init(
    lines: Range<Int>, entries: [UInt32], isNewestFirst: Bool, blockKeys: [Int64], lastKey: Int64,
    firstStampedLine: Int, leadingKey: Int64, lease: Lease
  ) {
    self.lines = lines
    self.isNewestFirst = isNewestFirst
    self.blockKeys = blockKeys
    self.lastKey = lastKey
    self.firstStampedLine = firstStampedLine
    self.leadingKey = leadingKey
    self.lease = lease
    storage = .allocate(capacity: entries.count)
    _ = storage.initialize(from: entries)
  }

  deinit { storage.deallocate() }

  /// How many records there are.
  public var count: Int { storage.count }

  /// The line, within the generation, on which record `index` of this order starts.
  @inlinable public func line(at index: Int) -> Int { lines.lowerBound + entry(index) }

  @usableFromInline func entry(_ index: Int) -> Int { Int(storage[index]) }

  /// A share of `limit`, given back when it goes.
  final class Lease: Sendable {
    private let count: Int
    private static let taken = Atomic<Int>(0)

    /// Takes room for `count` records; nil where there is none.
    init?(_ count: Int) {
      self.count = count
      if Self.taken.add(count, ordering: .relaxed).newValue > OwnOrder.limit {
        Self.taken.subtract(count, ordering: .relaxed)
        return nil
      }
    }

    deinit { Self.taken.subtract(count, ordering: .relaxed) }
  }
}
