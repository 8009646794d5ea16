import Glibc
import Platform

/// Stands between ncurses and the terminal: ncurses writes to a file in memory, and what is in it after an update goes on through a
/// filter, in one write.
final class OutputRelay {
  private let file: FileDescriptor
  private let tty: Tty
  private var filter = RenditionFilter()
  /// Bytes that went to the terminal.
  private(set) var sentCount = 0

  /// nil where the system gives no such file: then ncurses writes to the terminal itself.
  init?(_ tty: Tty) {
    guard let file = try? UnnamedFile.inMemory("chiplog-screen") else { return nil }
    self.file = file
    self.tty = tty
  }

  /// What ncurses is to write to.
  var descriptor: FileDescriptor { file }

  /// Sends what ncurses has written since the last call.
  func pass() {
    let bytes = taken()
    if !bytes.isEmpty { send(filter.filtered(bytes)) }
  }

  /// The same, and leaves the terminal with the look that ncurses believes in, so that somebody else may write to it.
  func settle() {
    send(filter.filtered(taken()) + filter.settled())
  }

  private func taken() -> [UInt8] {
    let size = Int(lseek(file.number, 0, SEEK_CUR))
    guard size > 0, let bytes = try? file.bytes(in: 0..<size) else { return [] }
    _ = ftruncate(file.number, 0)
    _ = lseek(file.number, 0, SEEK_SET)
    return bytes
  }

  /// Errors are ignored: a terminal that is gone is noticed by who reads keys.
  private func send(_ bytes: [UInt8]) {
    guard !bytes.isEmpty else { return }
    sentCount += bytes.count
    bytes.withUnsafeBytes { try? tty.output.write(all: $0) }
  }
}
