import Glibc
import Platform
import Quantities
import Synchronization

/// How many bytes all spools of a set may take on disk together.
final class SpoolBudget: Sendable {
  /// The limit.
  let limit: Int
  private let used = Atomic<Int>(0)

  /// A limit, or min(2 GiB, 10% of what is free in `folder`).
  init(limit: Int?, folder: String) {
    self.limit = limit ?? min(2 << 30, UnnamedFile.freeSpace(in: folder) / 10)
  }

  /// Takes `count` bytes; false, and takes nothing, if that would exceed the limit.
  func reserve(_ count: Int) -> Bool {
    if used.wrappingAdd(count, ordering: .relaxed).newValue <= limit { return true }
    release(count)
    return false
  }

  /// Gives `count` bytes back.
  func release(_ count: Int) { used.wrappingSubtract(count, ordering: .relaxed) }
}

/// The bytes of a stream, kept in an unnamed file: written at its end by one thread, mapped for reading by others.
///
/// Bytes are written with write(2), not through the map, so that a full disk is an error and not a signal. The oldest
/// bytes can be given back to the disk; their places stay, so that offsets stay true.
final class Spool: Sendable {
  /// Why bytes could not be kept.
  enum Failure: Error {
    /// The budget is used up.
    case full
    /// The disk is full, or failed.
    case system(SystemError)
  }

  let descriptor: FileDescriptor
  private let budget: SpoolBudget
  private let written = Atomic<Int>(0)
  private let dropped = Atomic<Int>(0)

  init(in folder: String, budget: SpoolBudget) throws(SystemError) {
    descriptor = try UnnamedFile.make(in: folder).leavingRoom()
    self.budget = budget
  }

  deinit { budget.release(size - droppedSize) }

  /// How many bytes were written so far, dropped ones included.
  var size: Int { written.load(ordering: .acquiring) }

  /// How many bytes at the beginning were given back.
  var droppedSize: Int { dropped.load(ordering: .relaxed) }

  /// The limit that the spool shares with others.
  var limit: Int { budget.limit }

  /// Why the rest of what should be kept is missing, for people.
  func notice(_ failure: Failure) -> String {
    switch failure {
    case .full:
      "the first \(SizeText.text(size)) are shown; the rest exceeds the limit for spools (\(SizeText.text(limit)))"
    case .system(let error) where error.code == ENOSPC || error.code == EDQUOT: "the disk for spools is full"
    case .system(let error) where error.code == EFBIG:
      "the spool may not grow: this process may write no larger files (ulimit -f)"
    case .system(let error): "spool: \(error.reason)"
    }
  }

  /// Adds `bytes` at the end; only one thread may.
  func append(_ bytes: UnsafeRawBufferPointer) throws(Failure) {
    guard budget.reserve(bytes.count) else { throw .full }
    do { try descriptor.write(all: bytes) } catch {
      budget.release(bytes.count)
      throw .system(error)
    }
    written.wrappingAdd(bytes.count, ordering: .releasing)
  }

  /// Gives the disk space of the bytes before `offset` back; false where the file system cannot.
  func drop(before offset: Int) -> Bool {
    let start = droppedSize
    // The page before stays: the line that begins at `offset` is known by the newline before it.
    let end = offset - 4096
    guard end > start else { return false }
    do { try UnnamedFile.punchHole(descriptor, start..<end) } catch { return false }
    dropped.store(end, ordering: .relaxed)
    budget.release(end - start)
    return true
  }
}

/// The bytes of a spool as far as they were written when this was made.
public final class SpoolBytes: ByteStore {
  private let spool: Spool
  private let map: FileMap

  init(_ spool: Spool, length: Int) throws(SystemError) {
    self.spool = spool
    map = try FileMap(spool.descriptor, length: length, reach: MappedBytes.reach)
  }

  /// All mapped bytes, also those that are not written yet, which must not be read.
  public var buffer: UnsafeRawBufferPointer { map.bytes }

  /// How often a read met bytes that were not written.
  var faultCount: Int { map.faultCount }
}
