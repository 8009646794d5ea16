/// Cuts a row into its columns.
///
/// A quote counts only at the beginning of a column; inside, two of them stand for one (RFC 4180, section 2).
struct ColumnSplitter {
  /// Where a value lies, without its quotes.
  struct Column {
    var start: Int
    var end: Int
    var isQuoted = false
    var hasDoubledQuotes = false

    var range: Range<Int> { start..<end }
  }

  private let row: UnsafeRawBufferPointer
  private let separator: UInt8
  private let hasQuotes: Bool
  private let end: Int
  private var index = 0
  private var isDone = false
  /// Whether the last column's quote is not closed.
  private(set) var isOpen = false
  /// Whether something stood between a closing quote and the next separator.
  private(set) var hasStray = false

  init(_ row: UnsafeRawBufferPointer, _ format: ColumnsFormat) {
    self.init(row, separator: format.separator, hasQuotes: format.hasQuotes)
  }

  init(_ row: UnsafeRawBufferPointer, separator: UInt8, hasQuotes: Bool) {
    self.row = row
    self.separator = separator
    self.hasQuotes = hasQuotes
    var end = row.count
    while end > 0, row[end - 1] == 13 || row[end - 1] == 10 || row[end - 1] == 32 && separator == 32 { end -= 1 }
    self.end = end
  }

  /// The next column; nil after the last one. A row has at least one.
  @inline(__always) mutating func next() -> Column? {
    if isDone { return nil }
    if hasQuotes, index < end, row[index] == UInt8(ascii: "\"") { return quoted() }
    let start = index
    while index < end, row[index] != separator { index &+= 1 }
    defer { step() }
    return Column(start: start, end: index)
  }

  @inline(__always) private mutating func step() {
    if index < end { index &+= 1 } else { isDone = true }
  }

  private mutating func quoted() -> Column {
    var column = Column(start: index &+ 1, end: end, isQuoted: true)
    isOpen = true
    index &+= 1
    while index < end {
      guard row[index] == UInt8(ascii: "\"") else {
        index &+= 1
        continue
      }
      if index &+ 1 < end, row[index &+ 1] == UInt8(ascii: "\"") {
        column.hasDoubledQuotes = true
        index &+= 2
        continue
      }
      column.end = index
      isOpen = false
      index &+= 1
      break
    }
    index = min(index, end)
    if index < end, row[index] != separator {
      hasStray = true
      while index < end, row[index] != separator { index &+= 1 }
    }
    step()
    return column
  }
}
