import Drawing
import Foundation
import Testing
import Themes

@testable import Interface

/// Compares a drawn screen with the one that a person has looked at: Tests/Golden/NAME.txt, its lines and below them
/// the looks of its cells.
///
/// A missing file is written, and so is every file under `RECORD_GOLDENS=1`; a run that writes one fails, so that nothing
/// recorded passes unseen.
enum GoldenScreen {
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../Golden")

  static func check(
    _ name: String, _ state: State, glyphs: GlyphSet = .unicode, depth: ColourDepth = .direct,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let theme = try Theme(named: "dark", depth: depth)
    var state = state
    state.settings.glyphs = glyphs
    state.settings.hasColours = depth != .none
    let screen = renderScreen(state, size: state.size, theme: theme, glyphs: glyphs)
    let text = describe(screen, theme)
    let file = folder.appending(path: name + ".txt")
    let isRecording = ProcessInfo.processInfo.environment["RECORD_GOLDENS"] == "1"
    guard !isRecording, let golden = try? String(contentsOf: file, encoding: .utf8) else {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try text.write(to: file, atomically: true, encoding: .utf8)
      Issue.record("recorded \(name).txt: look at it, then run again", sourceLocation: sourceLocation)
      return
    }
    if text != golden {
      Issue.record("\(name) differs:\n\(difference(golden, text))", sourceLocation: sourceLocation)
    }
  }

  /// The lines, the looks, and what the letters of the looks mean.
  private static func describe(_ screen: RenderedScreen, _ theme: Theme) -> String {
    let surface = screen.surface
    var letters: [Style: Character] = [theme.style(.text): "."]
    var legend: [String] = []
    let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    let looks = (0..<surface.size.rows).map { row in
      String(
        surface.cells(ofRow: row).map { cell -> Character in
          if let letter = letters[cell.style] { return letter }
          let letter = letters.count <= alphabet.count ? alphabet[letters.count - 1] : "?"
          letters[cell.style] = letter
          legend.append("\(letter) \(text(of: cell.style))")
          return letter
        })
    }
    let caret = screen.caret.map { "caret \($0.column),\($0.row)\n" } ?? ""
    return surface.textLines.joined(separator: "\n") + "\n\(caret)\n" + looks.joined(separator: "\n") + "\n\n"
      + legend.joined(separator: "\n") + "\n"
  }

  private static func text(of style: Style) -> String {
    func name(_ colour: Colour?) -> String {
      switch colour {
      case nil: "-"
      case .standard: "default"
      case .indexed(let index): "\(index)"
      case .rgb(let red, let green, let blue):
        "#" + [red, green, blue].map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
      }
    }
    let attributes = [(Style.Attributes.bold, "bold"), (.dim, "dim"), (.underline, "underline"), (.reverse, "reverse")]
      .filter { style.attributes.contains($0.0) }.map { " " + $0.1 }.joined()
    return "\(name(style.foreground)) on \(name(style.background))\(attributes)"
  }

  private static func difference(_ golden: String, _ text: String) -> String {
    let (old, new) = (
      golden.split(separator: "\n", omittingEmptySubsequences: false),
      text.split(separator: "\n", omittingEmptySubsequences: false)
    )
    return (0..<max(old.count, new.count)).compactMap { index in
      let before = index < old.count ? String(old[index]) : "(none)"
      let after = index < new.count ? String(new[index]) : "(none)"
      return before == after ? nil : "\(index + 1) - \(before)\n\(index + 1) + \(after)"
    }.prefix(12).joined(separator: "\n")
  }
}
