import Matching
import Quantities
import Records

/// One test of a filter. Equal leaves have the same answer for the same record: results may be cached by `key`.
///
/// A class, as its test is: filters are walked once a record, and copying a leaf must cost one reference count.
public final class Leaf: Hashable, Sendable {
  /// What a leaf looks at, and for what.
  public enum Kind: Sendable {
    /// Bit n of the mask: records of the level with raw value n pass; bit 8: records of unknown level pass.
    case level(UInt16)
    /// Records whose own stamp lies in the range; those without a stamp do not pass.
    case time(Range<Timestamp>)
    /// The raw text of the record, continuation lines included, matches.
    case text(Pattern)
    /// The raw text of the record passes a test that is not a mere search.
    case raw(ValueTest)
    /// A field of the record passes.
    case field(FieldTest)
    /// The level as the log wrote it passes.
    case levelName(ValueTest)
    /// The message passes.
    case message(ValueTest)
    /// The short name or the path of the file passes: the same answer for a whole file.
    case source(ValueTest)
    /// The name of the format passes: the same answer for a whole file.
    case format(ValueTest)
    /// The line number passes.
    case line(ValueTest)
  }

  /// The canonical text of the test, with absolute times.
  public let key: String
  /// The test.
  public let kind: Kind
  /// The raw text of every passing record matches at least one of these, in any format and encoding; empty if nothing is
  /// known.
  ///
  /// A scan takes the records that it finds as candidates for `matches(_:)`.
  public let prefilters: [Pattern]
  /// One pattern in place of all `prefilters`; several times slower than they are.
  public let prefilter: Pattern?

  /// Makes a leaf.
  public init(key: String, kind: Kind, prefilters: [Pattern] = []) {
    self.key = key
    self.kind = kind
    self.prefilters = prefilters
    prefilter = Prefilter.union(prefilters)
  }

  /// The mask of every level and of none.
  public static let allLevels: UInt16 = 0x1FF
  /// The bit of records whose level is unknown.
  public static let unknownLevel: UInt16 = 0x100

  /// The test for the levels of a mask.
  public static func levels(_ mask: UInt16) -> Leaf { Leaf(key: "level:\(mask)", kind: .level(mask)) }

  /// The test for stamps in a range.
  public static func time(_ range: Range<Timestamp>) -> Leaf {
    Leaf(key: "time:\(range.lowerBound.nanoseconds)..\(range.upperBound.nanoseconds)", kind: .time(range))
  }

  /// Whether all records of a file have the same answer.
  public var isPerFile: Bool {
    switch kind {
    case .source, .format: true
    default: false
    }
  }

  /// Whether the record passes.
  public func matches(_ record: RecordContext) -> Bool {
    switch kind {
    case .level(let mask): return mask >> UInt16(record.level?.rawValue ?? 8) & 1 == 1
    case .time(let range): return record.stamp.map(range.contains) ?? false
    case .text(let pattern): return pattern.isMatch(record.bytes)
    case .field(let test): return test.matches(record)
    case .raw(let test): return test.matches(record.copy)
    case .levelName(let test): return test.matches(record.levelName, encoding: .plain)
    case .message(let test):
      let message = record.message
      return test.matches(message.bytes, encoding: message.encoding)
    case .source(let test): return test.matches(anyOf: [record.source, record.path])
    case .format(let test): return test.matches(anyOf: [record.format])
    case .line(let test): return test.matches(anyOf: record.line.map { ["\($0)"] } ?? [])
    }
  }

  /// Equal keys are the same test.
  public static func == (left: Leaf, right: Leaf) -> Bool { left.key == right.key }

  /// Hashes the key.
  public func hash(into hasher: inout Hasher) { hasher.combine(key) }
}
