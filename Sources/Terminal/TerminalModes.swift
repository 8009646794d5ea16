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

/// The control sequence that puts bytes into the clipboard of the terminal's user (OSC 52).
enum ClipboardSequence {
  /// Characters that GNU screen passes on at once: its oldest versions keep 256 of a string.
  private static let part = 240

  /// - Parameter passesScreen: Whether GNU screen stands between, which knows no OSC 52: it hands the contents of a DCS to its
  ///   terminal as they are.
  static func text(_ bytes: [UInt8], passesScreen: Bool) -> String {
    let sequence = "\u{1B}]52;c;" + Base64.text(bytes) + "\u{07}"
    guard passesScreen else { return sequence }
    var result = ""
    var rest = sequence.utf8[...]
    while !rest.isEmpty {
      result += "\u{1B}P" + String(Substring(rest.prefix(part))) + "\u{1B}\\"
      rest = rest.dropFirst(part)
    }
    return result
  }

  /// Whether GNU screen is what is written to, as its environment says. A tmux within it takes OSC 52 itself.
  static func passesScreen(_ environment: (String) -> String?) -> Bool {
    environment("STY") != nil && environment("TMUX") == nil && (environment("TERM") ?? "").hasPrefix("screen")
  }
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
