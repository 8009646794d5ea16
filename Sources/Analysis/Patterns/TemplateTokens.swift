/// A token of a template.
struct TemplateToken: Sendable {
  /// What it is: equal for equal words.
  var number: UInt32
  /// As it is written.
  var bytes: [UInt8]
  /// Whether white space stands before it.
  var isSpaced: Bool

  /// A part that differs.
  static let variable: UInt32 = 0
  /// Set in the numbers of words that hold a mask among letters (`node<num>`) or look like a name (`com.example.Job`).
  static let mixed: UInt32 = 1 << 31
  /// Set in the numbers of signs.
  static let sign: UInt32 = 1 << 30
  /// Set in the numbers of words of capitals: `GET`, `INFO`.
  static let capital: UInt32 = 1 << 29

  /// Whether a token is a word that says something.
  static func isWord(_ number: UInt32) -> Bool { number != variable && number & sign == 0 }

  var isVariable: Bool { number == Self.variable }
  var isSign: Bool { number & Self.sign != 0 }
  /// Whether nothing in it is certain to be the same in the next message.
  var varies: Bool {
    isVariable || (number & Self.mixed != 0 && bytes.contains(where: MaskKind.isMask))
      || isSign && bytes == [UInt8(ascii: "-")]
  }
}

/// Cuts templates into tokens: words, and signs (`[`, `=`, `,`) each by itself.
///
/// What is nothing but a mask is the token `variable`, whatever its kind. Lists of unknown length are made one token: what repeats
/// (`an<num> an<num>`), what stands in brackets without a word (`[<uuid> <hex> - -]`), arguments (`LOCAL(<num>)`).
struct TemplateTokens: Sendable {
  private var numbers: [[UInt8]: UInt32] = [:]

  /// The tokens of the first line of a template.
  mutating func read(_ template: [UInt8]) -> [TemplateToken] {
    var tokens: [TemplateToken] = []
    var index = 0
    var isSpaced = false
    while index < template.count, template[index] != 10 {
      let byte = template[index]
      var end = index + 1
      if byte == 32 {
        isSpaced = true
      } else {
        let isSign = Self.isSign(byte)
        if !isSign { while end < template.count, Self.isInWord(template[end]) { end += 1 } }
        let bytes = Array(template[index..<end])
        let isLone = bytes == [UInt8(ascii: "-")]
        let number = isSign || isLone ? TemplateToken.sign | UInt32(byte) : number(of: bytes)
        tokens.append(TemplateToken(number: number, bytes: bytes, isSpaced: isSpaced))
        isSpaced = false
      }
      index = end
    }
    foldUnits(&tokens)
    foldThread(&tokens)
    foldArguments(&tokens)
    foldBrackets(&tokens)
    foldRepeats(&tokens)
    return tokens
  }

  private static func isSign(_ byte: UInt8) -> Bool {
    byte > 32 && ByteClass.table[Int(byte)] & (ByteClass.delimiter | ByteClass.quote) != 0
  }

  private static func isInWord(_ byte: UInt8) -> Bool { byte != 32 && byte != 10 && !isSign(byte) }

  private mutating func number(of word: [UInt8]) -> UInt32 {
    var (masks, letters, small, dots) = (0, 0, 0, 0)
    for byte in word {
      if MaskKind.isMask(byte) {
        masks += 1
      } else if ByteClass.table[Int(byte)] & ByteClass.letter != 0 {
        letters += 1
      }
      if byte >= UInt8(ascii: "a") { small += 1 }
      if byte == UInt8(ascii: ".") { dots += 1 }
    }
    if masks > 0, letters == 0 { return TemplateToken.variable }
    if let known = numbers[word] { return known }
    var fresh = UInt32(numbers.count + 1)
    if masks > 0 || dots > 1 && letters > 4 { fresh |= TemplateToken.mixed }
    if masks == 0, letters > 1, small == 0 { fresh |= TemplateToken.capital }
    numbers[word] = fresh
    return fresh
  }

  // MARK: Parts of unknown length

  /// `12 KB` is a size as `12KB` is.
  private func foldUnits(_ tokens: inout [TemplateToken]) {
    var index = 1
    while index < tokens.count {
      if tokens[index].isSpaced, tokens[index - 1].bytes == [MaskKind.number.rawValue],
        let kind = Self.units[tokens[index].bytes],
        // In `ttl=3 bytes=4` it is the name of the next value.
        index + 1 == tokens.count || tokens[index + 1].bytes != [UInt8(ascii: "=")]
      {
        tokens[index - 1].bytes = [kind.rawValue]
        tokens.remove(at: index)
      } else {
        index += 1
      }
    }
  }

  private static let units: [[UInt8]: MaskKind] = {
    var units: [[UInt8]: MaskKind] = [:]
    for name in ["B", "KB", "kB", "MB", "GB", "TB", "KiB", "MiB", "GiB", "TiB", "bytes", "byte"] {
      units[Array(name.utf8)] = .size
    }
    for name in ["ns", "us", "ms", "s", "sec", "secs", "second", "seconds", "minute", "minutes", "hour", "hours"] {
      units[Array(name.utf8)] = .duration
    }
    return units
  }()

  /// A first group in brackets without a space, in which something varies, is a thread or a place: `[Worker[id=1]:Queue@190]`.
  private func foldThread(_ tokens: inout [TemplateToken]) {
    guard tokens.first?.bytes == [UInt8(ascii: "[")] else { return }
    var depth = 1
    var varies = false
    for index in tokens.indices.dropFirst() {
      if tokens[index].isSpaced { return }
      if tokens[index].bytes == [UInt8(ascii: "[")] { depth += 1 }
      if tokens[index].bytes == [UInt8(ascii: "]")] { depth -= 1 }
      if depth == 0 {
        guard varies, index > 2 else { return }
        tokens.replaceSubrange(
          1..<index,
          with: [TemplateToken(number: TemplateToken.variable, bytes: [MaskKind.any.rawValue], isSpaced: false)])
        return
      }
      varies = varies || tokens[index].bytes.contains(where: MaskKind.isMask)
    }
  }

  /// `name(<num>)` and `name[<num>]` become one word.
  private mutating func foldArguments(_ tokens: inout [TemplateToken]) {
    var result: [TemplateToken] = []
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      if !token.isSpaced, let close = Self.closing(token), let last = result.last, TemplateToken.isWord(last.number),
        let end = tokens[index...].firstIndex(where: { $0.bytes == [close] }), end > index + 1,
        tokens[index + 1..<end].allSatisfy({ $0.varies || $0.bytes == [UInt8(ascii: ",")] })
      {
        let bytes = last.bytes + token.bytes + [MaskKind.any.rawValue, close]
        result[result.count - 1].bytes = bytes
        result[result.count - 1].number = number(of: bytes)
        index = end + 1
      } else {
        result.append(token)
        index += 1
      }
    }
    tokens = result
  }

  private static func closing(_ token: TemplateToken) -> UInt8? {
    guard token.bytes.count == 1 else { return nil }
    switch token.bytes[0] {
    case UInt8(ascii: "("): return UInt8(ascii: ")")
    case UInt8(ascii: "["): return UInt8(ascii: "]")
    default: return nil
    }
  }

  /// What stands in brackets without any word becomes one variable.
  private func foldBrackets(_ tokens: inout [TemplateToken]) {
    var index = 0
    while index < tokens.count {
      if let close = Self.closing(tokens[index]),
        let end = tokens[index...].firstIndex(where: { $0.bytes == [close] }),
        tokens[index + 1..<end].allSatisfy(\.varies), end != index + 1 || tokens[index].isSpaced,
        end != index + 2 || !tokens[index + 1].isVariable
      {
        tokens.replaceSubrange(
          index + 1..<end,
          with: [TemplateToken(number: TemplateToken.variable, bytes: [MaskKind.any.rawValue], isSpaced: false)])
        index += 2
      }
      index += 1
    }
  }

  /// What stands there again and again, up to six tokens of which one varies, is written once.
  private func foldRepeats(_ tokens: inout [TemplateToken]) {
    for length in 1...6 {
      var index = 0
      while index + 2 * length <= tokens.count {
        let block = tokens[index..<index + length]
        guard block.contains(where: { $0.varies && !$0.isSign }), !(block.allSatisfy(\.isVariable) && length == 1)
        else {
          index += 1
          continue
        }
        var end = index + length
        while end + length <= tokens.count, Self.isSame(block, tokens[end..<end + length]) { end += length }
        if end > index + length {
          tokens.removeSubrange(index + length..<end)
          tokens[index + length - 1].bytes.append(MaskKind.more.rawValue)
        }
        index += 1
      }
    }
  }

  private static func isSame(_ left: ArraySlice<TemplateToken>, _ right: ArraySlice<TemplateToken>) -> Bool {
    zip(left, right).allSatisfy { $0.number == $1.number }
  }
}
