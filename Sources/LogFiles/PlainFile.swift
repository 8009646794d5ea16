import Platform
import Quantities
import Records

/// A file that is read once, as it lies there now: what printing needs of it, without an index.
///
/// Decides as `LogFileSet` does how the bytes are read.
public struct PlainFile: Sendable {
  /// The open file.
  public let descriptor: FileDescriptor
  /// How many of its bytes count: what is appended later does not.
  public let size: Int
  /// How its bytes are read.
  public let reader: RecordReader
  /// When it was last changed, which settles stamps without a year.
  public let modified: Timestamp
  /// The name as given, fit to be shown.
  public let name: String
  /// Its shortest name.
  public let shortName: String

  /// Opens the file at `path`; nil for what is no plain text file, cannot be read, or has lines too long to be held in
  /// memory: `LogFileSet` knows what to do with it.
  public init?(_ path: String, options: LogFilesOptions) {
    guard let descriptor = try? FileDescriptor.open(path), let facts = try? FileFacts(descriptor),
      facts.kind == .regular, facts.size > 0
    else { return nil }
    let rules = ReadingRules(options: options)
    let decision = Decision.take(descriptor, size: facts.size, name: path, options: rules.readingOptions(for: path))
    guard Archive(firstBytes: (try? descriptor.bytes(in: 0..<8)) ?? []) == nil,
      TextEncoding(descriptor, size: facts.size) == .plain, Fingerprint(descriptor, size: facts.size) != nil,
      !Self.hasGiantLine(descriptor, size: facts.size)
    else { return nil }
    self.descriptor = descriptor
    size = facts.size
    reader = decision.reader
    modified = facts.modified
    name = PathText.shown(path)
    shortName = ShortNames.of([Folder.absolute(path)]).map(PathText.shown).first ?? name
  }

  /// How far apart a file is looked at for giant lines, and how much of it is read there.
  private static let (stride, probe) = (32 << 20, 64 << 10)

  /// Whether some line is longer than `stride` and `probe` together, or looks so: the hole of a sparse file does.
  private static func hasGiantLine(_ descriptor: FileDescriptor, size: Int) -> Bool {
    var place = Self.stride
    while place + probe <= size {
      // Most lines end in the first few hundred bytes.
      guard
        (try? descriptor.bytes(in: place..<place + 512))?.contains(10) == true
          || (try? descriptor.bytes(in: place..<place + probe))?.contains(10) == true
      else { return true }
      place += stride
    }
    return false
  }

  /// Makes one of an open file, for whoever has decided how it is read.
  init(_ descriptor: FileDescriptor, size: Int, reader: RecordReader, modified: Timestamp) {
    (self.descriptor, self.size, self.reader, self.modified) = (descriptor, size, reader, modified)
    (name, shortName) = ("", "")
  }
}
