import Quantities

/// One entry of the systemd journal over many lines of text.
///
///     Fri 2026-01-02 03:04:05.678901 UTC [s=0a1b;i=1;...]     journalctl -o verbose
///         PRIORITY=6
///         MESSAGE=first line
///                 second line
///
///     __CURSOR=s=0a1b;i=1                                     journalctl -o export
///     __REALTIME_TIMESTAMP=1767323045678901
///     MESSAGE                                                 a value with newlines or other control signs:
///     <8 bytes: its length, lowest first><the value>          systemd.io, Journal Export Formats
///
/// Sources: systemd, src/shared/logs-show.c; systemd.io/JOURNAL_EXPORT_FORMATS.
struct JournalReading {
  enum Form: CaseIterable, Sendable {
    case verbose
    case export
    /// An export whose entries begin with their time, as programs other than journalctl write it.
    case exportByTime

    var name: String { self == .verbose ? "journal-verbose" : "journal-export" }

    /// One sentence for `--list-formats`.
    var summary: String {
      switch self {
      case .verbose: "the systemd journal as journalctl -o verbose prints it"
      case .export, .exportByTime: "the systemd journal as journalctl -o export prints it"
      }
    }
  }

  /// One field of an entry.
  struct Member {
    var name: Range<Int>
    var value: Range<Int>
  }

  let entry: UnsafeRawBufferPointer
  let form: Form
  /// Where the next field is looked for.
  private var index: Int

  /// Reads the entry that `bytes` begin with, which may hold more than that; nil if none begins there.
  init?(_ bytes: UnsafeRawBufferPointer, _ form: Form) {
    guard Self.begins(bytes.part(0..<bytes.firstLineEnd), form) else { return nil }
    self.form = form
    entry = bytes
    index = form == .verbose ? bytes.firstLineEnd + 1 : 0
  }

  /// Whether `line` is the first of an entry, whatever stands above it.
  ///
  /// Each entry of an export begins with its cursor, or else its time, which is how a binary value that holds an empty
  /// line does no harm.
  static func begins(_ line: UnsafeRawBufferPointer, _ form: Form) -> Bool {
    switch form {
    case .export: return line.has("__CURSOR=", at: 0)
    case .exportByTime: return line.has("__REALTIME_TIMESTAMP=", at: 0)
    case .verbose:
      guard let first = line.first, first.isLetter, line.last == UInt8(ascii: "]") else { return false }
      return stamp(line).map { line.has(" [s=", at: $0.end) } ?? false
    }
  }

  /// The time that an entry of the verbose form begins with.
  static func stamp(_ line: UnsafeRawBufferPointer) -> WrittenStamp? {
    var grammar = StampGrammar(line)
    return grammar.stamp(at: 0)
  }

  /// In which form a file is written that begins with these lines; nil if in neither.
  static func form(of lines: [UnsafeRawBufferPointer]) -> Form? {
    let sample = lines.prefix(100)
    if sample.contains(where: { begins($0, .exportByTime) }), let first = sample.first {
      if begins(first, .exportByTime) { return .exportByTime }
      if sample.contains(where: { begins($0, .export) }) { return .export }
    }
    // A line about a boot may stand between entries.
    return sample.count { begins($0, .verbose) } * 2 > sample.count ? .verbose : nil
  }

  /// The next field; nil at the end of the entry.
  mutating func next() -> Member? {
    while index < entry.count {
      let line = index..<lineEnd(from: index)
      switch form {
      case .verbose:
        guard line.isEmpty || entry[line.lowerBound] == 32 else { return nil }
        index = line.upperBound + 1
        if let member = indented(line) { return member }
      case .export, .exportByTime:
        guard !line.isEmpty else { return nil }
        index = line.upperBound + 1
        if let equals = entry.firstIndex(of: UInt8(ascii: "="), in: line) {
          return Member(name: line.lowerBound..<equals, value: equals + 1..<line.upperBound)
        }
        return binary(line)
      }
    }
    return nil
  }

  /// Where the entry ends, without the newline after it; nil if that is not among the bytes.
  static func end(of bytes: UnsafeRawBufferPointer, _ form: Form) -> Int? {
    guard var reading = JournalReading(bytes, form) else { return bytes.firstLineEnd }
    while reading.next() != nil {}
    return reading.index < bytes.count ? max(reading.index - 1, 0) : nil
  }

  private func lineEnd(from start: Int) -> Int { entry.firstIndex(of: 10, in: start..<entry.count) ?? entry.count }

  /// `    NAME=value`, and the further lines of the value, which are indented deeper.
  private mutating func indented(_ line: Range<Int>) -> Member? {
    let start = entry.skippingBlanks(line.lowerBound)
    guard start < line.upperBound, let equals = entry.firstIndex(of: UInt8(ascii: "="), in: start..<line.upperBound),
      Self.isName(entry.part(start..<equals))
    else { return nil }
    let depth = start - line.lowerBound
    var end = line.upperBound
    while index < entry.count {
      let first = entry.skippingBlanks(index)
      guard first - index > depth, first < entry.count else { break }
      end = lineEnd(from: index)
      index = end + 1
    }
    return Member(name: start..<equals, value: equals + 1..<end)
  }

  /// A name alone on its line: eight bytes of length follow, and so many bytes.
  private mutating func binary(_ line: Range<Int>) -> Member? {
    guard index + 8 <= entry.count else {
      index = entry.count
      return nil
    }
    var count: UInt64 = 0
    for offset in 0..<8 { count |= UInt64(entry[index + offset]) &<< UInt64(8 * offset) }
    let start = index + 8
    let room = entry.count - start
    let isExact = count < UInt64(room) ? entry[start + Int(count)] == 10 : count == UInt64(room)
    let end = isExact ? start + Int(count) : valueEnd(from: start)
    index = min(end + 1, entry.count)
    return Member(name: line, value: start..<end)
  }

  /// Where a value ends whose length is wrong, since the text was changed on its way (colours taken out, newlines
  /// converted) or cut: before the next line that is empty or a field.
  private func valueEnd(from start: Int) -> Int {
    var end = lineEnd(from: start)
    while end < entry.count {
      let next = end + 1..<lineEnd(from: end + 1)
      let name = next.lowerBound..<(entry.firstIndex(of: UInt8(ascii: "="), in: next) ?? next.upperBound)
      if next.isEmpty || Self.isName(entry.part(name)) { return end }
      end = next.upperBound
    }
    return end
  }

  /// Names of the journal are in capitals, with digits and `_`.
  private static func isName(_ name: UnsafeRawBufferPointer) -> Bool {
    !name.isEmpty && name.allSatisfy { $0 &- 65 < 26 || $0.isDigit || $0 == 95 }
  }
}

extension JournalReading {
  /// Time and level.
  func head() -> LineHead {
    var head = LineHead()
    head.family = .journal
    head.isWhole = true
    if form == .verbose, let stamp = Self.stamp(entry.part(0..<entry.firstLineEnd)) {
      (head.stamp, head.stampSpan) = (stamp, 0..<stamp.end)
    }
    var members = self
    while let member = members.next() {
      let name = entry.part(member.name)
      if form != .verbose, name.elementsEqual("__REALTIME_TIMESTAMP".utf8) {
        head.stamp = StampValue.read(entry, member.value, dateOrder: .customary)
        head.stampSpan = head.stamp == nil ? nil : member.value
      } else if name.elementsEqual("PRIORITY".utf8), member.value.count == 1 {
        head.level = LevelNames.level(syslog: Int(entry[member.value.lowerBound]) - 48)
        head.levelSpan = head.level == nil ? nil : member.value
      }
    }
    return head
  }

  /// Where the message lies.
  func message() -> Range<Int>? {
    var members = self
    while let member = members.next() {
      if entry.part(member.name).elementsEqual("MESSAGE".utf8) { return member.value }
    }
    return nil
  }
}

extension FieldVisit {
  /// The fields of an entry of the journal.
  mutating func journal(_ form: JournalReading.Form, _ body: Body) {
    guard var members = JournalReading(record.part(0..<min(record.count, Self.reach)), form) else { return }
    while let member = members.next() {
      let value = record.part(member.value)
      // What has more digits is a name for something, such as a machine's.
      let kind = value.count < 19 ? FieldKinds.word(value) : FieldKinds.text(value)
      if !give(member.name, member.value, kind, .plain, body) { return }
    }
  }
}
