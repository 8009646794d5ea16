import Glibc

/// Character devices, as far as they matter to a reader of logs.
public enum Devices {
  /// Whether an open character device may hold a log that ends or comes as it is written: a terminal, `/dev/null`, the
  /// kernel's ring. Others (`/dev/zero`, `/dev/urandom`) never end and say nothing.
  public static func mayBeLog(_ descriptor: FileDescriptor) -> Bool {
    if isatty(descriptor.number) == 1 { return true }
    var facts = stat()
    guard fstat(descriptor.number, &facts) == 0 else { return false }
    // The memory devices have major number 1; of them 3 is null and 11 is kmsg.
    return facts.st_rdev == device(1, 3) || facts.st_rdev == device(1, 11)
  }

  private static func device(_ major: UInt, _ minor: UInt) -> dev_t { dev_t(major << 8 | minor) }
}
