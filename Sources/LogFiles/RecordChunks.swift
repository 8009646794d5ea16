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

  /// Cuts `file` into pieces of `size` bytes; the first two are smaller.
  public init(_ file: PlainFile, size: Int = RecordChunks.usualSize) {
    self.file = file
    self.size = max(size, 32)
    count = Self.number(of: max(file.size - 1, 0), size: self.size) + 1
  }

  /// The bytes whose records piece `number` holds.
  func range(_ number: Int) -> Range<Int> {
    min(start(number), file.size)..<min(start(number + 1), file.size)
  }

  private func start(_ number: Int) -> Int {
    switch number {
    case ...0: 0
    case 1: size / 32
    default: size / 4 + (number - 2) * size
    }
  }

  private static func number(of offset: Int, size: Int) -> Int {
    offset < size / 32 ? 0 : offset < size / 4 ? 1 : 2 + (offset - size / 4) / size
  }

  func knownState(_ number: Int) -> ScanState? { number == 0 ? ScanState() : known.withLock { $0[number] } }

  func remember(_ state: ScanState, _ number: Int) { known.withLock { $0[number] = state } }
}
