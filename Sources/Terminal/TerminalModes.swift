/// Control sequences that ncurses has no words for.
enum TerminalModes {
  /// Bracketed paste, and a wheel that sends arrow keys while the mouse is not reported.
  static let on = "\u{1B}[?2004h\u{1B}[?1007h"
  /// All that may be on, switched off.
  static let off = mouseOff + "\u{1B}[?2004l\u{1B}[?1007l"
  /// Asks for the status (DSR of ECMA-48); every terminal answers, with `ESC [ 0 n`.
  static let statusRequest = "\u{1B}[5n"
  /// Buttons, wheel and drags, in SGR form.
  static let mouseOn = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
  /// The mouse is the terminal's own again.
  static let mouseOff = "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l"
}

/// Bytes as text (RFC 4648).
enum Base64 {
  private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  /// `bytes` in base64 with padding.
  static func text(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for index in 0..<4 {
        result.append(index <= group.count ? alphabet[bits >> (18 - 6 * index) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
