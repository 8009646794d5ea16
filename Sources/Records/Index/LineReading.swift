import Quantities

/// Reads lines one after the other with one reader; holds what is worth keeping from line to line.
struct LineReading {
  let reader: RecordReader
  var resolver: StampResolver
  var fast = FastPaths()

  init(reader: RecordReader, reference: Timestamp) {
    self.reader = reader
    resolver = StampResolver(options: reader.options, reference: reference)
    fast.template = reader.habits.template
    fast.offset = reader.habits.templateOffset
    if reader.habits.hasNumberLevel || reader.habits.hasLevelBelow {
      // Fast paths know names of levels on first lines only.
      fast.template = StampTemplate()
      fast.lessons = 0
    }
  }

  /// The instant of a head's stamp.
  mutating func instant(_ head: LineHead) -> Timestamp? { head.stamp.map { resolver.instant($0) } }

  /// Whether a record starts on `line`, with which level and time; `state` is carried over continuation lines.
  ///
  /// `readable` bytes may be read from the line's start on.
  mutating func mark(_ line: UnsafeRawBufferPointer, readable: Int, state: inout ScanState) -> LineMark {
    if state.rawValue & ScanState.stamped == 0, let mark = fastMark(line, readable: readable) {
      state.rawValue = 0
      return LineMark(stamp: Timestamp(nanoseconds: mark.nanoseconds), code: mark.code)
    }
    return generalMark(line, readable: readable, state: &state)
  }

  /// What the fast path of the family finds.
  private mutating func fastMark(_ line: UnsafeRawBufferPointer, readable: Int) -> FastMark? {
    switch reader.family {
    case .text: TextPath.mark(line, readable: readable, &self)
    case .access: AccessPath.mark(line, readable: readable, &self)
    case .json where reader.habits.levels != nil: nil
    case .json: JSONPath.mark(line, readable: readable, &self)
    case .syslog: SyslogPath.mark(line, readable: readable, &self)
    case .logfmt: LogfmtPath.mark(line, readable: readable, &self)
    case .columns, .custom, .journal, .xml: nil
    }
  }

  /// The same without fast paths; the truth that they are tested against.
  mutating func generalMark(
    _ line: UnsafeRawBufferPointer, readable: Int, state: inout ScanState
  ) -> LineMark {
    if state.parts > 0, Self.continuesParts(line, &state, reader.habits.stamps) {
      return LineMark(stamp: nil, code: .continuation)
    }
    if reader.family == .columns { return rowMark(line, &state) }
    if reader.family == .xml { return elementMark(line, readable: readable, &state) }
    if reader.family == .journal { return entryMark(line, readable: readable, &state) }
    if mustContinue(line) {
      follow(line, &state)
      return LineMark(stamp: nil, code: .continuation)
    }
    let head = reader.head(headBytes(line, readable: readable))
    if let stamp = head.stamp {
      state.rawValue = 0
      if reader.habits.isContainer, ContainerLine.isPartial(line, after: stamp.end) { state.parts = 1 }
      learn(head, line)
      return LineMark(stamp: resolver.instant(stamp), code: LineCode(start: head.level))
    }
    if continues(line, head, state) {
      follow(line, &state)
      return LineMark(stamp: nil, code: .continuation)
    }
    state = ScanState(stampsDecide ? .none : ScanState.opened(by: line) ?? .none)
    return LineMark(stamp: nil, code: LineCode(start: head.level))
  }

  /// Whether the line is the next part of a container's line; the state says what follows it.
  private static func continuesParts(
    _ line: UnsafeRawBufferPointer, _ state: inout ScanState, _ stamps: StampFinder
  ) -> Bool {
    let count = state.parts
    state.parts = 0
    guard count < ScanState.partLimit, let (stamp, start) = stamps.find(line), start == 0,
      ContainerLine.payload(line, after: stamp.end) != nil
    else { return false }
    if ContainerLine.isPartial(line, after: stamp.end) { state.parts = count + 1 }
    return true
  }

  /// In a file of rows each line says by itself whether it begins one.
  private mutating func rowMark(_ line: UnsafeRawBufferPointer, _ state: inout ScanState) -> LineMark {
    let head = reader.head(line)
    state = ScanState()
    guard head.isWhole else { return LineMark(stamp: nil, code: .continuation) }
    return LineMark(stamp: instant(head), code: LineCode(start: head.level))
  }

  /// In the journal, too; what journalctl says between entries (`-- Boot ... --`) is a record without a time.
  private mutating func entryMark(
    _ line: UnsafeRawBufferPointer, readable: Int, _ state: inout ScanState
  ) -> LineMark {
    state = ScanState()
    guard let form = reader.habits.journal, JournalReading.begins(line, form) || line.has("-- ", at: 0) else {
      return LineMark(stamp: nil, code: .continuation)
    }
    let head = reader.head(headBytes(line, readable: readable))
    return LineMark(stamp: instant(head), code: LineCode(start: head.level))
  }

  /// And in files of XML: what stands between records belongs to the one above it.
  private mutating func elementMark(
    _ line: UnsafeRawBufferPointer, readable: Int, _ state: inout ScanState
  ) -> LineMark {
    state = ScanState()
    guard reader.habits.xml?.start(in: line.part(0..<min(line.count, XMLReading.margin))) != nil else {
      return LineMark(stamp: nil, code: .continuation)
    }
    let head = reader.head(headBytes(line, readable: readable))
    return LineMark(stamp: instant(head), code: LineCode(start: head.level))
  }

  /// The first line of a file begins a record, also where it looks like the middle of one.
  mutating func firstMark(_ line: UnsafeRawBufferPointer, readable: Int) -> LineMark {
    let head = reader.head(headBytes(line, readable: readable))
    return LineMark(stamp: instant(head), code: LineCode(start: head.level))
  }

  /// What the head of a record that begins with `line` is read from; `readable` bytes of the file are there.
  @inline(__always) private func headBytes(_ line: UnsafeRawBufferPointer, readable: Int) -> UnsafeRawBufferPointer {
    guard reader.habits.hasBlocks, readable > line.count else { return line }
    // SAFETY: the caller's promise.
    let bytes = UnsafeRawBufferPointer(start: line.baseAddress, count: readable)
    return reader.headBytes(bytes, lineEnd: line.count)
  }

  /// Lines that continue whatever they hold: empty ones, and indented ones where records stand at the margin.
  @inline(__always) private func mustContinue(_ line: UnsafeRawBufferPointer) -> Bool {
    guard let first = line.first else { return true }
    return (first == 32 || first == 9) && !reader.habits.isIndented && !isObject(line)
  }

  /// Whether the line begins an object of the array that the file is.
  @inline(__always) private func isObject(_ line: UnsafeRawBufferPointer) -> Bool {
    let indent = reader.habits.objectIndent
    return indent > 0 && line.at(indent) == UInt8(ascii: "{") && line.skippingBlanks(0) == indent
  }

  @inline(__always) private func continues(_ line: UnsafeRawBufferPointer, _ head: LineHead, _ state: ScanState) -> Bool
  {
    if head.isWhole { return false }
    if stampsDecide {
      return reader.family != .text || reader.habits.hasLevelBelow
        || !MarginShape.isPythonDefault(line) && !MarginShape.isTemplate(line)
    }
    if reader.habits.beginsWithLevel { return !MarginShape.isPythonDefault(line) }
    switch state.construct {
    case .none: break
    case .traceback, .message, .source: return true
    case .goroutine: if Continuation.isGoFrame(line) { return true }
    }
    if Continuation.hasShape(line) { return true }
    switch reader.family {
    case .text, .syslog, .custom: return false
    case .json: return line[0] == UInt8(ascii: "\"") && line.contains("\":", within: 256)
    case .access, .logfmt, .columns, .journal, .xml: return false
    }
  }

  /// Whether whatever has no stamp continues, so that it makes no difference what it is.
  @inline(__always) private var stampsDecide: Bool {
    guard reader.habits.hasStamps else { return false }
    switch reader.family {
    case .text, .syslog, .custom: return true
    case .json, .access, .logfmt, .columns, .journal, .xml: return false
    }
  }

  /// Keeps track of traces: indented lines stay inside, a line at the margin ends most of them.
  @inline(__always) private func follow(_ line: UnsafeRawBufferPointer, _ state: inout ScanState) {
    if stampsDecide { return }
    if let opened = ScanState.opened(by: line) {
      state.construct = opened
    } else if state.construct != .none, !Self.staysInside(line, state.construct) {
      state.construct = state.construct == .source ? .traceback : .none
    }
  }

  /// Whether what `line` is part of goes on after it.
  private static func staysInside(_ line: UnsafeRawBufferPointer, _ construct: ScanState.Construct) -> Bool {
    if construct == .source || construct == .message { return false }
    guard let first = line.first, first != 32, first != 9, first != 13 else { return true }
    if construct == .goroutine { return Continuation.isGoFrame(line) }
    return first == UInt8(ascii: "^") || first == UInt8(ascii: "~") || Continuation.isBox(line)
  }
}
