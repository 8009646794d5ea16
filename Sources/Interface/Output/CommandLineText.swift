import LogFiles
import Metrics
import Quantities
import QueryLanguage

/// How the program was started: what a command line for the same view begins with.
public struct Invocation: Equatable, Sendable {
  /// The program's name.
  public var program = "chiplog"
  /// Options that no key changes: servers, formats, zones of stamps, the configuration.
  public var options: [String] = []
  /// Options that name panels, and the panels that they gave.
  public var panelOptions: [String] = []
  /// See `panelOptions`.
  public var panels: [PanelSpecification] = []
  /// The sources as they were named.
  public var sources: [String] = []

  /// A program started without anything.
  public init() {}
}

/// Words of a shell.
public enum ShellWord {
  /// `text` so that a shell of POSIX reads it back as one word.
  ///
  /// A byte of a name that is not UTF-8, which stands as a scalar of U+10FE80 ... U+10FEFF, becomes `\xE9` in `$'...'`, as
  /// bash, zsh and ksh read it.
  public static func quoted(_ text: String) -> String {
    if text.isEmpty { return "''" }
    if text.unicodeScalars.contains(where: { (0x10FE80...0x10FEFF).contains($0.value) }) { return ansi(text) }
    let isPlain = text.utf8.allSatisfy { byte in
      (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 32)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "_-./:,+@%=".utf8.contains(byte)
    }
    if isPlain { return text }
    return "'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "'\\''") + "'"
  }

  private static func ansi(_ text: String) -> String {
    var result = "$'"
    for scalar in text.unicodeScalars {
      switch scalar {
      case "'", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case _ where (0x10FE80...0x10FEFF).contains(scalar.value):
        result += "\\x" + String(scalar.value - 0x10FE00, radix: 16, uppercase: true)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "'"
  }
}

extension State {
  /// The command line that shows what is on the screen now.
  public var commandLine: String {
    let start = settings.invocation
    var words = [start.program] + start.options
    switch options.zone {
    case .written: break
    case .local: if !words.contains("--tz") { words += ["--tz", settings.displayZone.name] }
    case .utc:
      if let place = words.firstIndex(of: "--tz") { words.removeSubrange(place...place + 1) }
      words.append("--utc")
    }
    for status in summary.files where status.isForced { words += ["--format", "\(status.name)=\(status.format)"] }
    if panels.specifications == start.panels || panels.areDefaults {
      words += start.panelOptions
    } else if let name = panels.setName,
      settings.panelSets.contains(where: { $0.name == name && $0.panels == panels.specifications })
    {
      words += ["--panels", name]
    } else {
      // Panels that ask the logs are known to the configuration only.
      for panel in panels.specifications where !panel.asksLogs { words += ["--panel", panel.text] }
    }
    let query = queryOfTheView
    if !query.isEmpty { words += ["-q", query] }
    if !follow.isFollowing, let position = positionOption { words.append(position) }
    return (words + sources.named.map { $0.hasPrefix("-") && $0 != "-" ? "./" + $0 : $0 }).map(ShellWord.quoted)
      .joined(separator: " ")
  }

  /// The filter with its pipeline; sources that are hidden are left out by it.
  private var queryOfTheView: String {
    var filter = options.filter
    if options.filtersBySearch, let pattern = search.filter?.resolvedText { filter = pattern }
    for file in options.hidden.sorted() {
      guard let name = summary.status(of: file)?.shortName else { continue }
      filter = QueryRefinement.refine(filter, adding: "source", equals: name, isNegated: true)
    }
    return options.pipeline.isEmpty ? filter : filter.isEmpty ? options.pipeline : filter + " " + options.pipeline
  }

  /// `+812` in one file whose lines are known, else the time of the record.
  private var positionOption: String? {
    guard let row = log.cursorRow else { return nil }
    if summary.files.count == 1, let line = row.line { return "+\(line.rawValue)" }
    return row.parsed.stamp.map { "+" + $0.iso8601 }
  }
}
