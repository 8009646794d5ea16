import CSystem
import Glibc

/// News of files and folders from the kernel.
///
///     let news = try Inotify()
///     let watch = try news.watch("/var/log", for: .names)
///     for event in news.events() where event.watch == watch { ... }   // when `descriptor` is readable
public final class Inotify: Sendable {
  /// Readable when there is news.
  public let descriptor: FileDescriptor

  /// What to hear of.
  public enum Interest: Sendable {
    /// A file: growth, truncation, rename, removal.
    case content
    /// A folder: names that appear, go or are moved.
    case names
  }

  /// One piece of news.
  public struct Event: Sendable {
    /// The number that `watch(_:for:)` returned; -1 if news was lost, so that everything must be looked at.
    public var watch: Int32
    /// The entry of a folder; empty for news of the watched thing itself.
    public var name: String
    /// Whether the watch is over (the file is gone, or was unwatched).
    public var isOver: Bool
  }

  /// Opens a queue for news.
  public init() throws(SystemError) {
    let number = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard number >= 0 else { throw SystemError("inotify_init") }
    descriptor = FileDescriptor(owning: number)
  }

  /// Watches what `path` leads to; the same file by another name gives the same number.
  ///
  /// - Throws: ENOSPC when the user's limit (fs.inotify.max_user_watches) is reached.
  public func watch(_ path: String, for interest: Interest) throws(SystemError) -> Int32 {
    let mask =
      switch interest {
      case .content: IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF
      case .names: IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_ATTRIB | IN_ONLYDIR
      }
    let number = PathText.withBytes(path) { inotify_add_watch(descriptor.number, $0, UInt32(mask)) }
    guard number >= 0 else { throw SystemError("inotify_add_watch", subject: path) }
    return number
  }

  /// Ends a watch; news that waits may still come.
  public func unwatch(_ number: Int32) { inotify_rm_watch(descriptor.number, number) }

  /// All news that waits; does not block.
  public func events() -> [Event] {
    var events: [Event] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor.number, &buffer, buffer.count)
      if count <= 0 { return events }
      buffer.withUnsafeBytes { Self.decode(UnsafeRawBufferPointer(rebasing: $0[..<count]), into: &events) }
    }
  }

  /// The layout of `struct inotify_event`: watch, mask, cookie, length of the name, name padded with NUL.
  private static func decode(_ bytes: UnsafeRawBufferPointer, into events: inout [Event]) {
    var place = 0
    while place + 16 <= bytes.count {
      let watch = bytes.loadUnaligned(fromByteOffset: place, as: Int32.self)
      let mask = bytes.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
      let length = Int(bytes.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
      let name = bytes[(place + 16)..<min(place + 16 + length, bytes.count)].prefix { $0 != 0 }
      events.append(
        Event(watch: watch, name: PathText.text(name), isOver: mask & UInt32(IN_IGNORED) != 0))
      place += 16 + length
    }
  }
}
