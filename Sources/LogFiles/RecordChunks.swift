import Quantities
import Records
import Synchronization

/// A file cut into pieces that hold whole records, each of which can be read by itself, on any thread.
///
/// Piece `n` holds the records that start in the bytes from `starts[n]` to `starts[n + 1]`, so that its own bytes begin and
/// end a little later:
///
///     starts        |         |         |         |
///     records  AAAAAAAABBBBBBBCCCCDDDDDDDDDDDDDDDDDDDEEEE
///     pieces   AAAAAAAABBBBBBB|CCCCDDDDDDDDDDDDDDDDDDD|EEEE     (the third has none)
///
/// The first pieces are small, so that something can be done with them at once.
public final class RecordChunks: Sendable {
  /// The file.
  public let file: PlainFile
  /// How many pieces there are.
  public let count: Int
  private let size: Int
  /// States at the beginnings of pieces that took long to find.
  private let known = Mutex<[Int: ScanState]>([:])

  /// Bytes of most pieces.
  public static let usualSize = 2 << 20

  /// Cuts `file` into pieces of `size` bytes; the first five are smaller.
  public init(_ file: PlainFile, size: Int = RecordChunks.usualSize) {
    self.file = file
    self.size = max(size, 32)
    count = Self.number(of: max(file.size - 1, 0), size: self.size) + 1
  }

  /// The bytes whose records piece `number` holds.
  func range(_ number: Int) -> Range<Int> {
    min(start(number), file.size)..<min(start(number + 1), file.size)
  }

  /// Each of the first five pieces is twice as long as the one before it.
  private func start(_ number: Int) -> Int {
    let unit = size / 32
    return number < 5 ? unit * ((1 << max(number, 0)) - 1) : unit * 31 + (number - 5) * size
  }

  private static func number(of offset: Int, size: Int) -> Int {
    let unit = size / 32
    guard offset < unit * 31 else { return 5 + (offset - unit * 31) / size }
    return Int.bitWidth - 1 - (offset / unit + 1).leadingZeroBitCount
  }

  func knownState(_ number: Int) -> ScanState? { number == 0 ? ScanState() : known.withLock { $0[number] } }

  func remember(_ state: ScanState, _ number: Int) { known.withLock { $0[number] = state } }
}
