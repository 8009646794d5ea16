import Quantities

/// What the caller knows of a file that its bytes do not say.
public struct ReadingOptions: Sendable {
  /// The zone of stamps that name none.
  public var assumedZone: Zone
  /// Added to every stamp, for a machine whose clock is wrong.
  public var offset: TimeSpan
  /// The name of a format to use instead of detection.
  public var forcedFormat: String?
  /// The formats that there are.
  public var library: FormatLibrary

  /// Makes options; the defaults are UTC, no offset, detection.
  public init(
    assumedZone: Zone = .utc, offset: TimeSpan = .zero, forcedFormat: String? = nil, library: FormatLibrary = .builtIn
  ) {
    self.assumedZone = assumedZone
    self.offset = offset
    self.forcedFormat = forcedFormat
    self.library = library
  }
}

/// What the index learns from one line.
public struct LineMark: Hashable, Sendable {
  /// The instant of the record that starts here; nil if it has none, or on a continuation line.
  public var stamp: Timestamp?
  /// Whether a record starts here, and its level.
  public var code: LineCode

  /// Makes a mark.
  @inlinable public init(stamp: Timestamp?, code: LineCode) {
    self.stamp = stamp
    self.code = code
  }
}

/// Reads the records of one file: what detection decided, and how lines become records and fields.
///
/// A value without mutable state: share it between threads. All its functions are total: any bytes give some reading, also
/// bytes that change meanwhile, as those of a map do when its file is cut short or rewritten.
///
///     let reader = FormatDetection.reader(for: firstBytes, fileName: "app.log", options: .init())
///     let index = reader.index(file, segment: 0..<file.count, reference: modificationTime)
///     let record = reader.parse(bytesOfOneRecord, reference: modificationTime)
public struct RecordReader: Sendable {
  /// The format's name, as `format:` compares it.
  public var formatName: String
  /// Whether rows are better shown in columns than as written (JSON, logfmt).
  public var isStructured: Bool
  /// Zone for stamps without one, and more.
  public var options: ReadingOptions
  /// Which grammar lines are tried with first.
  var family: Family
  /// The formats that name the parts of its lines, where it is text.
  var lineFormats = LineFormatChoice()
  /// What detection learned of the file beyond its family.
  var habits = Habits()

  /// More of a record than any grammar looks at to understand it.
  public static let reach = JSONReading.reach + 4096

  /// Makes a reader of plain text in a file that has stamps; `FormatDetection` makes all others.
  public init(formatName: String = "text", isStructured: Bool = false, options: ReadingOptions = .init()) {
    self.init(family: Family(name: formatName) ?? .text, options: options)
    self.isStructured = isStructured || self.isStructured
  }

  init(family: Family, options: ReadingOptions) {
    self.family = family
    self.options = options
    formatName = family.name
    isStructured = family == .json || family == .logfmt || family == .journal || family == .xml
  }

  /// Reads one record: its first line and its continuation lines, without the last newline.
  public func parse(_ record: UnsafeRawBufferPointer, reference: Timestamp) -> ParsedRecord {
    var resolver = StampResolver(options: options, reference: reference)
    return record.withCopy(atMost: Self.reach) { copy in
      var parsed = RecordParsing(reader: self, record: copy).parse(&resolver)
      if copy.count < record.count { parsed.extendMessage(of: copy, to: record) }
      return parsed
    }
  }

  /// The stamp of a record, quicker than `parse(_:reference:)` and equal to its result. For many records of a file
  /// `StampReading` is several times as quick.
  public func stamp(of record: UnsafeRawBufferPointer, reference: Timestamp) -> Timestamp? {
    var reading = StampReading(self, reference: reference)
    return reading.stamp(of: record)
  }

  /// What the index would note of a line without its newline; `state` goes from before the line to after it.
  public func mark(ofLine line: UnsafeRawBufferPointer, state: inout ScanState, reference: Timestamp) -> LineMark {
    var reading = LineReading(reader: self, reference: reference)
    return line.withCopy(atMost: Self.reach) { reading.generalMark($0, readable: $0.count, state: &state) }
  }

  /// The code of a line that is read outside everything.
  public func code(ofLine line: UnsafeRawBufferPointer, reference: Timestamp) -> LineCode {
    var state = ScanState()
    return mark(ofLine: line, state: &state, reference: reference).code
  }

  /// Gives every value that `path` names to `body`, in the order written, until it returns false.
  ///
  /// Equals the matching fields of `parse(_:reference:)`, without building them; it also finds those that come after
  /// the thousand which that lists at most.
  public func forEachValue(
    of path: FieldPath, in record: UnsafeRawBufferPointer, _ body: (FieldValue) -> Bool
  ) {
    path.withSought { sought in
      record.withCopy(atMost: Self.reach) { forEachValue(of: sought, inUnchanging: $0, body) }
    }
  }

  /// The same for a record whose bytes nobody changes meanwhile: several fields of one record need one copy of it only.
  ///
  /// With `name`, where `FieldTrace` found the name first, values after the first that is not null may be left out.
  public func forEachValue(
    of path: FieldPath, inUnchanging record: UnsafeRawBufferPointer, name: Int? = nil, _ body: (FieldValue) -> Bool
  ) {
    let readable = record.part(0..<min(record.count, Self.reach))
    path.withSought { forEachValue(of: $0, inUnchanging: readable, name: name, body) }
  }

  /// Whether fields are also looked for where no mark sets them apart. What else is in a file of JSON or logfmt is no reason
  /// to read all of its lines for a field that any text may imply.
  var guessesFields: Bool {
    switch family {
    case .json, .logfmt, .columns, .journal, .xml: false
    case .text, .syslog, .access, .custom: true
    }
  }

  @inline(never) private func forEachValue(
    of path: SoughtPath, inUnchanging record: UnsafeRawBufferPointer, name: Int? = nil, _ body: (FieldValue) -> Bool
  ) {
    var visit = FieldVisit(record, sought: path)
    visit.name = name
    let unit = lineFormats.unit(of: path)
    // A line may have fields in several grammars: one that stops the first must not meet the next.
    var goesOn = true
    func give(
      _: UnsafeRawBufferPointer, _: Range<Int>, value: Range<Int>, kind: FieldKind, encoding: FieldEncoding
    ) -> Bool {
      goesOn = goesOn && body(FieldValue(bytes: record.part(value), kind: kind, encoding: encoding, unit: unit))
      return goesOn
    }
    // In a JSON file an object needs no head to be known as one; finding the head costs as much as finding the field.
    if family == .json, JSONReading.begins(record) {
      _ = visit.json(JSONReading.object(of: record), give)
    } else {
      let line = record.part(0..<record.firstLineEnd)
      // A line of an access log is read once, not once to know it and once more for its fields.
      if family == .access, !line.isEmpty,
        let access = AccessReading(line.part(0..<min(line.count, FieldVisit.reach)))
      {
        visit.all(access, self, give)
        return
      }
      var head = LineHead()
      // Where the message of a text begins is known from stamp and level alone.
      if family == .text {
        head = self.head(habits.hasLevelBelow ? headBytes(record) : line)
      } else {
        head.family = family(ofLine: line)
        if head.family == .text, guessesFields { head = self.head(line) }
      }
      visit.all(head, self, give)
    }
  }

  /// What the message of a record is, as `parse(_:reference:)` gives it, without reading fields. The bytes must not change
  /// meanwhile.
  public func message(of record: UnsafeRawBufferPointer) -> (span: Range<Int>, encoding: FieldEncoding) {
    let part = record.part(0..<min(record.count, Self.reach))
    var (span, encoding) = RecordParsing.message(of: part, self)
    if part.count < record.count, span.upperBound == part.trimmedCount {
      span = span.lowerBound..<max(record.trimmedCount, part.count)
    }
    return (span, encoding)
  }

  /// Where the stamp of a record is written, as `parse(_:reference:)` gives it, without reading more; nil where there is none.
  public func stampSpan(of record: UnsafeRawBufferPointer) -> Range<Int>? {
    record.withCopy(atMost: Self.reach) { head(headBytes($0)).stampSpan }
  }

  /// Where the level of a record is written, as `parse(_:reference:)` gives it, without reading more; nil where it is not.
  public func levelSpan(of record: UnsafeRawBufferPointer) -> Range<Int>? {
    record.withCopy(atMost: Self.reach) { head(headBytes($0)).levelSpan }
  }
}
