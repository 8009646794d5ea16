import Quantities

/// Finds the stamp of a line: the first that begins in reach, in a form that the file uses.
struct StampFinder: Sendable {
  /// The forms that are accepted, as bits.
  var forms = ~StampForm.weak
  /// A stamp begins before this offset.
  var reach = 64
  /// What stands before each stamp of the file, where one sign does; else 0.
  var sign: UInt8 = 0
  /// What `01/02/2026` means.
  var dateOrder = DateOrder.customary

  /// The first stamp in `line` and where it begins.
  func find(_ line: UnsafeRawBufferPointer) -> (stamp: WrittenStamp, start: Int)? {
    var grammar = StampGrammar(line, dateOrder: dateOrder)
    let end = min(reach, line.count)
    var index = 0
    var isBoundary = true
    // A clock without a date is a stamp only as the first word.
    var hasWord = false
    while index < end {
      let byte = line[index]
      if byte == 27 {
        index = LevelFinder.skipEscape(line, index)
        isBoundary = true
        continue
      }
      let isStartByte = byte.isDigit || byte.isLetter || byte == UInt8(ascii: "@")
      if isBoundary, isStartByte, sign == 0 || line.at(index - 1) == sign, let stamp = grammar.stamp(at: index),
        forms & stamp.form.bit != 0,
        stamp.form != .clock || !hasWord
      {
        return (stamp, index)
      }
      hasWord = hasWord || byte.isWordByte
      isBoundary =
        !byte.isWordByte && byte != UInt8(ascii: ".")
        && (byte != UInt8(ascii: "-") || index > 0 && line[index - 1] == UInt8(ascii: "-"))
      index += 1
    }
    return nil
  }
}
