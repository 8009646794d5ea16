import Drawing
import Foundation
import Testing

@testable import Themes

@Suite struct ThemeTests {
  private static let depths: [ColourDepth] = [.none, .sixteen, .indexed256, .direct]
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../themes")

  @Test("The themes in the program are the files in themes/")
  func embedded() throws {
    let files = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path()).filter {
      $0.hasSuffix(".jsonc")
    }
    #expect(Set(files) == Set(Theme.builtInNames.map { $0 + ".jsonc" }))
    for (name, text) in BuiltInThemes.texts {
      let file = try String(contentsOf: Self.folder.appending(path: name + ".jsonc"), encoding: .utf8)
      #expect(text == file, "copy themes/\(name).jsonc into BuiltInThemes.swift")
    }
  }

  @Test("Every theme gives every role a look that its depth can show", arguments: depths)
  func complete(depth: ColourDepth) throws {
    for name in Theme.builtInNames {
      let theme = try Theme(named: name, depth: depth)
      for role in Role.all {
        let style = theme.style(role)
        for colour in [style.foreground, style.background].compactMap({ $0 }) {
          switch colour {
          case .standard: break
          case .rgb: #expect(depth == .direct, "\(name) \(role)")
          case .indexed(let index):
            #expect(depth >= .indexed256 || (depth == .sixteen && index < 16), "\(name) \(role)")
          }
        }
      }
    }
  }

  @Test("What must stand out does so at every depth", arguments: depths)
  func outstanding(depth: ColourDepth) throws {
    for name in Theme.builtInNames {
      let theme = try Theme(named: name, depth: depth)
      for role in [Role.cursor, .match, .search, .searchCurrent, .selection, .level(5), .level(7), .popupSelected] {
        let style = theme.style(role)
        #expect(style != .plain && style != theme.style(.message), "\(name) \(role)")
      }
    }
  }

  private func load(_ text: String, depth: ColourDepth = .direct, others: [String: String] = [:]) throws -> Theme {
    try Theme(named: "mine", depth: depth) { name in
      (name == "mine" ? text : others[name]).map { Array($0.utf8) }
    }
  }

  @Test("A palette entry gives each depth its best colour")
  func palette() throws {
    let text = ##"{ "palette": { "red": ["#ff6b6b", 203, "red"] }, "error": "red on black bold" }"##
    #expect(
      try load(text).style(.error)
        == Style(foreground: .rgb(255, 107, 107), background: .indexed(0), attributes: .bold))
    #expect(try load(text, depth: .indexed256).style(.error).foreground == .indexed(203))
    #expect(try load(text, depth: .sixteen).style(.error).foreground == .indexed(1))
    #expect(try load(text, depth: .none).style(.error).foreground == nil)
  }

  @Test("A colour that the terminal lacks becomes the nearest that it has")
  func reduced() throws {
    let text = ##"{ "error": "#ff0000", "warning": 214 }"##
    #expect(try load(text, depth: .indexed256).style(.error).foreground == .indexed(196))
    #expect(try load(text, depth: .sixteen).style(.error).foreground == .indexed(9))
    #expect(try load(text, depth: .sixteen).style(.warning).foreground == .indexed(3))
  }

  @Test("An heir overrides what it inherits, and a circle is noticed")
  func inheritance() throws {
    let theme = try load(#"{ "inherits": "dark", "time": "red", "date": "green" }"#)
    // `red` is a word of dark's palette, `green` is not.
    #expect(theme.style(.time) == Style(foreground: .rgb(255, 122, 122)))
    let recoloured = try load(##"{ "inherits": "dark", "palette": { "red": "#00ff00" } }"##)
    #expect(recoloured.style(.error).foreground == .rgb(0, 255, 0), "what the parent calls red")
    #expect(theme.style(.date) == Style(foreground: .indexed(2)))
    #expect(theme.style(.cursor) == (try Theme(named: "dark", depth: .direct)).style(.cursor))
    #expect(throws: ThemeError.self) { try load(#"{ "inherits": "b" }"#, others: ["b": #"{ "inherits": "mine" }"#]) }
  }

  @Test(
    "Mistakes say where they are and what was probably meant",
    arguments: [
      (#"{ "error": "rde" }"#, #"mine:1:12: unknown colour "rde"; did you mean "red"?"#),
      (
        "{\n  \"levl\": { \"error\": \"red\" } }", #"mine:2:13: unknown part "levl.error"; did you mean "level.error"?"#
      ),
      (#"{ "error": "red }"#, "mine:1:12: the text that begins here is never closed"),
      (#"{ "palette": { "x": [1, 2, 3, 4] } }"#, "mine:1:21: expected one to three colours"),
      (#"{ "inherits": "drak" }"#, #"mine:1:15: unknown theme "drak"; did you mean "dark"?"#),
      (#"{ "error": true }"#, #"mine:1:12: expected a style such as "red on black bold""#),
    ])
  func mistakes(text: String, message: String) {
    let error = #expect(throws: ThemeError.self) { try load(text) }
    #expect(error?.description == message)
  }

  @Test("An unknown theme names the known ones")
  func unknownTheme() {
    let error = #expect(throws: ThemeError.self) { try Theme(named: "solarised", depth: .direct) }
    #expect(
      error?.description
        == "unknown theme \"solarised\"; there are dark, light, contrast, terminal, colorblind, colorblind-light, or give a file"
    )
  }
}

@Suite struct ContrastTests {
  /// The ratio of luminances that WCAG 2 defines, 1 to 21.
  private func ratio(_ one: Colour?, _ other: Colour?) -> Double? {
    func luminance(_ colour: Colour?) -> Double? {
      guard case .rgb(let red, let green, let blue) = colour else { return nil }
      func linear(_ value: UInt8) -> Double {
        let part = Double(value) / 255
        return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
      }
      return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }
    guard let first = luminance(one), let second = luminance(other) else { return nil }
    return (max(first, second) + 0.05) / (min(first, second) + 0.05)
  }

  /// What may be fainter than text: it is decoration, or said again elsewhere.
  private static let faint: Set<Role> = [
    .axis, .popupBorder, .punctuation, .marker, .fieldNull, .panelStale, .level(0), .level(1), .levelUnknown, .volume,
    .panelSpark, .panelWarn, .panelOver,
  ]

  @Test(
    "Text can be read on its ground, also in the row of the cursor",
    arguments: [
      ("dark", 4.5, 2.2), ("light", 4.5, 2.2), ("contrast", 7, 7), ("colorblind", 4.5, 2.2),
      ("colorblind-light", 4.5, 2.2),
    ])
  func readable(name: String, text: Double, decoration: Double) throws {
    let theme = try Theme(named: name, depth: .direct)
    for role in Role.all {
      let style = theme.style(.text).overlaid(with: theme.style(role))
      let wanted = Self.faint.contains(role) ? decoration : text
      // The line of the axis only parts what lies above it from what lies below.
      if [.timeCursor, .cursor, .selection, .axis].contains(role) { continue }
      if let found = ratio(style.foreground, style.background) {
        #expect(found >= wanted, "\(name) \(role.path) \(found)")
      }
      let row = ratio(style.foreground, theme.style(.cursor).background)
      if let row, style.background == theme.style(.text).background {
        #expect(row >= min(4.5, wanted) * 0.85, "\(name) \(role.path) in the cursor's row: \(row)")
      }
    }
  }
}

/// What two colours are to somebody who sees red and green alike.
@Suite struct ColourBlindnessTests {
  /// Dichromats by G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A Physiologically-based Model for Simulation of Color
  /// Vision Deficiency", IEEE TVCG 15 (2009), severity 1: protanopia and deuteranopia, on linear RGB.
  private static let matrices: [[[Double]]] = [
    [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
  ]

  private static func linear(_ colour: Colour?) -> [Double]? {
    guard case .rgb(let red, let green, let blue) = colour else { return nil }
    return [red, green, blue].map { value in
      let part = Double(value) / 255
      return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
    }
  }

  /// CIE 1976 L*a*b* under D65.
  private static func lab(_ rgb: [Double]) -> [Double] {
    let rows = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    let white = [0.9505, 1, 1.089]
    let parts = zip(rows, white).map { row, white in
      let value = zip(row, rgb).reduce(0) { $0 + $1.0 * min(1, max(0, $1.1)) } / white
      return value > 0.008856 ? cbrt(value) : 7.787 * value + 16.0 / 116
    }
    return [116 * parts[1] - 16, 500 * (parts[0] - parts[1]), 200 * (parts[1] - parts[2])]
  }

  /// The least difference of two colours (CIE 1976) that either kind of dichromat sees.
  private static func difference(_ one: Colour?, _ other: Colour?) -> Double? {
    guard let one = linear(one), let other = linear(other) else { return nil }
    return matrices.map { matrix in
      func seen(_ colour: [Double]) -> [Double] { lab(matrix.map { zip($0, colour).reduce(0) { $0 + $1.0 * $1.1 } }) }
      return zip(seen(one), seen(other)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
    }.min()
  }

  private static let pairs: [(Role, Role)] = [
    (.level(5), .level(4)), (.level(5), .level(3)), (.level(5), .level(2)), (.level(4), .level(3)),
    (.panelOver, .panelSpark), (.panelWarn, .panelSpark), (.panelOver, .panelWarn),
  ]

  @Test("Levels and thresholds differ to everybody", arguments: ["colorblind", "colorblind-light"])
  func distinct(name: String) throws {
    let theme = try Theme(named: name, depth: .direct)
    for (one, other) in Self.pairs {
      let found = try #require(Self.difference(theme.style(one).foreground, theme.style(other).foreground))
      #expect(found >= 20, "\(one.path) and \(other.path): \(found)")
    }
  }

  @Test func theSimulationTellsRedFromGreenAsTheyDo() throws {
    #expect(try #require(Self.difference(.rgb(160, 90, 40), .rgb(95, 115, 40))) < 20)
    #expect(try #require(Self.difference(.rgb(255, 138, 61), .rgb(86, 180, 233))) > 60)
  }
}
