// Addresses in text: `10.0.0.1`, `10.0.0.1:80`, `[::1]:80`, `fe80::1`, `/127.0.0.1:9092`, `10.0.0.1#53`, `host[10.0.0.1]:25`.

/// An address, with the port that is written behind it.
struct TextAddress {
  var address: Range<Int>
  var port: Range<Int>?
  /// After both.
  var end: Int
}

extension FieldVisit {
  /// The address at `start`, with its port and the brackets around it; nil if none stands there.
  func address(at start: Int) -> TextAddress? {
    let first = byte(start)
    if first == UInt8(ascii: "[") {
      // As OpenVPN marks the kind of an address.
      if byte(start + 1) == UInt8(ascii: "A"), record.has("[AF_INET", at: start) {
        var index = start + 8
        while index < start + 14, byte(index) != UInt8(ascii: "]") { index += 1 }
        return address(at: index + 1)
      }
      guard let end = version6(at: start + 1) ?? version4(at: start + 1), byte(end) == UInt8(ascii: "]") else {
        return nil
      }
      return withPort(start + 1..<end, after: end + 1)
    }
    if first == UInt8(ascii: "/") || first == UInt8(ascii: "<") || first == UInt8(ascii: "`")
      || first == UInt8(ascii: "\"") || first == UInt8(ascii: "'")
    {
      guard byte(start + 1) != first else { return nil }
      return bareAddress(at: start + 1)
    }
    return bareAddress(at: start)
  }

  private func bareAddress(at start: Int) -> TextAddress? {
    if let end = version4(at: start) { return withPort(start..<end, after: end) }
    guard let end = version6(at: start) else { return nil }
    let address = withoutMapping(start..<end)
    return withPort(address, after: end)
  }

  private func withPort(_ address: Range<Int>, after end: Int) -> TextAddress {
    var result = TextAddress(address: address, port: nil, end: end)
    let mark = byte(end)
    if mark == UInt8(ascii: ":") || mark == UInt8(ascii: "#") {
      let last = afterDigits(end + 1)
      if last > end + 1, last - end <= 6 {
        result.port = end + 1..<last
        result.end = last
      }
    } else if mark == 32, record.has("port ", at: end + 1) {
      let last = afterDigits(end + 6)
      if last > end + 6, last - end <= 11 {
        result.port = end + 6..<last
        result.end = last
      }
    }
    return result
  }

  /// The end of four numbers up to 255 with points between them; nil if they are part of something longer.
  func version4(at start: Int) -> Int? {
    var index = start
    var parts = 0
    while true {
      var value = 0
      let first = index
      while index < text.end, record[index].isDigit, index - first < 4 {
        value = value * 10 + Int(record[index] &- 48)
        index += 1
      }
      let count = index - first
      guard count > 0, value < 256, count == 1 || record[first] != 48 else { return nil }
      parts += 1
      if parts == 4 { break }
      guard byte(index) == UInt8(ascii: ".") else { return nil }
      index += 1
    }
    let next = byte(index)
    if next.isWordByte || next == UInt8(ascii: ".") && byte(index + 1).isWordByte
      || next == UInt8(ascii: "-") && byte(index + 1).isWordByte
    {
      return nil
    }
    return index
  }

  /// The end of an address of version 6 that is none of `a::b`, a clock, or a MAC address; a fifth digit begins a port.
  func version6(at start: Int) -> Int? {
    var index = start
    var groups = 0
    var isShort = false
    while index < text.end, index - start <= 45 {
      let first = index
      while index < text.end, record[index].hexadecimalValue != nil, index - first < 5 { index += 1 }
      let count = index - first
      if count == 5 || groups == 8 && count > 0 {
        // A port behind the last colon.
        guard groups > 1, afterDigits(first) >= index, isShort || groups == 8 else { return nil }
        index = first - 1
        break
      }
      if count > 0 { groups += 1 }
      if byte(index) == UInt8(ascii: "."), groups > 0, let end = version4(at: first) {
        return isShort ? end : nil
      }
      guard byte(index) == UInt8(ascii: ":") else { break }
      if byte(index + 1) == UInt8(ascii: ":") {
        guard !isShort else { return nil }
        isShort = true
        index += 2
      } else {
        guard byte(index + 1).hexadecimalValue != nil, count > 0 else { break }
        index += 1
      }
    }
    let next = byte(index)
    guard isShort ? groups > 0 && groups < 8 : groups == 8, !next.isWordByte, isGlobal(start) else { return nil }
    if next == UInt8(ascii: "%") {
      index += 1
      while byte(index).isWordByte || byte(index) == UInt8(ascii: "-") { index += 1 }
    }
    return index
  }

  /// Whether the first group is one that networks use: a number, `fe80`, `fd..`, or nothing, as in `::1`.
  private func isGlobal(_ start: Int) -> Bool {
    let first = byte(start)
    if first.isDigit { return true }
    if first == UInt8(ascii: ":") { return byte(start + 2).isDigit || byte(start + 2) | 32 == UInt8(ascii: "f") }
    guard first | 32 == UInt8(ascii: "f"), byte(start + 2).isDigit || byte(start + 3).isDigit else { return false }
    let second = byte(start + 1) | 32
    return second == UInt8(ascii: "e") || second == UInt8(ascii: "d") || second == UInt8(ascii: "c")
      || second == UInt8(ascii: "f")
  }

  /// Gives an address whose part in the event is known, with its port.
  mutating func client(_ found: TextAddress, _ body: Body) {
    tell("client", found.address, .address, body)
    tell("client_port", found.port, .number, body)
  }

  mutating func server(_ found: TextAddress, _ body: Body) {
    tell("server", found.address, .address, body)
    tell("server_port", found.port, .number, body)
  }

  /// An address whose part the words before it tell: at `start`, behind the word that ends at `wordEnd` at the latest.
  mutating func looseAddress(_ found: TextAddress, from start: Int, messageStart: Int, _ body: Body) -> Int {
    let after = afterBlanks(found.end)
    if byte(after) == UInt8(ascii: "-"), byte(after + 1) == UInt8(ascii: ">"),
      let other = address(at: afterBlanks(after + 2))
    {
      client(found, body)
      server(other, body)
      return other.end
    }
    let isPort = found.port != nil && byte(found.address.upperBound) == 32
    switch text.before {
    case .origin, .user: client(found, body)
    case .connection: server(found, body)
    case _ where start == messageStart || isPort || isRequest(at: after): client(found, body)
    case _ where byte(after) == UInt8(ascii: "-") && byte(after + 1) == UInt8(ascii: ">"): client(found, body)
    default: tell("address", found.address, .address, body)
    }
    return found.end
  }

  /// `scheme://...` whose colon is at `colon`: gives it, without the punctuation of the sentence; its end, nil if it is none.
  mutating func url(_ start: Int, colon: Int, _ body: Body) -> Int? {
    guard colon > start + 1, colon - start <= 16, record[start].isLetter, byte(colon + 1) == UInt8(ascii: "/"),
      byte(colon + 2) == UInt8(ascii: "/"), byte(colon + 3) > 32
    else { return nil }
    var end = colon + 3
    loop: while end < text.end {
      switch record[end] {
      case 0...32, UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "`"), UInt8(ascii: "<"), UInt8(ascii: ">"),
        UInt8(ascii: "|"):
        break loop
      default: end += 1
      }
    }
    let last = end
    trim: while end > colon + 3 {
      switch record[end - 1] {
      case UInt8(ascii: ","), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "]"),
        UInt8(ascii: ")"), UInt8(ascii: "}"):
        end -= 1
      default: break trim
      }
    }
    tell("url", start..<end, .address, body)
    return last
  }
}
