/// The severity level of a record, on the one ordered scale that every format's own names are mapped onto.
public enum Level: UInt8, CaseIterable, Comparable, Hashable, Sendable {
  /// Finer than debug.
  case trace = 0
  /// For the developer.
  case debug
  /// Normal operation.
  case info
  /// Normal but significant (syslog 5).
  case notice
  /// Something may go wrong (syslog 4).
  case warn
  /// Something went wrong (syslog 3, HTTP 5xx).
  case error
  /// A failure that needs a person (syslog 2 and 1).
  case critical
  /// The program or the system ends (syslog 0).
  case fatal

  /// The name on screens, in JSON output and in queries.
  public var name: String { Self.names[Int(rawValue)] }

  private static let names = ["trace", "debug", "info", "notice", "warn", "error", "critical", "fatal"]

  /// Milder first.
  @inlinable public static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
}

/// What the index knows of one line, in the four bits of a group's planes.
public struct LineCode: Hashable, Sendable {
  /// 0 to 7: a record start with that `Level`; 8: a record start of unknown level; 15: a continuation line.
  public var rawValue: UInt8

  /// Makes a code from its four bits.
  @inlinable public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The first line of a record of `level`, or of unknown level.
  @inlinable public init(start level: Level?) { rawValue = level?.rawValue ?? 8 }

  /// A line that belongs to the record above it.
  public static let continuation = LineCode(rawValue: 15)

  /// Whether a record starts here.
  @inlinable public var isStart: Bool { rawValue != 15 }

  /// The level of the record that starts here; nil if unknown, or on a continuation line.
  @inlinable public var level: Level? { Level(rawValue: rawValue) }
}
