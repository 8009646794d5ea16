import CSystem
import Glibc

/// A file mapped into memory for reading, which survives when the file is cut short.
///
/// What is gone reads as zeros and raises `faultCount`: compare it, and the size of the file, before believing what was
/// made of the bytes. The map reaches past the end, so that a growing file needs no new map; only the bytes before the
/// file's end may be read, or later growth of that page stays hidden behind zeros (which the count shows too).
///
///     let map = try FileMap(descriptor, length: size, reach: 64 << 20)
///     scan(map.bytes[..<size])
public final class FileMap: Sendable {
  // SAFETY: mapped by `init`, unmapped by `deinit`; only the kernel writes to it.
  private nonisolated(unsafe) let base: UnsafeRawPointer
  // SAFETY: the slot is taken by `init` and given back by `deinit`; its fields are atomics.
  private nonisolated(unsafe) let slot: OpaquePointer
  /// Mapped bytes: the length asked for and the reach, in whole pages.
  public let count: Int

  /// Maps `length` bytes of the file from its beginning, and at least `reach` bytes after them; no more than the file
  /// where the address space is limited (`ulimit -v`): thousands of files would use it up with nothing.
  ///
  /// - Throws: ENODEV for files that cannot be mapped (pipes, most of /proc), ENOMEM.
  public init(_ descriptor: FileDescriptor, length: Int, reach: Int) throws(SystemError) {
    let code = cs_map_protect()
    guard code == 0 else { throw SystemError("sigaction", code: code) }
    let page = Int(sysconf(Int32(_SC_PAGESIZE)))
    let reach = AddressSpace.isLimited ? 0 : reach
    let count = max(page, (length + reach + page - 1) / page * page)
    guard let base = mmap(nil, count, PROT_READ, MAP_SHARED, descriptor.number, 0), base != MAP_FAILED else {
      throw SystemError("mmap")
    }
    let low = UInt(bitPattern: base)
    guard let slot = cs_map_register(low, low + UInt(count)) else {
      munmap(base, count)
      throw SystemError("mmap", code: ENOMEM)
    }
    self.base = UnsafeRawPointer(base)
    self.count = count
    self.slot = slot
  }

  deinit {
    cs_map_unregister(slot)
    munmap(UnsafeMutableRawPointer(mutating: base), count)
  }

  /// All mapped bytes, those after the end of the file too; valid while this object lives.
  public var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: base, count: count) }

  /// How often a read met the missing end of the file.
  public var faultCount: Int { Int(cs_map_faults(slot)) }

  /// Asks the kernel to read `range` ahead.
  public func prefetch(_ range: Range<Int>) {
    let low = range.lowerBound & ~4095
    madvise(UnsafeMutableRawPointer(mutating: base + low), range.upperBound - low, MADV_WILLNEED)
  }
}

/// How much memory the process may address.
enum AddressSpace {
  /// Whether `ulimit -v` limits it.
  static let isLimited: Bool = {
    var limit = rlimit()
    return getrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit) == 0 && limit.rlim_cur != rlim_t.max
  }()
}
