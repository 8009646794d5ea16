import Quantities
import Records
import Synchronization

/// A record as a filter sees it: its bytes, and what is known of where they come from.
///
/// One object serves many records in turn: give it the next one with `show(_:line:)`. Not thread-safe; one per thread. What
/// changes with each record is not checked for overlapping access, which costs more than the access: each is a plain load
/// or store. Bytes of a map may change meanwhile; what is more than a search in them reads a copy, made at the first use.
public final class RecordContext {
  /// The record: first line and continuation lines without the last newline; valid as long as the caller says.
  @exclusivity(unchecked) public private(set) var bytes: UnsafeRawBufferPointer
  /// How the file is read.
  public let reader: RecordReader
  /// The instant that stamps without a year or a date are resolved against.
  @exclusivity(unchecked) public var reference: Timestamp { didSet { if reference != oldValue { stamps = nil } } }
  /// The short name of the file.
  public let source: String
  /// The path of the file.
  public let path: String
  /// The number of the first line; nil while it is unknown.
  @exclusivity(unchecked) public private(set) var line: Int?
  @exclusivity(unchecked) private var reading: ParsedRecord?
  @exclusivity(unchecked) private var hasReading = false

  @exclusivity(unchecked) private var knownLevel: Level??
  /// Fields that stages of a pipeline have added to the record; they stand before its own of the same name.
  @exclusivity(unchecked) public var computed: [ComputedField] = []
  /// Room for a copy, and whether it holds one of the present record.
  @exclusivity(unchecked) private var storage = UnsafeMutableRawBufferPointer(start: nil, count: 0)
  @exclusivity(unchecked) private var hasCopy = false
  /// Made when the first stamp is asked for, as it learns from each.
  @exclusivity(unchecked) private var stamps: StampReading?

  /// Makes a context for the records of one file.
  public init(
    bytes: UnsafeRawBufferPointer = .init(start: nil, count: 0), reader: RecordReader,
    reference: Timestamp = .distantFuture, source: String = "", path: String = "", line: Int? = nil,
    parsed: ParsedRecord? = nil
  ) {
    self.bytes = bytes
    self.reader = reader
    self.reference = reference
    self.source = source
    self.path = path
    self.line = line
    reading = parsed
    hasReading = parsed != nil
  }

  deinit { storage.deallocate() }

  /// Turns to another record of the same file.
  ///
  /// `level` is the one that the index has, if the caller knows it (`.some(nil)`: known to be unknown).
  public func show(
    _ bytes: UnsafeRawBufferPointer, line: Int? = nil, parsed: ParsedRecord, level: Level?? = .none
  ) {
    show(bytes, line: line, level: level)
    reading = parsed
    hasReading = true
  }

  /// The same for a record of which no more is known.
  public func show(_ bytes: UnsafeRawBufferPointer, line: Int? = nil, level: Level?? = .none) {
    self.bytes = bytes
    self.line = line
    if hasReading {
      reading = nil
      hasReading = false
    }
    knownLevel = level
    hasCopy = false
    if !computed.isEmpty { computed.removeAll(keepingCapacity: true) }
  }

  /// Whether tests of fields first look for the field's name, which costs a fraction of reading all that stands before it. Not where
  /// candidates were found by that already.
  @exclusivity(unchecked) public var looksForNames = false
  /// What the tests that were asked look for in this file.
  @exclusivity(unchecked) private var traces: [(test: FieldTest, trace: FieldTrace?)] = []

  /// Whether the record may have the field of a test; false is certain.
  func mayHaveField(of test: FieldTest) -> Bool {
    guard looksForNames, computed.isEmpty, !hasReading else { return true }
    let trace: FieldTrace?
    if let known = traces.first(where: { $0.test === test }) {
      trace = known.trace
    } else {
      trace = FieldTrace(test.path, in: reader, numbers: nil)
      traces.append((test, trace))
    }
    return trace?.isPossible(in: bytes) ?? true
  }

  /// Whether nobody changes the bytes while they are shown, as may happen to those of a map.
  @exclusivity(unchecked) public var isUnchanging = false
  /// Tells contexts apart, also those that are gone.
  public let identity = RecordContext.nextIdentity.add(1, ordering: .relaxed).oldValue
  private static let nextIdentity = Atomic<Int>(0)

  /// The bytes, or a copy of them where they may change.
  var stable: UnsafeRawBufferPointer { isUnchanging ? bytes : copy }

  /// A copy of the bytes, valid until the next record is shown.
  var copy: UnsafeRawBufferPointer {
    if !hasCopy {
      if storage.count < bytes.count {
        storage.deallocate()
        storage = .allocate(byteCount: max(bytes.count, 1024), alignment: 8)
      }
      storage.copyMemory(from: bytes)
      hasCopy = true
    }
    return UnsafeRawBufferPointer(rebasing: storage[..<bytes.count])
  }

  /// The format's name.
  public var format: String { reader.formatName }

  /// What the bytes mean; read at the first use.
  public var parsed: ParsedRecord {
    if let reading { return reading }
    let fresh = reader.parse(copy, reference: reference)
    reading = fresh
    hasReading = true
    return fresh
  }

  /// The fields, if the record has been read before; nil if not, which costs no more than a look.
  var fieldsIfAny: [Field]? { hasReading ? reading?.fields : nil }

  /// The level; nil if unknown.
  public var level: Level? { knownLevel ?? parsed.level }

  /// The record's own stamp.
  public var stamp: Timestamp? {
    if let reading { return reading.stamp }
    if stamps == nil { stamps = StampReading(reader, reference: reference) }
    return stamps?.stamp(of: bytes)
  }

  /// The bytes of the message, nil if it is empty, and how they spell it. Valid until the next record is shown.
  public var message: (bytes: UnsafeRawBufferPointer?, encoding: FieldEncoding) {
    if let reading { return (part(reading.messageSpan), reading.messageEncoding) }
    let (span, encoding) = reader.message(of: copy)
    return (part(span), encoding)
  }

  /// The level as written; nil if it is not.
  var levelName: UnsafeRawBufferPointer? {
    (hasReading ? parsed.levelSpan : reader.levelSpan(of: copy)).flatMap(part)
  }

  private func part(_ span: Range<Int>) -> UnsafeRawBufferPointer? {
    let span = span.clamped(to: 0..<bytes.count)
    return span.isEmpty ? nil : UnsafeRawBufferPointer(rebasing: copy[span])
  }
}

/// A field that a stage of a pipeline adds to a record.
public struct ComputedField: Hashable, Sendable {
  /// Its name.
  public var path: String
  /// Its value, spelled as logs spell values; nil hides the record's own field of the name.
  public var value: [UInt8]?
  /// What kind of value it is.
  public var kind: FieldKind

  /// Makes a field.
  public init(_ path: String, value: [UInt8]?, kind: FieldKind) {
    self.path = path
    self.value = value
    self.kind = kind
  }
}
