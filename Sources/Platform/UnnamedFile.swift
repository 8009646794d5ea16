import CSystem
import Glibc

/// Files that no name leads to: they are gone when the last descriptor closes, however the program ends.
public enum UnnamedFile {
  /// Makes one in `folder`, readable and writable.
  public static func make(in folder: String) throws(SystemError) -> FileDescriptor {
    let number = PathText.withBytes(folder) { cs_open_unnamed($0) }
    if number >= 0 { return FileDescriptor(owning: number) }
    // Some file systems know no O_TMPFILE.
    var template = PathText.withBytes(folder + "/chiplog-XXXXXX") { path in
      Array(UnsafeBufferPointer(start: path, count: strlen(path) + 1))
    }
    let named = cs_make_temporary(&template)
    guard named >= 0 else { throw SystemError("open", subject: folder) }
    unlink(template)
    return FileDescriptor(owning: named)
  }

  /// Makes an empty file in memory.
  public static func inMemory(_ name: String) throws(SystemError) -> FileDescriptor {
    let number = cs_memory_file(name)
    guard number >= 0 else { throw SystemError("memfd_create", subject: name) }
    return FileDescriptor(owning: number)
  }

  /// Where big temporary files belong: $TMPDIR, or /var/tmp, which is a disk where /tmp is often memory.
  public static var folder: String {
    guard let value = getenv("TMPDIR"), value.pointee != 0 else { return "/var/tmp" }
    return PathText.text(at: value)
  }

  /// Bytes that an ordinary user may still write in the file system of `folder`; 0 if unknown.
  public static func freeSpace(in folder: String) -> Int {
    var facts = statvfs()
    guard PathText.withBytes(folder, { statvfs($0, &facts) }) == 0 else { return 0 }
    return Int(clamping: UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize)).partialValue)
  }

  /// Gives the disk space of `range` back; those bytes read as zeros from then on.
  ///
  /// - Throws: EOPNOTSUPP where the file system cannot.
  public static func punchHole(_ descriptor: FileDescriptor, _ range: Range<Int>) throws(SystemError) {
    guard cs_punch_hole(descriptor.number, Int64(range.lowerBound), Int64(range.count)) == 0 else {
      throw SystemError("fallocate")
    }
  }
}
