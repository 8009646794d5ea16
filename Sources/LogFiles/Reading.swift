import Platform
import Quantities
import Records

/// How the sources of one set are read: options resolved for each name.
struct ReadingRules: Sendable {
  var options: LogFilesOptions

  /// What the caller said of the source called `name`.
  func readingOptions(for name: String) -> ReadingOptions {
    func fits(_ pattern: String) -> Bool {
      pattern == name || Folder.matches(pattern, name)
        || Folder.matches(pattern, String(name.split(separator: "/").last ?? ""))
    }
    return ReadingOptions(
      assumedZone: options.assumedZones.first { fits($0.pattern) }?.zone ?? options.assumedZone,
      offset: options.offsets.first { fits($0.pattern) }?.offset ?? .zero,
      forcedFormat: options.formats.first { fits($0.pattern) }?.name, library: options.library)
  }
}

/// Bytes of one generation as a job sees them: they stay what they are while it works.
struct ReadableBytes: Sendable {
  var descriptor: FileDescriptor
  var store: any ByteStore
  /// The spool, for what is no file.
  var spool: Spool?

  /// Whether a read met the missing end of the file.
  var hasFaulted: Bool {
    (store as? MappedBytes)?.faultCount ?? 0 > 0 || (store as? SpoolBytes)?.faultCount ?? 0 > 0
  }

  /// Maps the file anew if `size` bytes do not fit or zeros hide what has been written since.
  mutating func makeReadable(upTo size: Int) throws(SystemError) {
    if size <= store.buffer.count, !hasFaulted { return }
    if let spool {
      store = try SpoolBytes(spool, length: size)
    } else {
      store = try MappedBytes(descriptor, length: size)
    }
  }
}

/// What detection decided about a generation, and from how many of its bytes.
struct Decision: Sendable {
  var reader: RecordReader
  /// How many bytes detection saw.
  var sampleSize: Int

  /// A decision is taken again at each growth below 4 KB, and when 64 KB are reached.
  func isStale(at size: Int) -> Bool {
    size > sampleSize
      && (sampleSize < 4096 || (sampleSize < FormatDetection.sampleSize && size >= FormatDetection.sampleSize))
  }

  /// Decides from the first of `size` bytes of a file; those before `start` have been dropped.
  static func take(
    _ descriptor: FileDescriptor, from start: Int = 0, size: Int, name: String, options: ReadingOptions
  ) -> Decision {
    let end = min(size, start + FormatDetection.sampleSize)
    let sample = (try? descriptor.bytes(in: min(start, end)..<end)) ?? []
    let reader = sample.withUnsafeBytes { FormatDetection.reader(for: $0, fileName: name, options: options) }
    return Decision(reader: reader, sampleSize: sample.count)
  }
}

/// Looks into a few records for facts that the index does not keep.
enum Sampling {
  /// Whether the first stamped record among the first lines of `bytes` names its zone; nil where none has a stamp.
  static func namesZone(in bytes: UnsafeRawBufferPointer, reader: RecordReader, reference: Timestamp) -> Bool? {
    var place = 0
    for _ in 0..<64 where place < bytes.count {
      let rest = UnsafeRawBufferPointer(rebasing: bytes[place...])
      let end = rest.firstIndex(of: 10) ?? rest.count
      let parsed = reader.parse(UnsafeRawBufferPointer(rebasing: rest[..<end]), reference: reference)
      if parsed.stamp != nil { return parsed.hasZone }
      place += end + 1
    }
    return nil
  }
}
