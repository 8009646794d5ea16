/// A place in a file, in bytes from its beginning.
public struct ByteOffset: Hashable, Comparable, Sendable {
  /// Bytes from the beginning of the file.
  public var rawValue: Int

  /// Makes an offset of `rawValue` bytes.
  @inlinable public init(_ rawValue: Int) { self.rawValue = rawValue }

  /// Nearer to the beginning first.
  @inlinable public static func < (left: ByteOffset, right: ByteOffset) -> Bool { left.rawValue < right.rawValue }
}

/// The number of a line in its file, counted from 1 as every editor does.
public struct LineNumber: Hashable, Comparable, Sendable {
  /// 1 for the first line.
  public var rawValue: Int

  /// Makes a line number; 1 is the first line.
  @inlinable public init(_ rawValue: Int) { self.rawValue = rawValue }

  /// Nearer to the beginning first.
  @inlinable public static func < (left: LineNumber, right: LineNumber) -> Bool { left.rawValue < right.rawValue }
}
