import Glibc
import Platform
import Quantities

/// A terminal of our own, that a program draws on while we read what arrives.
final class PseudoTerminal {
  private let master: FileDescriptor
  private let name: String
  /// The end of what has arrived: a text may come in two reads.
  private var recent: [UInt8] = []

  init(columns: UInt16, rows: UInt16) throws(SystemError) {
    master = try FileDescriptor.open("/dev/ptmx", flags: O_RDWR)
    let number = master.number
    // What unlockpt and ptsname do: TIOCSPTLCK and TIOCGPTN (ioctl_tty(2)), macros that Swift does not import.
    var (lock, other): (Int32, UInt32) = (0, 0)
    guard ioctl(number, 0x4004_5431, &lock) == 0, ioctl(number, 0x8004_5430, &other) == 0 else {
      throw SystemError("ioctl", subject: "/dev/ptmx")
    }
    name = "/dev/pts/\(other)"
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(number, UInt(TIOCSWINSZ), &size)
  }

  /// A program that runs on the terminal.
  struct Child {
    let pid: pid_t

    /// Ends it and waits for that.
    func end() {
      kill(-pid, SIGTERM)
      var status: Int32 = 0
      for _ in 0..<100 {
        if waitpid(pid, &status, WNOHANG) == pid { return }
        usleep(10_000)
      }
      kill(-pid, SIGKILL)
      waitpid(pid, &status, 0)
    }
  }

  /// Starts a program as the leader of a session whose terminal this is.
  func run(_ words: [String], environment: [(String, String)]) throws(SystemError) -> Child {
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawnattr_destroy(&attributes)
      posix_spawn_file_actions_destroy(&actions)
    }
    // POSIX_SPAWN_SETSID (glibc 2.26): the first terminal that a session's leader opens becomes that of the session.
    posix_spawnattr_setflags(&attributes, 0x80)
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup("\($0.0)=\($0.1)") } + [nil]
    defer { (arguments + variables).forEach { free($0) } }
    var pid: pid_t = 0
    let code = posix_spawnp(&pid, words[0], &actions, &attributes, &arguments, &variables)
    guard code == 0 else { throw SystemError("spawn", subject: words[0], code: code) }
    return Child(pid: pid)
  }

  /// Reads until `text` has arrived; the time that took, or nil after 20 seconds.
  func seconds(until text: String) -> Double? {
    let wanted = Array(text.utf8)
    let watch = Stopwatch()
    while watch.seconds < 20 {
      if read(waiting: 100), contains(wanted) { return watch.seconds }
    }
    return nil
  }

  /// Takes what has arrived, and forgets it.
  func drain() {
    while read(waiting: 0) {}
    recent.removeAll(keepingCapacity: true)
  }

  /// Presses keys.
  func type(_ keys: String) throws {
    try Array(keys.utf8).withUnsafeBytes { bytes in try master.write(all: bytes) }
  }

  /// Waits for what arrives within so many milliseconds, all of it or (with `stopsEarly`) the first part; how many bytes that is.
  func bytes(within milliseconds: Int32, stopsEarly: Bool = false) -> Int {
    let watch = Stopwatch()
    var sum = 0
    while true {
      let rest = milliseconds - Int32(watch.seconds * 1000)
      guard rest >= 0, read(waiting: rest) else { return sum }
      sum += recent.count
      recent.removeAll(keepingCapacity: true)
      if stopsEarly { return sum }
    }
  }

  private func read(waiting milliseconds: Int32) -> Bool {
    var wait = pollfd(fd: master.number, events: Int16(POLLIN), revents: 0)
    guard poll(&wait, 1, milliseconds) > 0 else { return false }
    var chunk = [UInt8](repeating: 0, count: 65_536)
    let count = Glibc.read(master.number, &chunk, chunk.count)
    guard count > 0 else { return false }
    if recent.count > 1 << 20 { recent.removeFirst(recent.count - 4096) }
    recent.append(contentsOf: chunk[0..<count])
    return true
  }

  private func contains(_ wanted: [UInt8]) -> Bool {
    let text = Self.withoutControl(recent)
    guard let first = wanted.first, text.count >= wanted.count else { return false }
    return (0...text.count - wanted.count).contains { start in
      text[start] == first && text[start..<start + wanted.count].elementsEqual(wanted)
    }
  }

  /// What arrived without control sequences (ECMA-48, 5.4) and designations of character sets: colours may change within
  /// the words that are waited for.
  private static func withoutControl(_ bytes: [UInt8]) -> [UInt8] {
    var text: [UInt8] = []
    text.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      guard bytes[index] == 27, index + 1 < bytes.count else {
        text.append(bytes[index])
        index += 1
        continue
      }
      let kind = bytes[index + 1]
      index += 2
      if kind == UInt8(ascii: "[") {
        while index < bytes.count, !(0x40...0x7E).contains(bytes[index]) { index += 1 }
        index += 1
      } else if kind == UInt8(ascii: "(") {
        index += 1
      }
    }
    return text
  }
}

/// The wall clock as ISO 8601, to milliseconds, in UTC.
enum CivilClock {
  static var now: String {
    var bytes: [UInt8] = []
    let now = Clock.now
    Timestamp(nanoseconds: now.nanoseconds / 1_000_000 * 1_000_000).appendISO8601(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
