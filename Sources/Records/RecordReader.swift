import Quantities

/// What the caller knows of a file that its bytes do not say.
public struct ReadingOptions: Sendable {
  /// The zone of stamps that name none.
  public var assumedZone: Zone
  /// Added to every stamp, for a machine whose clock is wrong.
  public var offset: TimeSpan
  /// The name of a format to use instead of detection.
  public var forcedFormat: String?

  /// Makes options; the defaults are UTC, no offset, detection.
  public init(assumedZone: Zone = .utc, offset: TimeSpan = .zero, forcedFormat: String? = nil) {
    self.assumedZone = assumedZone
    self.offset = offset
    self.forcedFormat = forcedFormat
  }
}

/// Reads the records of one file: what detection decided, and how lines become records and fields.
public struct RecordReader: Sendable {
  /// The format's name, as `format:` compares it.
  public var formatName: String
  /// Whether rows are better shown in columns than as written (JSON, logfmt).
  public var isStructured: Bool
  /// Zone for stamps without one, and more.
  public var options: ReadingOptions

  /// Makes a reader.
  public init(formatName: String = "text", isStructured: Bool = false, options: ReadingOptions = .init()) {
    self.formatName = formatName
    self.isStructured = isStructured
    self.options = options
  }
}
