import Interface
import Platform
import Quantities
import QueryLanguage

/// How headless output looks.
enum OutputFormat: String, CaseIterable {
  case text, json, csv, table
}

/// When output is coloured.
enum ColourChoice: String, CaseIterable {
  case auto, always, never
}

/// A command line that cannot be followed: what is wrong and what to write instead.
struct UsageError: Error {
  var message: String
  var help: String?
  /// Whether `message` is complete, with its position and help, and stands for itself.
  var isRendered = false

  init(rendered message: String) {
    self.message = message
    isRendered = true
  }

  init(_ message: String, help: String? = nil) {
    self.message = message
    self.help = help
  }
}

/// What the command line asks for, before anything is opened.
struct Options {
  /// What to do instead of opening logs.
  enum Task {
    case open, help, version, listFormats, printConfiguration
    /// Check the definition of a format in this file.
    case checkFormat(String)
    /// Check pages of metrics.
    case checkMetrics
  }

  /// Where to begin, as less has it.
  enum Start: Equatable {
    case line(Int), end, follow, pattern(String), place(String)
  }

  var task = Task.open
  var sources: [String] = []
  var query: String?
  var prints = false
  var output = OutputFormat.text
  var tail: Int?
  var sorts = false
  var explains = false
  var follows: Bool?
  var spoolLimit: Int?
  var since: String?
  var until: String?
  var zone: String?
  var assumedZones: [String] = []
  var formats: [String] = []
  var prometheus: String?
  var panels: [String] = []
  var panelSet: String?
  var theme: String?
  var colour = ColourChoice.auto
  var configuration: String?
  var isSecure = false
  var restores = true
  var start: Start?

  /// Choosing an output format means printing.
  mutating func setOutput(_ format: OutputFormat) {
    output = format
    prints = true
  }
}

extension Options {
  /// Reads the arguments (without the program's name) in the GNU manner: `-n5`, `-n 5`, `--tail=5`, `--tail 5`,
  /// bundled flags, `--` ends the options.
  init(parsing arguments: [String]) throws(UsageError) {
    var index = 0
    var isLiteral = false

    func next(after name: String, _ meaning: String) throws(UsageError) -> String {
      index += 1
      guard index < arguments.count else { throw UsageError("\(name) needs \(meaning) after it") }
      return arguments[index]
    }

    while index < arguments.count {
      let argument = arguments[index]
      if isLiteral || argument == "-" || !(argument.hasPrefix("-") || argument.hasPrefix("+")) {
        sources.append(argument)
      } else if argument == "--" {
        isLiteral = true
      } else if argument.hasPrefix("+") {
        try readStart(argument)
      } else if argument.hasPrefix("--") {
        let name = String(argument.prefix { $0 != "=" })
        let attached = argument.count > name.count ? String(argument.dropFirst(name.count + 1)) : nil
        let option = try Options.definition(of: name)
        switch option.argument {
        case .none:
          guard attached == nil else { throw UsageError("\(name) takes no value") }
          try option.apply(&self, "")
        case .required(let meaning):
          let value: String
          if let attached { value = attached } else { value = try next(after: name, meaning) }
          try option.apply(&self, value)
        }
      } else {
        try readShort(argument, next)
      }
      index += 1
    }
  }

  private mutating func readShort(
    _ argument: String, _ next: (String, String) throws(UsageError) -> String
  ) throws(UsageError) {
    var rest = argument.dropFirst()
    while let letter = rest.first {
      rest = rest.dropFirst()
      let name = "-\(letter)"
      let option = try Options.definition(of: name, in: argument)
      switch option.argument {
      case .none: try option.apply(&self, "")
      case .required(let meaning):
        let value: String
        if rest.isEmpty { value = try next(name, meaning) } else { value = String(rest) }
        try option.apply(&self, value)
        return
      }
    }
  }

  private mutating func readStart(_ argument: String) throws(UsageError) {
    let text = argument.dropFirst()
    if text == "G" {
      start = .end
    } else if text == "F" {
      start = .follow
    } else if text.hasPrefix("/") {
      start = .pattern(String(text.dropFirst()))
    } else if let line = Int(text), line > 0 {
      start = .line(line)
    } else if Self.isPlace(String(text)) {
      start = .place(String(text))
    } else {
      throw UsageError(
        "unknown start \(argument)", help: "+N (line), +14:05 (time), +50%, +G (end), +F (follow) or +/PATTERN")
    }
  }

  /// Whether `:` goes to such a time or percentage.
  private static func isPlace(_ text: String) -> Bool {
    if text.hasSuffix("%") { return Double(text.dropLast()).map { $0 >= 0 } ?? false }
    let now = Clock.now
    return TimeArgument.parse(text, day: now, newest: now, zone: .utc) != nil
  }

  private static func definition(of name: String, in argument: String? = nil) throws(UsageError) -> OptionDefinition {
    if let found = OptionDefinition.all.first(where: { $0.names.contains(name) }) { return found }
    let known = OptionDefinition.all.flatMap(\.names)
    let begun = known.filter { name.count > 3 && $0.hasPrefix(name) }
    if begun.count == 1, let definition = OptionDefinition.all.first(where: { $0.names.contains(begun[0]) }) {
      return definition
    }
    let written = argument.map { $0 == name || $0.hasPrefix("--") ? name : "\(name) in \($0)" } ?? name
    let help = suggestion(for: name, among: known.filter { $0.hasPrefix("--") == name.hasPrefix("--") })
    throw UsageError("unknown option \(written)", help: help ?? "chiplog --help lists them")
  }
}

/// "did you mean …?" for the nearest of `candidates`, if any is near enough.
func suggestion(for word: String, among candidates: [String]) -> String? {
  Suggestion.nearest(to: word, among: candidates).map { "did you mean \($0)?" }
}

/// Bytes for `512M`, `2GiB`, `1000000`; nil for any other text. Powers of 1024, as every tool's size options take them.
func byteCount(_ text: String) -> Int? {
  let digits = text.prefix { $0.isNumber || $0 == "." }
  guard let value = Double(digits), value >= 0 else { return nil }
  let unit = text.dropFirst(digits.count).lowercased()
  guard let power = ["": 0, "b": 0, "k": 1, "m": 2, "g": 3, "t": 4][unit.prefix(1).description],
    ["", "b", "ib"].contains(String(unit.dropFirst(power == 0 ? unit.count : 1)))
  else { return nil }
  let bytes = (0..<power).reduce(value) { total, _ in total * 1024 }
  return bytes < 9e18 ? Int(bytes) : nil
}
