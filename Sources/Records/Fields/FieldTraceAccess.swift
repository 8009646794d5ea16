// Fields that lines of access logs give by their place.

extension FieldTrace {
  /// Calls `body` with an offset in each line of `bytes[range]`, once a line and in order, that may be one of an access log and
  /// give its record the field by its place. The range is a whole number of lines.
  public func forEachImplied(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>, _ body: (Int) -> Void) {
    let finder = BytePairFinder(beforeDigit: UInt8(ascii: "["))
    finder.forEach(in: bytes, range.lowerBound..<max(range.lowerBound, range.upperBound &- 1), reach: range.upperBound)
    {
      position in
      if isAccessStamp(bytes, position, range.upperBound), mayPass(bytes, stampAt: position, range.upperBound) {
        body(position)
      }
      return position &+ 1
    }
  }

  /// `[02/Jan`: a day, a separator and a letter.
  private func isAccessStamp(_ bytes: UnsafeRawBufferPointer, _ position: Int, _ limit: Int) -> Bool {
    var index = position &+ 2
    if index < limit, bytes[index].isDigit { index &+= 1 }
    return index &+ 1 < limit && bytes[position &+ 1].isDigit && !bytes[index].isDigit && bytes[index &+ 1].isLetter
  }

  private func mayPass(_ bytes: UnsafeRawBufferPointer, stampAt start: Int, _ limit: Int) -> Bool {
    guard let numbers, accessParts.isSubset(of: [.status, .bytes]) else { return true }
    var index = start &+ 1
    let reach = min(limit, start &+ 64)
    while index < reach, bytes[index] != UInt8(ascii: "]") {
      if bytes[index] == UInt8(ascii: "\"") { return true }
      index &+= 1
    }
    index = skippingBlanks(bytes, index &+ 1, limit)
    guard index < limit, bytes[index] == UInt8(ascii: "\"") else { return true }
    guard let quote = closingQuote(bytes, index &+ 1, limit) else { return true }
    index = skippingBlanks(bytes, quote &+ 1, limit)
    // The status has three digits and a blank behind it.
    guard index &+ 3 < limit, bytes[index] >= 49, bytes[index] <= 53, bytes[index &+ 1].isDigit,
      bytes[index &+ 2].isDigit, bytes[index &+ 3] == 32
    else { return true }
    if accessParts == .status { return WrittenNumber(bytes, index, index &+ 3).mayLie(in: numbers) }
    index = skippingBlanks(bytes, index &+ 3, limit)
    let number = WrittenNumber(bytes, index, limit)
    guard number.isPlain, number.end < limit, bytes[number.end].isSpace else { return true }
    return number.mayLie(in: numbers)
  }

  private func skippingBlanks(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) -> Int {
    var index = start
    while index < limit, bytes[index] == 32 || bytes[index] == 9 { index &+= 1 }
    return index
  }

  /// The quote that ends what begins at `start`, past `\"`; nil where the line ends before.
  private func closingQuote(_ bytes: UnsafeRawBufferPointer, _ start: Int, _ limit: Int) -> Int? {
    var index = start
    while index < limit {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\"") { return index }
      if byte == 10 { return nil }
      index &+= byte == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }
}
