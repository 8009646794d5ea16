/// Leaves out of what ncurses writes the changes of colour and attributes that change nothing.
///
/// ncurses sets both colours whenever one changes, takes all attributes away before it sets others, and ends each update with the
/// terminal's own look: two thirds of what a row in colours costs on the line. This remembers what look the terminal has, and tells it only
/// what is new, in one sequence, when something is written that shows it.
///
/// What is known are the sequences of ECMA-48 (SGR, cursor movements) with the colours of ISO 8613-6 (`38;5;n`, `38;2;r;g;b`); whatever else
/// comes goes through as it is, and whoever sets a look in another way is taken at its word until it is taken back whole.
struct RenditionFilter {
  /// Colours as parameters of SGR, empty for the terminal's own; attributes as bits by their number (bold is 1).
  private struct Look: Equatable {
    var foreground: [UInt8] = []
    var background: [UInt8] = []
    var attributes: UInt16 = 0
  }

  /// What the terminal has; nil where that is not known.
  private var actual: Look?
  /// What ncurses believes it has; nil until all is taken back for the first time, and after a sequence that is not understood.
  private var wanted: Look?
  /// The character set that was designated last, by its final byte; 0 where that is not known.
  private var charset: UInt8 = 0
  /// The beginning of a sequence of which the rest has not come.
  private var rest: [UInt8] = []

  private static let escape: UInt8 = 27

  /// What the terminal is to get instead of `bytes`.
  mutating func filtered(_ bytes: [UInt8]) -> [UInt8] {
    let input = rest + bytes
    rest.removeAll(keepingCapacity: true)
    var output: [UInt8] = []
    output.reserveCapacity(input.count)
    var index = 0
    while index < input.count {
      guard input[index] == Self.escape else {
        let end = input[index...].firstIndex(of: Self.escape) ?? input.count
        plain(input[index..<end], to: &output)
        index = end
        continue
      }
      guard let end = Self.end(ofSequenceAt: index, in: input) else {
        rest.append(contentsOf: input[index...])
        break
      }
      sequence(input[index..<end], to: &output)
      index = end
    }
    return output
  }

  /// What brings the terminal to the look that ncurses believes in, and what was held back; the look is unknown afterwards.
  mutating func settled() -> [UInt8] {
    var output: [UInt8] = []
    show(&output)
    output += rest
    rest = []
    (wanted, actual, charset) = (nil, nil, 0)
    return output
  }

  // MARK: Text

  /// Text and controls. The look matters where something is written, and where a line feed may scroll, as new lines take its ground.
  private mutating func plain(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    for byte in bytes {
      // Bell, backspace, return, shifts to other character sets.
      if !(7...8).contains(byte), !(13...15).contains(byte) { show(&output) }
      output.append(byte)
    }
  }

  // MARK: Sequences

  /// After the last byte of the sequence that begins at `start`; nil if it is not whole.
  private static func end(ofSequenceAt start: Int, in bytes: [UInt8]) -> Int? {
    guard start + 1 < bytes.count else { return nil }
    switch bytes[start + 1] {
    case UInt8(ascii: "["):
      return bytes[(start + 2)...].firstIndex { (0x40...0x7E).contains($0) }.map { $0 + 1 }
    case UInt8(ascii: "]"), UInt8(ascii: "P"), UInt8(ascii: "_"), UInt8(ascii: "^"):
      var index = start + 2
      while index < bytes.count {
        if bytes[index] == 7 { return index + 1 }
        if bytes[index] == escape, index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "\\") { return index + 2 }
        index += 1
      }
      return nil
    case 0x20...0x2F:
      return bytes[(start + 2)...].firstIndex { (0x30...0x7E).contains($0) }.map { $0 + 1 }
    default: return start + 2
    }
  }

  private mutating func sequence(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    let kind = bytes[bytes.startIndex + 1]
    let last = bytes[bytes.endIndex - 1]
    if kind == UInt8(ascii: "("), bytes.count == 3 {
      if charset != last { output += bytes }
      charset = last
      return
    }
    guard kind == UInt8(ascii: "[") else {
      show(&output)
      output += bytes
      return
    }
    if last == UInt8(ascii: "m") { return rendition(bytes, to: &output) }
    // Movements, modes and regions show no look; whatever else (erasing, inserting, scrolling) may.
    if !Self.movements.contains(last) { show(&output) }
    output += bytes
  }

  /// Finals of CSI sequences that move the cursor, set a mode, or the scrolling region.
  private static let movements = Set("ABCDEFGHdfhlr`".utf8)

  private mutating func rendition(_ bytes: ArraySlice<UInt8>, to output: inout [UInt8]) {
    let parameters = bytes.dropFirst(2).dropLast().split(
      separator: UInt8(ascii: ";"), omittingEmptySubsequences: false)
    var look = wanted
    var index = parameters.startIndex
    while index < parameters.endIndex {
      guard let used = Self.apply(parameters[index...], to: &look) else {
        // Not understood: the terminal is told as it stands, after what it has missed.
        show(&output)
        output += bytes
        wanted = nil
        actual = nil
        return
      }
      index += used
    }
    if wanted == nil, look == nil {
      output += bytes
      return
    }
    wanted = look
  }

  /// Applies one code with the parameters that belong to it; how many that were, or nil for one that is not understood.
  private static func apply(_ parameters: ArraySlice<ArraySlice<UInt8>>, to look: inout Look?) -> Int? {
    guard let first = parameters.first else { return nil }
    if first.contains(UInt8(ascii: ":")) {
      guard first.count > 3, first.starts(with: "38:".utf8) || first.starts(with: "48:".utf8) else { return nil }
      if first.first == UInt8(ascii: "3") { look?.foreground = Array(first) } else { look?.background = Array(first) }
      return 1
    }
    guard let code = number(first) else { return nil }
    switch code {
    case 0: look = Look()
    case 1...5, 7...9: look?.attributes |= 1 << UInt16(code)
    case 22: look?.attributes &= ~0b110
    case 23...25, 27...29: look?.attributes &= ~(1 << UInt16(code - 20))
    case 30...37, 90...97: look?.foreground = Array(first)
    case 39: look?.foreground = []
    case 40...47, 100...107: look?.background = Array(first)
    case 49: look?.background = []
    case 38, 48:
      guard parameters.count > 2, let form = number(parameters[parameters.startIndex + 1]) else { return nil }
      let count = form == 5 ? 3 : form == 2 ? 5 : 0
      guard count > 0, parameters.count >= count else { return nil }
      let colour = Array(parameters.prefix(count).joined(separator: [UInt8(ascii: ";")]))
      if code == 38 { look?.foreground = colour } else { look?.background = colour }
      return count
    default: return nil
    }
    return 1
  }

  /// A parameter as a number; an empty one is 0.
  private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard bytes.count <= 3, bytes.allSatisfy({ (48...57).contains($0) }) else { return nil }
    return bytes.reduce(0) { $0 * 10 + Int($1 - 48) }
  }

  // MARK: The look

  /// Brings the terminal to the wanted look.
  private mutating func show(_ output: inout [UInt8]) {
    guard let wanted, wanted != actual else { return }
    output += Self.change(from: actual, to: wanted)
    actual = wanted
  }

  private static func change(from old: Look?, to new: Look) -> [UInt8] {
    let whole = sequence([[]] + additions(from: Look(), to: new))
    guard let old else { return whole }
    let steps = sequence(removals(from: old, to: new) + additions(from: old, to: new))
    return steps.count <= whole.count ? steps : whole
  }

  private static func sequence(_ codes: [[UInt8]]) -> [UInt8] {
    [escape, UInt8(ascii: "[")] + Array(codes.joined(separator: [UInt8(ascii: ";")])) + [UInt8(ascii: "m")]
  }

  private static func removals(from old: Look, to new: Look) -> [[UInt8]] {
    var codes: [[UInt8]] = []
    let gone = old.attributes & ~new.attributes
    // One code ends bold and dim together.
    if gone & 0b110 != 0 { codes.append(Array("22".utf8)) }
    for bit: UInt16 in [3, 4, 5, 7, 8, 9] where gone & (1 << bit) != 0 { codes.append(Array(String(20 + bit).utf8)) }
    if new.foreground.isEmpty, !old.foreground.isEmpty { codes.append(Array("39".utf8)) }
    if new.background.isEmpty, !old.background.isEmpty { codes.append(Array("49".utf8)) }
    return codes
  }

  private static func additions(from old: Look, to new: Look) -> [[UInt8]] {
    var codes: [[UInt8]] = []
    var known = old.attributes
    if known & ~new.attributes & 0b110 != 0 { known &= ~0b110 }
    for bit: UInt16 in 1...9 where new.attributes & ~known & (1 << bit) != 0 { codes.append(Array(String(bit).utf8)) }
    if !new.foreground.isEmpty, new.foreground != old.foreground { codes.append(new.foreground) }
    if !new.background.isEmpty, new.background != old.background { codes.append(new.background) }
    return codes
  }
}
