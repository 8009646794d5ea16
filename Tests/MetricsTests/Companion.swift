import Foundation
import Platform
import TestSupport

/// A program that runs beside a test and is ended, by its number, with this object.
final class Companion {
  private let process: ChildProcess
  private var ending: ChildProcess.Exit?

  init(_ executable: URL, _ arguments: [String], in folder: TemporaryFolder) throws {
    let line = "cd '\(folder.url.path)' && exec \"$@\""
    process = try ChildProcess.spawn("/bin/sh", ["-c", line, "sh", executable.path] + arguments)
  }

  func end() {
    guard ending == nil else { return }
    process.terminate()
    let ended = eventually(within: 10) {
      ending = process.poll()
      return ending != nil
    }
    guard !ended else { return }
    process.kill()
    ending = process.wait()
  }

  deinit { end() }
}

/// A port of 127.0.0.1 that nobody listens on.
func freePort() -> UInt16 {
  let number = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
  defer { close(number) }
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  var size = socklen_t(MemoryLayout<sockaddr_in>.size)
  return withUnsafeMutablePointer(to: &address) { pointer in
    pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
      _ = bind(number, $0, size)
      _ = getsockname(number, $0, &size)
    }
    return UInt16(bigEndian: pointer.pointee.sin_port)
  }
}
