import Glibc

/// The controlling terminal of the process, opened anew, so that it works while stdin is a pipe.
public final class Tty: Sendable {
  /// For keys.
  public let input: FileDescriptor
  /// For the screen; an open file description of its own.
  public let output: FileDescriptor
  private let saved: termios

  /// Opens `/dev/tty`.
  ///
  /// - Throws: `SystemError` where the process has no terminal.
  public init() throws(SystemError) {
    let path = "/dev/tty"
    let reading = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard reading >= 0 else { throw SystemError("open", subject: path) }
    input = FileDescriptor(owning: reading)
    let writing = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY)
    guard writing >= 0 else { throw SystemError("open", subject: path) }
    output = FileDescriptor(owning: writing)
    var settings = termios()
    guard tcgetattr(reading, &settings) == 0 else { throw SystemError("tcgetattr", subject: path) }
    saved = settings
  }

  /// The size in cells; nil if the terminal does not know it.
  public var size: (columns: Int, rows: Int)? {
    var window = winsize()
    guard ioctl(output.number, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0, window.ws_row > 0 else { return nil }
    return (Int(window.ws_col), Int(window.ws_row))
  }

  /// The line settings that were found at the beginning.
  public var originalSettings: termios { saved }

  /// Gives back the line settings that were found at the beginning.
  public func restoreSettings() {
    var settings = saved
    tcsetattr(input.number, TCSANOW, &settings)
  }

  /// Reads what has arrived, without waiting; nil once the terminal is gone.
  public func readAvailable(limit: Int = 65_536) -> [UInt8]? {
    var result: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while result.count < limit {
      var wait = pollfd(fd: input.number, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, 0) > 0 else { break }
      let count = read(input.number, &chunk, chunk.count)
      if count > 0 {
        result.append(contentsOf: chunk[0..<count])
      } else if count == 0 || (errno != EINTR && errno != EAGAIN) {
        return result.isEmpty ? nil : result
      }
    }
    return result
  }

  /// Writes control sequences at once, past any buffer; errors are ignored, as there is nobody to tell.
  public func write(_ text: String) {
    var text = text
    text.withUTF8 { bytes in try? output.write(all: UnsafeRawBufferPointer(bytes)) }
  }
}
