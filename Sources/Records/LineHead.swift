import Quantities

/// What the first line of a record says about it, before zones and years are settled.
struct LineHead {
  /// The grammar that fitted the line.
  var family = Family.text
  var stamp: WrittenStamp?
  var stampSpan: Range<Int>?
  var level: Level?
  var levelSpan: Range<Int>?
  /// Whether the line is a whole record of a structured grammar, so that it is one even without a stamp.
  var isWhole = false
}

extension RecordReader {
  /// Reads a line with the file's grammar, and where that does not fit with those that lines of any file may have.
  func head(_ line: UnsafeRawBufferPointer) -> LineHead {
    if line.isEmpty { return LineHead() }
    switch family {
    case .json: break
    case .access: if let access = AccessReading(line) { return access.head() }
    case .syslog: if let syslog = SyslogReading(line, stamps: habits.stamps) { return syslog.head() }
    case .logfmt: if let head = LogfmtReading(line, habits: habits).head(), head.isWhole { return head }
    case .columns:
      if let columns = columns(line) {
        let head = columns.head()
        // Where no row can go on, a line that is none is a record of another format.
        if head.isWhole || columns.format.kind.hasLongRows || line[0].isSpace { return head }
        var text = TextReading(line, habits: habits).head()
        text.isWhole = true
        return text
      }
    case .xml: if let form = habits.xml, let element = XMLReading(line, form) { return element.head() }
    case .journal: if let entry = journal(line) { return entry.head() }
    case .custom: if let head = customHead(line) { return head }
    case .text: break
    }
    if JSONReading.begins(line), let head = JSONReading(line, habits: habits).head(),
      family == .json || head.stamp != nil || head.level != nil
    {
      return head
    }
    let text = TextReading(line, habits: habits).head()
    // A line of an access log has a stamp of that one form; any other stamp says that it is none.
    if family != .access, text.stamp == nil || text.stamp?.form == .dayMonthName,
      let access = AccessReading(line, reach: 160)
    {
      return access.head()
    }
    return text
  }

  /// How the row or the record is read, in a file of rows.
  func columns(_ row: UnsafeRawBufferPointer) -> ColumnsReading? {
    habits.columns.map { ColumnsReading(row: row, format: $0, dateOrder: habits.stamps.dateOrder) }
  }

  /// How the record is read that begins `entry`, in a file of the journal.
  func journal(_ entry: UnsafeRawBufferPointer) -> JournalReading? {
    habits.journal.flatMap { JournalReading(entry, $0) }
  }

  /// The grammar that `head(_:)` reads the line with, mostly without reading stamp and level.
  func family(ofLine line: UnsafeRawBufferPointer) -> Family {
    switch family {
    case _ where line.isEmpty: return .text
    case .access: if AccessReading(line) != nil { return .access }
    case .syslog: if SyslogReading(line, stamps: habits.stamps) != nil { return .syslog }
    case .logfmt: if let head = LogfmtReading(line, habits: habits).head(), head.isWhole { return .logfmt }
    case .columns: if let columns = columns(line) { return columns.head().family }
    case .xml: if habits.xml?.start(in: line.part(0..<min(line.count, XMLReading.margin))) != nil { return .xml }
    case .journal: if journal(line) != nil { return .journal }
    case .custom: if lineFormats.match(line, dateOrder: habits.stamps.dateOrder) != nil { return .custom }
    case .json, .text: break
    }
    if JSONReading.begins(line) { return family == .json ? .json : head(line).family }
    // Only a line that can be read as one of an access log needs its stamp to decide.
    return family != .access && AccessReading(line, reach: 160) != nil ? head(line).family : .text
  }

  /// The stamp that `head(_:)` gives, without looking for a level where that is not needed.
  func stamp(_ line: UnsafeRawBufferPointer) -> WrittenStamp? {
    switch family {
    case .text where !JSONReading.begins(line):
      if let (stamp, start) = habits.stamps.find(line), stamp.form != .dayMonthName,
        !TextReading.isInObject(line, start)
      {
        return stamp
      }
    case .json where JSONReading.begins(line):
      if let stamp = JSONReading(line, habits: habits).learnedStamp() { return stamp }
    default: break
    }
    return head(line).stamp
  }
}
