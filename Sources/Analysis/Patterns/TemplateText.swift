import QueryLanguage

/// Templates as people read them, and as filters.
enum TemplateText {
  /// Bytes of a template that its filter asks for; records whose message begins so are found.
  private static let longest = 300

  /// The text of a template: masks by their names, a stack trace behind the message.
  static func shown(_ template: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    for byte in template {
      if let kind = MaskKind(rawValue: byte), MaskKind.isMask(byte) {
        bytes += kind.name.utf8
      } else if byte == 10 {
        bytes += " | ".utf8
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A test that the messages of a template pass; nil if it has no word.
  ///
  /// The words in their order, numbers where there were numbers, anything elsewhere: messages that are worded alike may pass as well, those
  /// of the template always do. Of a record with a stack trace only the message is asked for.
  static func filter(_ template: ArraySlice<UInt8>) -> String? {
    let line = template.prefix { $0 != 10 }
    var pattern = "^\\s*"
    var isCut = line.count < template.count
    for byte in line {
      if pattern.utf8.count > longest {
        isCut = true
        break
      }
      append(byte, to: &pattern)
    }
    if !isCut, line.count < MessageMask.reach / 2 { pattern += "\\s*$" }
    if line.isEmpty { pattern = "^\\s*" }
    let message = FieldName(steps: [.member(BuiltInField.msg.rawValue)])
    return QueryPrinter.print(Test(message, .matches, .regex(RegexLiteral(pattern: pattern))))
  }

  private static func append(_ byte: UInt8, to pattern: inout String) {
    switch byte {
    case 32: pattern += "\\s+"
    case MaskKind.any.rawValue, MaskKind.more.rawValue, MaskKind.text.rawValue: pattern += ".*"
    case MaskKind.isMask(byte) ? byte : 255 where byte < 32: pattern += ".+"
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "z"),
      UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "_"):
      pattern.unicodeScalars.append(Unicode.Scalar(byte))
    case 128...: if !pattern.hasSuffix(".*") { pattern += ".*" }
    default:
      pattern += "\\"
      pattern.unicodeScalars.append(Unicode.Scalar(byte))
    }
  }
}
