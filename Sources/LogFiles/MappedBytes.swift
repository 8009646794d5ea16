import Platform

/// The bytes of a file, mapped; see `FileMap` for what happens when it is cut short.
public final class MappedBytes: ByteStore {
  let map: FileMap

  /// How far a map reaches past the end of its file, so that growth needs no new map.
  public static let reach = 64 << 20

  /// Maps an open file of `length` bytes.
  public init(_ descriptor: FileDescriptor, length: Int, reach: Int = MappedBytes.reach) throws(SystemError) {
    map = try FileMap(descriptor, length: length, reach: reach)
  }

  /// All mapped bytes, also those after the end of the file, which must not be read.
  public var buffer: UnsafeRawBufferPointer { map.bytes }

  /// How often a read met the missing end of a file that was cut short.
  public var faultCount: Int { map.faultCount }
}
