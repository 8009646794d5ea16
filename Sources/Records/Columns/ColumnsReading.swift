/// Reads rows of columns.
///
/// Whether a line begins a row is seen from the line alone, so that a file can be read from anywhere and a quote that is
/// never closed swallows no more than the lines up to the next row: where rows have a time, a line with a time in that
/// column is one; all others continue the row above, but for rows that lack the time and nothing else. Where rows have no
/// time, a line with more than half of the columns is one. Inside of a quoted value such a line would be taken for a row.
struct ColumnsReading {
  let row: UnsafeRawBufferPointer
  let format: ColumnsFormat
  let dateOrder: DateOrder

  /// What the columns of interest of one row are.
  private struct Survey {
    var count = 0
    var time: ColumnSplitter.Column?
    var date: ColumnSplitter.Column?
    var level: ColumnSplitter.Column?
    var status: ColumnSplitter.Column?
    var isOpen = false
    var hasStray = false
    var layout = 0
  }

  /// The head of the line; a line that is no row is `text`, and a record only if it is a comment or a header.
  func head() -> LineHead {
    var head = LineHead()
    guard let first = row.first else { return head }
    if format.hasComments, first == UInt8(ascii: "#") {
      head.isWhole = true
      return head
    }
    let survey = survey()
    let layout = format.layouts[survey.layout]
    let stamp = stamp(survey)
    guard isRow(survey, stamp?.stamp, layout) else {
      head.isWhole = isHeader(layout)
      return head
    }
    head.family = .columns
    head.isWhole = true
    (head.stamp, head.stampSpan) = (stamp?.stamp, stamp?.span)
    if let level = survey.level, !level.range.isEmpty {
      head.level = LevelValue.read(row, level.range, scale: layout.scale)
      if head.level != nil { head.levelSpan = level.range }
    }
    if head.level == nil, let status = survey.status, let code = statusCode(status.range) {
      head.level = LevelNames.level(status: code)
    }
    return head
  }

  // MARK: Rows

  private func survey() -> Survey {
    var survey = Survey()
    if format.layouts.count > 1 {
      var splitter = ColumnSplitter(row, format)
      var count = 0
      while splitter.next() != nil { count &+= 1 }
      survey.layout = format.layout(of: count)
    }
    let layout = format.layouts[survey.layout]
    let (time, date, level, status) = (layout.time, layout.date, layout.level, layout.status)
    var splitter = ColumnSplitter(row, format)
    while let column = splitter.next() {
      if survey.count == time { survey.time = column }
      if survey.count == date { survey.date = column }
      if survey.count == level { survey.level = column }
      if survey.count == status { survey.status = column }
      survey.count &+= 1
    }
    (survey.isOpen, survey.hasStray) = (splitter.isOpen, splitter.hasStray)
    return survey
  }

  private func isRow(_ survey: Survey, _ stamp: WrittenStamp?, _ layout: ColumnsFormat.Layout) -> Bool {
    let expected = layout.columns.count
    let isExact = survey.count == expected && !survey.isOpen
    if let stamp {
      let isWeak = StampForm.weak & stamp.form.bit != 0
      return isExact || survey.isOpen && survey.count > layout.time + (isWeak ? 1 : 0)
        || !isWeak && survey.count * 2 > expected
    }
    if layout.time >= 0 { return isExact && !survey.hasStray && expected >= 4 && !isHeader(layout) }
    if survey.hasStray || closesQuote || isHeader(layout) { return false }
    if isExact { return true }
    // A line that begins with a quote and a separator ends a value that ended with a newline.
    if survey.isOpen { return row[0] != UInt8(ascii: "\"") || row.at(1) != format.separator }
    return survey.count * 2 > expected && survey.count > 1
  }

  /// Whether the first column begins without a quote and holds one, as where a quoted value ends.
  private var closesQuote: Bool {
    guard format.hasQuotes, row[0] != UInt8(ascii: "\"") else { return false }
    var index = 0
    while index < row.count, row[index] != format.separator {
      if row[index] == UInt8(ascii: "\"") { return true }
      index += 1
    }
    return false
  }

  /// Whether the line repeats the names of the columns, as where files were joined.
  private func isHeader(_ layout: ColumnsFormat.Layout) -> Bool {
    guard let first = layout.columns.first?.name, let last = layout.columns.last?.name,
      row.count >= first.count + last.count
    else { return false }
    var splitter = ColumnSplitter(row, format)
    for column in layout.columns {
      guard let found = splitter.next(), row.part(found.range).elementsEqual(column.name) else { return false }
    }
    return splitter.next() == nil
  }

  // MARK: Time

  private func stamp(_ survey: Survey) -> (stamp: WrittenStamp, span: Range<Int>)? {
    guard let time = survey.time?.range, time.count >= 4, time.count <= 48 else { return nil }
    var stamp: WrittenStamp?
    if let date = survey.date?.range {
      guard date.count <= 16, !date.isEmpty else { return nil }
      stamp = joined(row.part(date), row.part(time))
    } else if !format.day.isEmpty {
      stamp = format.day.withUnsafeBytes { joined($0, row.part(time)) }
    } else {
      stamp = Self.stamp(row.part(time), dateOrder)
    }
    guard var stamp else { return nil }
    // Both say that their times are UTC.
    if format.kind == .w3c, stamp.offset == nil, stamp.instant == nil { stamp.offset = 0 }
    var span = time
    if let date = survey.date?.range, date.upperBound < time.lowerBound, time.lowerBound - date.upperBound <= 3 {
      span = date.lowerBound..<time.upperBound
    }
    return (stamp, span)
  }

  /// The stamp that fills `bytes`, perhaps with a zone's name after it.
  static func stamp(_ bytes: UnsafeRawBufferPointer, _ dateOrder: DateOrder) -> WrittenStamp? {
    var grammar = StampGrammar(bytes, dateOrder: dateOrder)
    guard let stamp = grammar.stamp(at: 0), stamp.end <= bytes.count else { return nil }
    if stamp.end == bytes.count { return stamp }
    return bytes[stamp.end] == 32 && bytes.count - stamp.end <= 6 ? stamp : nil
  }

  private func joined(_ date: UnsafeRawBufferPointer, _ time: UnsafeRawBufferPointer) -> WrittenStamp? {
    withUnsafeTemporaryAllocation(byteCount: 80, alignment: 1) { block in
      // SAFETY: a day has at most 16 bytes and a time 48, with a blank between them: 65 of 80.
      guard date.count <= 16, time.count <= 48 else { return nil }
      block.copyMemory(from: date)
      block[date.count] = 32
      UnsafeMutableRawBufferPointer(rebasing: block[(date.count + 1)...]).copyMemory(from: time)
      let both = UnsafeRawBufferPointer(rebasing: block[..<(date.count + 1 + time.count)])
      return Self.stamp(both, dateOrder)
    }
  }

  private func statusCode(_ range: Range<Int>) -> Int? {
    guard range.count == 3, (49...53).contains(row[range.lowerBound]), row[range.lowerBound + 1].isDigit,
      row[range.lowerBound + 2].isDigit
    else { return nil }
    return Int(row[range.lowerBound] &- 48) * 100
  }

  // MARK: Values

  /// Lends the columns of the whole record, `row` being that, until the body returns false.
  func forEachColumn(_ body: (ColumnsFormat.Column, ColumnSplitter.Column) -> Bool) {
    let part = row.part(0..<min(row.count, FieldVisit.reach))
    var number = 0
    if format.layouts.count > 1 {
      var splitter = ColumnSplitter(part, format)
      while splitter.next() != nil { number += 1 }
    }
    let columns = format.layouts[format.layout(of: number)].columns
    var splitter = ColumnSplitter(part, format)
    for column in columns {
      guard let value = splitter.next() else { return }
      if isAbsent(part.part(value.range)) { continue }
      if !body(column, value) { return }
    }
  }

  private func isAbsent(_ value: UnsafeRawBufferPointer) -> Bool {
    switch value.count {
    case 0: true
    case 1: value[0] == UInt8(ascii: "-")
    case 7: format.kind == .zeek && value.has("(empty)", at: 0)
    default: false
    }
  }

  /// The column that is called a message; else all that follows a time at the margin.
  func message(after stampSpan: Range<Int>?, end: Int) -> (Range<Int>, FieldEncoding) {
    var found: ColumnSplitter.Column?
    if let layout = format.layouts.first, layout.message >= 0 {
      let name = layout.columns[layout.message].name
      forEachColumn { column, value in
        if column.name == name { found = value }
        return found == nil
      }
    }
    if let found { return (found.range, found.hasDoubledQuotes ? .doubled : .plain) }
    guard let stampSpan, stampSpan.lowerBound <= 1 else { return (0..<end, .plain) }
    var start = stampSpan.upperBound
    if row.at(start) == UInt8(ascii: "\"") { start += 1 }
    if row.at(start) == format.separator { start += 1 }
    return (min(start, end)..<end, .plain)
  }
}

extension FieldVisit {
  /// The columns of a row.
  ///
  /// Names are those of the header, also where the general vocabulary has a word for the same: a second name for each value
  /// would list everything twice, and who wrote the header knows its names.
  mutating func columns(_ reading: ColumnsReading, _ body: Body) {
    var visit = self
    reading.forEachColumn { visit.column($0, $1, body) }
    self = visit
  }

  private mutating func column(_ column: ColumnsFormat.Column, _ value: ColumnSplitter.Column, _ body: Body) -> Bool {
    switch column.part {
    case .value: break
    case .time: return true
    case .client: return client(value.range, body)
    case .request: return request(value.range, body)
    }
    let bytes = record.part(value.range)
    let kind = FieldKinds.word(bytes)
    return column.name.withUnsafeBytes {
      give($0, 0..<0, value.range, kind, value.hasDoubledQuotes ? .doubled : .plain, body)
    }
  }

  /// `192.0.2.1:55309`, `[2001:db8::1]:55309`, `192.0.2.1`, `[local]`.
  private mutating func client(_ range: Range<Int>, _ body: Body) -> Bool {
    var address = range
    var port: Range<Int>?
    var digits = range.upperBound
    while digits > range.lowerBound, record[digits - 1].isDigit { digits -= 1 }
    if digits < range.upperBound, digits > range.lowerBound + 1, record[digits - 1] == UInt8(ascii: ":") {
      (address, port) = (range.lowerBound..<digits - 1, digits..<range.upperBound)
    }
    if address.count > 2, record[address.lowerBound] == UInt8(ascii: "["),
      record[address.upperBound - 1] == UInt8(ascii: "]")
    {
      address = address.lowerBound + 1..<address.upperBound - 1
    }
    return give("client", address, .address, body) && give("client_port", port, .number, body)
  }
}
