/// Finds out from the beginning of a file whether it consists of rows, and how they are written.
struct ColumnsDetection {
  private let sample: UnsafeRawBufferPointer

  /// How many rows decide whether what looks like a header is one.
  private static let rows = 50

  init(_ sample: UnsafeRawBufferPointer) {
    var start = 0
    if sample.at(0) == 0xEF, sample.at(1) == 0xBB, sample.at(2) == 0xBF { start = 3 }
    self.sample = sample.part(start..<min(sample.count, FormatDetection.sampleSize))
  }

  /// The format of the file; nil if it is none of these.
  func format() -> ColumnsFormat? {
    guard let first = sample.first else { return nil }
    if first == UInt8(ascii: "#") { return zeek() ?? w3c() }
    return balancer() ?? postgres() ?? table(.csv, isForced: false) ?? table(.tsv, isForced: false)
  }

  /// The format of a file that is said to be of that kind; nil where it has nothing of it.
  func format(forced kind: ColumnsFormat.Kind) -> ColumnsFormat? {
    switch kind {
    case .csv, .tsv: table(kind, isForced: true)
    case .w3c: w3c()
    case .zeek: zeek()
    case .elb: balancer() ?? Self.balancer(Self.application)
    case .postgresCSV: Self.postgresFormat
    }
  }

  /// Calls `body` with each whole line of the sample, or the cut off one where there is no other, until it returns false.
  func forEachLine(_ body: (UnsafeRawBufferPointer) -> Bool) {
    var start = 0
    while start < sample.count {
      let newline = sample.firstIndex(of: 10, in: start..<sample.count)
      if newline == nil, start > 0, sample.count >= 60_000 { return }
      var end = newline ?? sample.count
      if end > start, sample[end - 1] == 13 { end -= 1 }
      if !body(sample.part(start..<end)) { return }
      start = (newline ?? sample.count) + 1
    }
  }

  private static func names(
    _ line: UnsafeRawBufferPointer, _ separator: UInt8, hasQuotes: Bool = false
  ) -> [[UInt8]] {
    var splitter = ColumnSplitter(line, separator: separator, hasQuotes: hasQuotes)
    var names: [[UInt8]] = []
    while let column = splitter.next(), names.count < 1000 { names.append(Array(line.part(column.range))) }
    return names
  }

  // MARK: Formats whose headers are comments

  /// Zeek's ASCII writer (`base/frameworks/logging/writers/ascii.zeek`).
  private func zeek() -> ColumnsFormat? {
    var separator: UInt8 = 9
    var layouts: [ColumnsFormat.Layout] = []
    forEachLine { line in
      if line.has("#separator \\x", at: 0), let high = line.at(13).hexadecimalValue,
        let low = line.at(14).hexadecimalValue
      {
        separator = high << 4 | low
      } else if line.has("#fields", at: 0), line.at(7) == separator {
        add(Self.names(line.part(8..<line.count), separator), to: &layouts)
      }
      return true
    }
    return layouts.isEmpty ? nil : ColumnsFormat(.zeek, separator: separator, hasQuotes: false, layouts: layouts)
  }

  /// W3C extended log file format (WD-logfile-960323), as IIS and CloudFront write it.
  private func w3c() -> ColumnsFormat? {
    var layouts: [ColumnsFormat.Layout] = []
    var day: [UInt8] = []
    var tabs = 0
    var blanks = 0
    forEachLine { line in
      if line.has("#Fields:", at: 0) {
        let list = line.part(line.skippingBlanks(8)..<line.count)
        let separator: UInt8 = list.contains(9) ? 9 : 32
        add(Self.names(list, separator).filter { !$0.isEmpty }, to: &layouts)
      } else if line.has("#Date:", at: 0), day.isEmpty {
        let start = line.skippingBlanks(6)
        day = Array(line.part(start..<min(start + 10, line.count)))
      } else if line.first != UInt8(ascii: "#"), !line.isEmpty {
        if line.contains(9) { tabs += 1 } else { blanks += 1 }
      }
      return true
    }
    guard let first = layouts.first else { return nil }
    // CloudFront names its columns with blanks between them and writes tabs.
    let separator: UInt8 = tabs > blanks ? 9 : 32
    let needsDay = first.date < 0 && first.time >= 0
    return ColumnsFormat(.w3c, separator: separator, hasQuotes: true, layouts: layouts, day: needsDay ? day : [])
  }

  private func add(_ names: [[UInt8]], to layouts: inout [ColumnsFormat.Layout]) {
    guard !names.isEmpty, layouts.count < ColumnsFormat.limit,
      !layouts.contains(where: { $0.columns.count == names.count })
    else { return }
    layouts.append(ColumnsFormat.Layout(names.map { ColumnsFormat.Column($0) }))
  }

  // MARK: Tables with a header line

  private func table(_ kind: ColumnsFormat.Kind, isForced: Bool) -> ColumnsFormat? {
    let separators: [UInt8] = kind == .tsv ? [9] : [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|")]
    let header = sample.part(0..<sample.firstLineEnd)
    let candidates = separators.map { ($0, Self.names(header, $0, hasQuotes: true)) }
    guard let (separator, names) = candidates.max(by: { $0.1.count < $1.1.count }), names.count >= 2 else { return nil }
    guard isForced || Self.areNames(names) else { return nil }
    var layout = ColumnsFormat.Layout(names.map { ColumnsFormat.Column($0) })
    guard isForced || names.count >= 3 || layout.time >= 0 else { return nil }
    let rows = self.rows(after: header.count + 1, separator)
    let fitting = rows.count { $0.count == names.count }
    guard isForced || fitting > 0 && fitting * 10 >= rows.count * 9 else { return nil }
    learnTime(&layout, rows.filter { $0.count == names.count })
    return ColumnsFormat(kind, separator: separator, hasQuotes: true, layouts: [layout])
  }

  /// Whether each is different and reads like a name, not like a value.
  private static func areNames(_ names: [[UInt8]]) -> Bool {
    guard Set(names).count == names.count else { return false }
    return names.allSatisfy { name in
      guard let first = name.first, name.count <= 64, first.isLetter || first == 95 || first == 64 else { return false }
      return name.allSatisfy {
        $0.isLetter || $0.isDigit || $0 >= 128 || " _.-@/()#%:[]$".utf8.contains($0)
      } && name.count { $0 == 32 } <= 4
    }
  }

  /// The first rows, each as its values.
  private func rows(after start: Int, _ separator: UInt8) -> [[[UInt8]]] {
    var rows: [[[UInt8]]] = []
    var start = start
    while start < sample.count, rows.count < Self.rows {
      var end = start + sample.part(start..<sample.count).firstLineEnd
      while end < sample.count, isOpen(start..<end, separator), end - start < 32_768 {
        end += 1 + sample.part(min(end + 1, sample.count)..<sample.count).firstLineEnd
      }
      // What the sample cuts off says nothing, unless it is all there is.
      if end >= sample.count, sample.count >= 60_000, !rows.isEmpty { break }
      let row = sample.part(start..<min(end, sample.count))
      if row.trimmedCount > 0 { rows.append(Self.names(row, separator, hasQuotes: true)) }
      start = end + 1
    }
    return rows
  }

  private func isOpen(_ range: Range<Int>, _ separator: UInt8) -> Bool {
    var splitter = ColumnSplitter(sample.part(range), separator: separator, hasQuotes: true)
    while splitter.next() != nil {}
    return splitter.isOpen
  }

  /// Holds the column of time to what it has; looks for another where it has none.
  private func learnTime(_ layout: inout ColumnsFormat.Layout, _ rows: [[[UInt8]]]) {
    func share(_ number: Int, weak: Bool) -> Bool {
      let hits = rows.count { row in
        row[number].withUnsafeBytes { bytes in
          guard bytes.count >= 4, bytes.count <= 48, let stamp = ColumnsReading.stamp(bytes, .customary) else {
            return false
          }
          return weak || StampForm.weak & stamp.form.bit == 0
        }
      }
      return hits > 0 && hits * 2 >= rows.count
    }
    if layout.date >= 0 {
      // A column that holds day and time needs no other.
      guard share(layout.date, weak: false) else { return }
      (layout.time, layout.date) = (layout.date, -1)
      return
    }
    if layout.time >= 0, share(layout.time, weak: true) { return }
    layout.time = layout.columns.indices.first { share($0, weak: false) } ?? -1
  }
}
