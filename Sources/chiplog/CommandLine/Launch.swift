import Analysis
import Glibc
import Interface
import LogFiles
import Matching
import Metrics
import Platform
import Quantities
import QueryLanguage
import Records
import Themes

/// What the command line and the configuration come to: checked, resolved, ready to open.
struct Launch {
  var options: Options
  var files: LogFilesOptions
  var sources: [LogSource]
  /// The same with files of metrics among them, as they were named.
  let named: [LogSource]
  /// The zone to show times in; nil for "as written".
  var zone: Zone?
  /// Panels from the command line, else from the configuration.
  var panels: [PanelSpecification] = []
  /// Servers and files that panels draw from, the default first.
  var metricSources: [MetricSourceConfiguration] = []
  /// What the interface is told, but for what only the terminal knows.
  var settings = Settings()
  /// The query, where it has a pipeline.
  private(set) var pipeline: SyntaxTree?
  /// What the configuration says.
  let configuration: Configuration
  /// What is wrong in it, with file, line and column.
  private(set) var mistakes: [String]

  /// Checks everything that can be checked before anything is opened.
  init(_ options: Options, isForScreen: Bool) throws(UsageError) {
    self.options = options
    let own = OwnFormats.read()
    let read = try ConfigurationFile.read(options.configuration, formats: own.library)
    configuration = read.configuration
    mistakes = read.mistakes + own.mistakes
    let zoneName = options.zone ?? configuration.zone.flatMap { $0 == "auto" ? nil : $0 }
    zone = try zoneName.map { name throws(UsageError) in try Launch.zone(named: name) }
    files = LogFilesOptions(
      follows: options.follows ?? isForScreen, assumedZone: ZoneDatabase.local, spoolLimit: options.spoolLimit,
      isSecure: options.isSecure)
    files.library = own.library
    if let unzoned = configuration.unzoned { files.assumedZone = try Launch.zone(named: unzoned) }
    files.isLog = { path, head in !MetricsFiles.isMetrics(head) && !path.hasSuffix("/" + FolderConfiguration.fileName) }
    sources = try RotatedSets.inOrder(options.sources).map { name throws(UsageError) in
      try Launch.source(name, isSecure: options.isSecure)
    }
    named = sources
    for text in options.assumedZones { try assumeZone(text) }
    for text in options.formats { try forceFormat(text) }
    try applyFileRules()
    metricSources = metricSources(files: MetricsFiles.take(from: &sources))
    panels = try choosePanels()
    settings = makeSettings()
    try checkQuery()
  }

  /// Whether a session is kept, and comes back.
  var restores: Bool {
    options.restores && configuration.restore != false && !options.isSecure && !options.sources.contains("-")
  }

  /// How the program was started, for a command line that shows the same again.
  private var invocation: Invocation {
    var invocation = Invocation()
    func add(_ name: String, _ values: [String]) { for value in values { invocation.options += [name, value] } }
    add("--config", [options.configuration].compactMap { $0 })
    add("--prometheus", [options.prometheus].compactMap { $0 })
    add("--format", options.formats)
    add("--assume-tz", options.assumedZones)
    add("--tz", [options.zone].compactMap { $0 })
    add("--theme", [options.theme].compactMap { $0 })
    if options.isSecure { invocation.options.append("--secure") }
    if options.follows == false { invocation.options.append("--no-follow") }
    invocation.panelOptions =
      options.panels.flatMap { ["--panel", $0] } + (options.panelSet.map { ["--panels", $0] } ?? [])
    invocation.panels = panels
    // From any folder.
    invocation.sources = options.sources.map { name in
      PathText.withBytes(name) { access($0, F_OK) } == 0 && name != "-" ? Folder.absolute(name) : name
    }
    return invocation
  }

  /// Whether panels can be drawn without any server.
  var hasMetricsFiles: Bool { metricSources.contains { if case .file = $0 { true } else { false } } }

  /// The theme to begin with.
  var themeName: String { settings.theme }

  /// The query of `-q` with the bounds of `--since` and `--until` added.
  var queryText: String {
    var parts: [String] = []
    if let since = options.since { parts.append("time>=\(Launch.timeLiteral(since))") }
    if let until = options.until { parts.append("time<\(Launch.timeLiteral(until))") }
    guard let query = options.query else { return parts.joined(separator: " ") }
    if parts.isEmpty { return query }
    // Only the filter is put in parentheses, not the pipeline behind it.
    let (filter, pipeline) = QueryParser.parts(query)
    let isNothing = filter.allSatisfy(\.isWhitespace)
    return ((isNothing ? [] : ["(\(filter))"]) + parts).joined(separator: " ") + pipeline
  }

  /// Compiles the query against nothing, so that a mistake is told before anything is opened.
  private mutating func checkQuery() throws(UsageError) {
    let now = Clock.now
    let context = QueryContext(
      now: now, newest: now, cursor: now, zone: zone ?? ZoneDatabase.local,
      savedFilters: configuration.filters)
    do throws(Diagnostic) {
      let tree = try QueryParser.parse(queryText)
      if tree.stages.isEmpty {
        _ = try QueryCompiler.compile(tree, context: context)
      } else {
        _ = try PipelinePlan(tree, context: context)
        pipeline = tree
      }
    } catch { throw UsageError(rendered: error.rendered(query: queryText)) }
  }

  /// What `--since` takes, as the query language writes it: `15m` is fifteen minutes ago, `2026-01-02 14:05` one word.
  static func timeLiteral(_ text: String) -> String {
    let trimmed = text.split(separator: " ").joined(separator: "T")
    let isSpan = trimmed.first?.isNumber == true && trimmed.last?.isLetter == true && !trimmed.contains(":")
    return isSpan && !trimmed.hasSuffix("Z") ? "-" + trimmed : trimmed
  }

  static func zone(named name: String) throws(UsageError) -> Zone {
    if let zone = ZoneDatabase.zone(named: name) { return zone }
    let near = ZoneDatabase.names(containing: "", limit: 1000)
    throw UsageError(
      "unknown time zone \(name)",
      help: suggestion(for: name, among: near) ?? "write UTC, local, +02:00 or a name such as Europe/Zurich")
  }

  /// Reads an argument: `-`, `journal:`, `journal:UNIT`, or a path.
  private static func source(_ name: String, isSecure: Bool) throws(UsageError) -> LogSource {
    if name == "-" { return .standardInput(FileDescriptor(owning: dup(STDIN_FILENO))) }
    guard name.hasPrefix("journal:"), PathText.withBytes(name, { access($0, F_OK) }) != 0 else {
      return .path(name)
    }
    if isSecure { throw UsageError("\(name) runs journalctl, which --secure forbids") }
    let unit = String(name.dropFirst("journal:".count))
    return .journal(unit: unit.isEmpty ? nil : unit)
  }

  /// What the configuration says of files comes after what the command line says: the first that fits counts.
  private mutating func applyFileRules() throws(UsageError) {
    for rule in configuration.files {
      if let format = rule.format { files.formats.append((pattern: rule.match, name: format)) }
      if let zone = rule.zone { files.assumedZones.append((pattern: rule.match, zone: try Launch.zone(named: zone))) }
      if let offset = rule.offset { files.offsets.append((pattern: rule.match, offset: offset)) }
    }
  }

  /// The default first: the server of the command line, metrics files beside the logs, then what is always there.
  private func metricSources(files: [MetricSourceConfiguration]) -> [MetricSourceConfiguration] {
    func server(_ url: String?) -> [MetricSourceConfiguration] {
      url.map { [.server(MetricServerConfiguration(url: $0))] } ?? []
    }
    return server(options.prometheus) + files
      + (options.prometheus == nil ? server(Files.environment("PROMETHEUS_URL")) : [])
      + configuration.metricServers.map { .server($0) }
  }

  private mutating func choosePanels() throws(UsageError) -> [PanelSpecification] {
    if !options.panels.isEmpty { return try options.panels.map { text throws(UsageError) in try Launch.panel(text) } }
    guard let name = options.panelSet else { return configuration.panels() ?? [] }
    if let panels = configuration.panels(named: name) { return panels }
    if name.hasSuffix(".json") {
      let dashboard = try ImportedPanels.dashboard(name)
      mistakes += dashboard.notes.map { "\(name): \($0)" }
      return dashboard.panels
    }
    let saved = SavedPanels.load()
    if let set = saved.first(where: { $0.name == name }) { return set.panels }
    let known = configuration.panels.map(\.name) + saved.map(\.name)
    throw UsageError(
      "there are no panels named \(name)",
      help: suggestion(for: name, among: known) ?? (known.isEmpty ? nil : "there are: \(known.joined(separator: ", "))")
    )
  }

  /// The interface's settings by the configuration, with the command line over it.
  func makeSettings(_ configuration: Configuration? = nil) -> Settings {
    var settings = Settings()
    settings.apply(configuration ?? self.configuration)
    settings.hasPrometheus = metricSources.contains { source in
      if case .server(let server) = source { server.kind == .prometheus } else { false }
    }
    for set in SavedPanels.load() where !settings.panelSets.contains(where: { $0.name == set.name }) {
      settings.panelSets.append(.init(name: set.name, panels: set.panels, isSaved: true))
    }
    settings.displayZone = zone ?? ZoneDatabase.local
    settings.isSecure = options.isSecure
    settings.themeNames = Theme.builtInNames
    settings.formats = files.library.names.map { .init(name: $0.name, summary: $0.summary) }
    settings.metricSources = metricSources.map { source in
      switch source {
      case .server(let server): server.name
      case .file(let name, _): name
      }
    }
    if let theme = options.theme { settings.theme = theme }
    settings.invocation = invocation
    return settings
  }

  private static func panel(_ text: String) throws(UsageError) -> PanelSpecification {
    do throws(PanelTextError) { return try PanelSpecification(parsing: text) } catch {
      throw UsageError("--panel: \(error.message)", help: "--panel 'errors: rate(http_errors_total[1m])'")
    }
  }

  private mutating func assumeZone(_ text: String) throws(UsageError) {
    if let zone = ZoneDatabase.zone(named: text) {
      files.assumedZone = zone
    } else if let split = text.lastIndex(of: "=") {
      let zone = try Launch.zone(named: String(text[text.index(after: split)...]))
      files.assumedZones.append((pattern: String(text[..<split]), zone: zone))
    } else {
      files.assumedZone = try Launch.zone(named: text)
    }
  }

  private mutating func forceFormat(_ text: String) throws(UsageError) {
    let known = files.library.names.map(\.name)
    if known.contains(text) {
      files.formats.append((pattern: "*", name: text))
      return
    }
    let name = text.lastIndex(of: "=").map { String(text[text.index(after: $0)...]) } ?? text
    guard known.contains(name), let split = text.lastIndex(of: "=") else {
      throw UsageError(
        "unknown format \(name)",
        help: suggestion(for: name, among: known) ?? "formats: \(known.joined(separator: " "))")
    }
    files.formats.append((pattern: String(text[..<split]), name: name))
  }
}
