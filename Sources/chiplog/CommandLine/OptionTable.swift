import Themes

/// Every option of the command line, defined once: the parser, `--help` and the suggestions read this table.
struct OptionDefinition: Sendable {
  /// What follows the option.
  enum Argument: Equatable, Sendable {
    case none
    case required(String)
  }

  /// All spellings, the one that help shows first.
  var names: [String]
  var argument: Argument
  var help: String
  var apply: @Sendable (inout Options, String) throws(UsageError) -> Void

  static let all: [OptionDefinition] = filtering + output + live + time + formats + metrics + appearance + general

  private static let filtering: [OptionDefinition] = [
    .init(["-q", "--query"], "QUERY", "show only records that match; @name uses a saved filter") { $0.query = $1 }
  ]

  private static let output: [OptionDefinition] = [
    .init(["-P", "--print"], "no screen: print (implied when stdout is no terminal)") { o, _ in o.prints = true },
    .init(["--text"], "print each record's own bytes (the default)") { o, _ in o.setOutput(.text) },
    .init(["--json"], "print one JSON object a record") { o, _ in o.setOutput(.json) },
    .init(["--csv"], "print comma-separated values: time, level, source, line, msg, fields") { o, _ in o.setOutput(.csv)
    },
    .init(["--table"], "print aligned columns: time, level, source, line, msg") { o, _ in o.setOutput(.table) },
    .init(["-o", "--output"], "FORMAT", "print as text, json, csv or table") { o, value throws(UsageError) in
      guard let format = OutputFormat(rawValue: value) else {
        throw UsageError(
          "unknown output format \(value)", help: suggestion(for: value, among: OutputFormat.allCases.map(\.rawValue)))
      }
      o.setOutput(format)
    },
    .init(["-n", "--tail"], "N", "only the last N records; of a result the first N rows") {
      o, value throws(UsageError) in
      guard let count = Int(value), count >= 0 else { throw UsageError("-n takes a number of records, not \(value)") }
      o.tail = count
    },
    .init(["--explain"], "print how the query would be evaluated, and end") { o, _ in
      (o.explains, o.prints) = (true, true)
    },
    .init(["--sort"], "print in full time order (waits for the whole index)") { o, _ in o.sorts = true },
  ]

  private static let live: [OptionDefinition] = [
    .init(["-f", "-F", "--follow"], "follow growing files (the screen does so by itself)") { o, _ in o.follows = true },
    .init(["--no-follow"], "read the files as they are now") { o, _ in o.follows = false },
    .init(["--spool-limit"], "SIZE", "most bytes kept for pipes and decompressed files, e.g. 512M") {
      o, value throws(UsageError) in
      guard let size = byteCount(value) else {
        throw UsageError("--spool-limit takes a size such as 512M, not \(value)")
      }
      o.spoolLimit = size
    },
  ]

  private static let time: [OptionDefinition] = [
    .init(["-S", "--since"], "TIME", "not before: 15m, 14:05, 2026-01-02 14:05, today, yesterday, RFC 3339") {
      $0.since = $1
    },
    .init(["-U", "--until"], "TIME", "not after") { $0.until = $1 },
    .init(["--tz"], "ZONE", "zone to show: UTC, local, +02:00, Europe/Zurich") { $0.zone = $1 },
    .init(["--utc"], "the same as --tz UTC") { o, _ in o.zone = "UTC" },
    .init(["--assume-tz"], "[FILE=]ZONE", "zone of stamps that name none (default: this machine's)") {
      $0.assumedZones.append($1)
    },
  ]

  private static let formats: [OptionDefinition] = [
    .init(["--format"], "[FILE=]NAME", "read as this format instead of recognising it") { $0.formats.append($1) },
    .init(["--list-formats"], "print the formats and end") { o, _ in o.task = .listFormats },
    .init(["--check-format"], "FILE", "check a format of your own, and what it makes of the logs named") {
      $0.task = .checkFormat($1)
    },
  ]

  private static let metrics: [OptionDefinition] = [
    .init(["--prometheus"], "URL", "metrics server (or $PROMETHEUS_URL)") { $0.prometheus = $1 },
    .init(["--panel"], "'[TITLE: ]PROMQL'", "a sparkline above the log; may be repeated") { $0.panels.append($1) },
    .init(["--check-metrics"], "check pages of metrics, print their samples: [prometheus-text|openmetrics] FILE") {
      o, _ in o.task = .checkMetrics
    },
    .init(["--panels"], "SET", "a named set of panels, or a dashboard saved in Grafana (FILE.json)") {
      $0.panelSet = $1
    },
  ]

  private static let appearance: [OptionDefinition] = [
    .init(["--theme"], "NAME|FILE", "\(Theme.builtInNames.joined(separator: ", ")), or a theme file") { $0.theme = $1 },
    .init(["--color", "--colour"], "WHEN", "auto, always or never") { o, value throws(UsageError) in
      guard let colour = ColourChoice(rawValue: value) else {
        throw UsageError(
          "--color takes auto, always or never, not \(value)",
          help: suggestion(for: value, among: ColourChoice.allCases.map(\.rawValue)))
      }
      o.colour = colour
    },
  ]

  private static let general: [OptionDefinition] = [
    .init(["--config"], "FILE", "configuration (default: $XDG_CONFIG_HOME/chiplog/config.jsonc)") {
      $0.configuration = $1
    },
    .init(["--print-config"], "print the configuration as it is understood, and end") { o, _ in
      o.task = .printConfiguration
    },
    .init(["--secure"], "no pipe, editor, writing or spawned commands (for sudo rules)") { o, _ in o.isSecure = true },
    .init(["--no-restore"], "neither come back to where these logs were left, nor keep it") { o, _ in o.restores = false
    },
    .init(["-h", "--help"], "print this and end") { o, _ in o.task = .help },
    .init(["-V", "--version"], "print the version and end") { o, _ in o.task = .version },
  ]

  private init(
    _ names: [String], _ argument: String, _ help: String,
    apply: @escaping @Sendable (inout Options, String) throws(UsageError) -> Void
  ) {
    self.names = names
    self.argument = .required(argument)
    self.help = help
    self.apply = apply
  }

  private init(
    _ names: [String], _ help: String, apply: @escaping @Sendable (inout Options, String) throws(UsageError) -> Void
  ) {
    self.names = names
    argument = .none
    self.help = help
    self.apply = apply
  }
}
