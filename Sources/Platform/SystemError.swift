import Glibc

/// A system call that failed: which, on what, and the kernel's reason.
public struct SystemError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The call, e.g. `open`.
  public var call: String
  /// The value of errno.
  public var code: Int32
  /// The path or address it was about; empty if none.
  public var subject: String

  /// Makes an error; `code` defaults to the current errno.
  public init(_ call: String, subject: String = "", code: Int32 = errno) {
    self.call = call
    self.code = code
    self.subject = subject
  }

  /// The kernel's reason in lower case, e.g. `permission denied`.
  public var reason: String {
    var buffer = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    let reason = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return reason.prefix(1).lowercased() + reason.dropFirst()
  }

  /// `/var/log/auth.log: permission denied`.
  public var description: String { subject.isEmpty ? reason : "\(subject): \(reason)" }
}
