/// Decides what a chunk with digits, slashes or `@` is, from its bytes.
struct ChunkReading {
  private let text: UnsafeRawBufferPointer
  private var range: Range<Int>
  private let seen: UInt8

  init(_ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ seen: UInt8) {
    self.text = text
    self.range = range
    self.seen = seen
  }

  /// Writes what it comes to.
  mutating func write(_ writer: inout MaskWriter, _ table: UnsafeBufferPointer<UInt8>) {
    // Signs at the end belong to the sentence.
    let end = range.upperBound
    while range.count > 1, isClosing(text[range.upperBound - 1]) { range = range.lowerBound..<range.upperBound - 1 }
    if let kind = whole(table) { writer.mask(kind) } else { writePieces(&writer, table) }
    writer.copy(range.upperBound..<end)
  }

  private func isClosing(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: ".") || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-")
  }

  /// What the chunk is as a whole; nil if it is looked at piece by piece.
  private func whole(_ table: UnsafeBufferPointer<UInt8>) -> MaskKind? {
    let first = text[range.lowerBound]
    // `/10.0.0.1:80` is how Java writes an address.
    if first == UInt8(ascii: "/"), range.count > 1, text[range.lowerBound + 1].isDigit,
      quantity(range.lowerBound + 1) == .address
    {
      return .address
    }
    if seen & ByteClass.mark != 0, let kind = place(first) { return kind }
    guard seen & ByteClass.digit != 0 else { return nil }
    var index = range.lowerBound
    if first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: "#") { index += 1 }
    guard index < range.upperBound else { return nil }
    if text[index].isDigit, let kind = quantity(index) { return kind }
    if table[Int(text[index])] & (ByteClass.digit | ByteClass.hexLetter) != 0 || first == UInt8(ascii: ":") {
      return address(table)
    }
    return nil
  }

  /// Paths, URLs and mail addresses.
  private func place(_ first: UInt8) -> MaskKind? {
    var (slashes, at, dotAfter, scheme) = (0, 0, false, false)
    for index in range {
      switch text[index] {
      case UInt8(ascii: "/"):
        slashes += 1
        if slashes == 2, index > range.lowerBound + 1, text[index - 1] == UInt8(ascii: "/"),
          text[index - 2] == UInt8(ascii: ":")
        {
          scheme = true
        }
      case UInt8(ascii: "@"): at += 1
      case UInt8(ascii: "."): if at > 0 { dotAfter = true }
      default: break
      }
    }
    if scheme { return .url }
    if slashes == 0, at == 1, dotAfter, first != UInt8(ascii: "@") { return .mail }
    if slashes > 0, first == UInt8(ascii: "/") || first == UInt8(ascii: "~") { return .path }
    if slashes > 0, first == UInt8(ascii: "."), range.count > 2 { return .path }
    if slashes > 1, !text[range.lowerBound].isDigit { return .path }
    return nil
  }

  /// Numbers, with units and marks of times: `18`, `-1.5`, `1,5`, `18ms`, `80%`, `10:02:03.5`, `2024-01-02T10:02:03Z`.
  private func quantity(_ start: Int) -> MaskKind? {
    var index = start
    var (dots, colons, dashes, slashes) = (0, 0, 0, 0)
    scan: while index < range.upperBound {
      switch text[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): break
      case UInt8(ascii: "."): dots += 1
      case UInt8(ascii: ":"): colons += 1
      case UInt8(ascii: "-"): dashes += 1
      case UInt8(ascii: "/"): slashes += 1
      default: break scan
      }
      index += 1
    }
    if index == range.upperBound {
      if colons == 0, dashes == 0 { return dots == 3 ? .address : .number }
      if dots == 3, colons == 1 { return .address }
      if colons == 2, dots <= 1 || dashes == 2 { return .time }
      if dashes == 2 || (colons == 1 && dots == 0 && dashes == 0) { return .time }
      return dashes == 0 ? .number : nil
    }
    let rest = range.upperBound - index
    if dashes >= 2 || slashes == 2, text[index] == UInt8(ascii: "T"), rest > 5 { return .time }
    if colons == 2, text[index] == UInt8(ascii: "Z") { return .time }
    guard dashes == 0, slashes == 0, colons == 0, dots <= 1 else { return nil }
    return unit(index)
  }

  /// The kind of a number that ends with a unit from `index` on.
  private func unit(_ index: Int) -> MaskKind? {
    let rest = range.upperBound - index
    let first = text[index]
    if rest == 1 {
      switch first {
      case UInt8(ascii: "s"), UInt8(ascii: "h"), UInt8(ascii: "d"), UInt8(ascii: "m"): return .duration
      case UInt8(ascii: "B"), UInt8(ascii: "K"), UInt8(ascii: "M"), UInt8(ascii: "G"), UInt8(ascii: "k"):
        return .size
      case UInt8(ascii: "%"), UInt8(ascii: "x"), UInt8(ascii: "L"), UInt8(ascii: "b"): return .number
      default: return nil
      }
    }
    let second = text[index + 1]
    if rest == 2 {
      if second == UInt8(ascii: "s"),
        first == UInt8(ascii: "m") || first == UInt8(ascii: "u") || first == UInt8(ascii: "n")
      {
        return .duration
      }
      if second == UInt8(ascii: "B") || second == UInt8(ascii: "b") || second == UInt8(ascii: "i") { return .size }
    }
    if rest == 3 {
      if second == UInt8(ascii: "i"), text[index + 2] == UInt8(ascii: "B") { return .size }
      if first == 0xc2 || first == 0xce { return .duration }
    }
    // `1m30s`, `2h3m`, `1m0.5s`
    if first == UInt8(ascii: "m") || first == UInt8(ascii: "h") || first == UInt8(ascii: "d"), second.isDigit,
      text[range.upperBound - 1] == UInt8(ascii: "s") || text[range.upperBound - 1] == UInt8(ascii: "m")
    {
      return .duration
    }
    return nil
  }

  /// Addresses of six (`aa:bb:...`) or eight groups, all else of hex digits with colons.
  private func address(_ table: UnsafeBufferPointer<UInt8>) -> MaskKind? {
    var (colons, others) = (0, 0)
    for index in range {
      let kind = table[Int(text[index])]
      if text[index] == UInt8(ascii: ":") {
        colons += 1
      } else if kind & (ByteClass.digit | ByteClass.hexLetter) == 0 {
        others += 1
      }
    }
    return colons >= 2 && others == 0 && range.count >= 6 ? .address : nil
  }

  // MARK: Pieces

  /// Writes words, numbers and identifiers between signs one by one: `blk_-160` becomes `blk_-<num>`.
  private func writePieces(_ writer: inout MaskWriter, _ table: UnsafeBufferPointer<UInt8>) {
    var index = range.lowerBound
    while index < range.upperBound {
      let kind = table[Int(text[index])]
      if kind & (ByteClass.letter | ByteClass.digit) == 0 || text[index] == UInt8(ascii: "_") {
        writer.put(text[index])
        index += 1
        continue
      }
      if isUUID(index, table) {
        writer.mask(.uuid)
        index += 36
        continue
      }
      var (end, digits, hexLetters, letters, turns) = (index, 0, 0, 0, 0)
      var wasDigit = false
      while end < range.upperBound {
        let next = table[Int(text[end])]
        guard next & (ByteClass.letter | ByteClass.digit) != 0, text[end] != UInt8(ascii: "_") else { break }
        let isDigit = next & ByteClass.digit != 0
        if isDigit { digits += 1 } else { letters += 1 }
        if next & ByteClass.hexLetter != 0 { hexLetters += 1 }
        if end > index, isDigit != wasDigit { turns += 1 }
        wasDigit = isDigit
        end += 1
      }
      writePiece(index..<end, digits, letters, hexLetters, turns, &writer)
      index = end
    }
  }

  private func writePiece(
    _ piece: Range<Int>, _ digits: Int, _ letters: Int, _ hexLetters: Int, _ turns: Int, _ writer: inout MaskWriter
  ) {
    if digits == 0 || isProtocol(piece) {
      writer.copy(piece)
    } else if letters == 0 {
      // Groups of one dotted or dashed number become one: `10-105-160-95`, `1.2.3`.
      let last = writer.count - 1
      if last > 0, piece.lowerBound > range.lowerBound, writer.output[last - 1] == MaskKind.number.rawValue,
        writer.output[last] == UInt8(ascii: "-") || writer.output[last] == UInt8(ascii: ".")
          || writer.output[last] == UInt8(ascii: "_")
      {
        writer.drop()
      } else {
        writer.put(MaskKind.number.rawValue)
      }
    } else if text[piece.lowerBound] == UInt8(ascii: "0"), piece.count > 2,
      text[piece.lowerBound + 1] | 32 == UInt8(ascii: "x"), hexLetters + digits == piece.count - 1
    {
      writer.mask(.hex)
    } else if hexLetters == letters, piece.count >= 7 {
      writer.mask(.hex)
    } else if turns >= 3, piece.count >= 8 {
      writer.mask(.identifier)
    } else {
      writeWord(piece, &writer)
    }
  }

  /// `IPv4`, `ipv6`: two things, not a number.
  private func isProtocol(_ piece: Range<Int>) -> Bool {
    piece.count == 4 && text[piece.lowerBound] | 32 == UInt8(ascii: "i")
      && text[piece.lowerBound + 1] | 32 == UInt8(ascii: "p")
      && text[piece.lowerBound + 2] | 32 == UInt8(ascii: "v")
  }

  /// Letters stay, digits become numbers: `worker12` is `worker<num>`.
  private func writeWord(_ piece: Range<Int>, _ writer: inout MaskWriter) {
    var wasDigit = false
    for index in piece {
      let isDigit = text[index].isDigit
      if !isDigit { writer.put(text[index]) } else if !wasDigit { writer.put(MaskKind.number.rawValue) }
      wasDigit = isDigit
    }
  }

  /// Whether 8-4-4-4-12 hex digits begin at `start`.
  private func isUUID(_ start: Int, _ table: UnsafeBufferPointer<UInt8>) -> Bool {
    guard start + 36 <= range.upperBound, text[start + 8] == UInt8(ascii: "-") else { return false }
    for place in 0..<36 {
      let byte = text[start + place]
      if place == 8 || place == 13 || place == 18 || place == 23 {
        guard byte == UInt8(ascii: "-") else { return false }
      } else if table[Int(byte)] & (ByteClass.digit | ByteClass.hexLetter) == 0 {
        return false
      }
    }
    return true
  }
}
