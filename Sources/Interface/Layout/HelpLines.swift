import Drawing
import QueryLanguage

/// One line of the help.
public struct HelpLine: Equatable, Sendable {
  /// What kind of line it is.
  public enum Kind: Equatable, Sendable {
    /// A heading.
    case heading
    /// Keys or words, and what they do.
    case entry
    /// Nothing.
    case blank
  }

  /// What kind of line it is.
  public var kind: Kind
  /// The keys (`j  ↓`), a command, or the heading.
  public var keys: String
  /// What they do.
  public var text: String
  /// A query that has it; empty without one.
  public var example = ""
}

extension State {
  /// The lines of the help: the keys of the pane in focus first; only those with the needle, if there is one.
  public var helpLines: [HelpLine] {
    var lines: [HelpLine] = []
    func add(_ title: String, _ entries: [HelpLine]) {
      let needle = help.needle.lowercased()
      let found =
        needle.isEmpty
        ? entries : entries.filter { ($0.keys + " " + $0.text + " " + $0.example).lowercased().contains(needle) }
      guard !found.isEmpty else { return }
      if !lines.isEmpty { lines.append(HelpLine(kind: .blank, keys: "", text: "")) }
      lines.append(HelpLine(kind: .heading, keys: title, text: ""))
      lines += found
    }
    if help.topic == .language {
      for section in Self.languageSections { add(section.title, section.lines) }
      return lines
    }
    let panes: [Pane] = [.log, .result, .detail, .panels, .sources, .columns, .text, .prompt, .choice, .help]
    for pane in panes.sorted(by: { $0 == help.pane && $1 != help.pane }) {
      add("Keys: " + pane.title, keyLines(of: pane))
    }
    add("Commands", Command.all.map { HelpLine(kind: .entry, keys: $0.usage, text: $0.help) })
    add("Filters", Self.queryHelp.map { HelpLine(kind: .entry, keys: $0.0, text: $0.1) })
    return lines
  }

  private func keyLines(of pane: Pane) -> [HelpLine] {
    KeyTable.rows.filter { $0.pane == pane }.map { row in
      let keys = settings.keymap.keys(for: row.action, in: pane)
      let labels = keys.map { $0.map { $0.label(settings.glyphs) }.joined(separator: " ") }
      return HelpLine(kind: .entry, keys: labels.isEmpty ? "(none)" : labels.joined(separator: "  "), text: row.help)
    }
  }

  /// Two or three keys for the pane in focus, for the status line: `i filter`, `? help`.
  public var hints: [(key: String, text: String)] {
    let pane = focus
    if pane == .panels, options.span != nil { return spanHints }
    if pane == .log, selection != nil { return selectionHints }
    var rows = KeyTable.rows.filter { $0.pane == pane && $0.hint != nil }
    if pane.fallsThrough, pane != .log { rows += KeyTable.rows.filter { $0.pane == .log && $0.action == .closePane } }
    if pane == .log { rows = [Action.editFilter, .help, .details].compactMap { a in rows.first { $0.action == a } } }
    return rows.prefix(3).compactMap { row in
      guard let keys = settings.keymap.keys(for: row.action, in: row.pane).first else { return nil }
      return (keys.map { $0.label(settings.glyphs) }.joined(separator: " "), row.hint ?? "close")
    }
  }

  /// The keys for a span that is being selected.
  private var spanHints: [(key: String, text: String)] {
    let actions: [(Action, Pane, String)] = [
      (.takeSpan, .panels, "filter"), (.zoomIn, .log, "zoom"), (.stepOut, .panels, "drop"),
    ]
    return actions.compactMap { action, pane, text in
      guard let keys = settings.keymap.keys(for: action, in: pane).first else { return nil }
      return (keys.map { $0.label(settings.glyphs) }.joined(separator: " "), text)
    }
  }

  /// What the reference of the query language says.
  static var languageSections: [(title: String, lines: [HelpLine])] {
    LanguageReference.sections.map { section in
      let lines = section.entries.map { entry in
        let example = entry.example == entry.syntax ? "" : entry.example
        return HelpLine(kind: .entry, keys: entry.syntax, text: entry.summary, example: example)
      }
      return (section.title, lines)
    }
  }

  static let queryHelp: [(String, String)] = [
    ("error timeout", "records with both words, anywhere in their text"),
    ("\"connection refused\"", "that phrase"),
    ("-healthz  not healthz", "without the word"),
    ("level>=warn", "by level: trace debug info notice warn error critical fatal"),
    ("status>=500  duration>250ms", "numbers, with units"),
    ("status in (500, 502)", "any of them"),
    ("user:alice  user=alice", "contains; is exactly"),
    ("user:*", "has the field"),
    ("path~/^\\/api\\/v\\d/", "regular expression"),
    ("time:14:00..14:15  time>=-15m", "by time"),
    ("a or b   (a or b) and not c", "combined"),
    ("@noise", "a saved filter"),
  ]
}
