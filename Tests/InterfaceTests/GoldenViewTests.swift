import Drawing
import LogFiles
import Matching
import Metrics
import QueryLanguage
import Quantities
import Series
import Testing
import Themes

@testable import Interface

@Suite struct GoldenViewTests {
  /// Three sources and three panels, the cursor on the failed payment, paused.
  private func incident(columns: Int = 80, rows: Int = 24) -> State {
    var state = GoldenFixture.state(columns: columns, rows: rows, files: GoldenLogs.all)
    let cursor = state.log.window.rows.firstIndex { $0.source == FileID(1) && $0.parsed.level == .error } ?? 0
    GoldenFixture.show(state.log.window.rows, cursor: cursor, in: &state)
    state.follow.isFollowing = false
    GoldenFixture.addPanel(
      "5xx", [0, 0, 0.1, 2, 4.5, 5, 3, 0.2, 0, 0], unit: MetricUnit(.number, isRate: true), warn: 1, error: 4,
      to: &state)
    GoldenFixture.addPanel("db conns", [6, 7, 9, .nan, 20, 22, 18, 9, 6, 6], to: &state)
    GoldenFixture.addVolume(to: &state)
    return state
  }

  // MARK: The log

  @Test("Several sources in columns, panels above them, at 80x24")
  func overview() throws { try GoldenScreen.check("overview", incident()) }

  @Test("Over a slow line only the beginning of the cursor's row is lit")
  func slowLine() throws {
    var state = incident()
    state.settings.connection = .slow
    try GoldenScreen.check("overview-slow", state)
  }

  @Test("A wide screen shows smallest and largest values too")
  func wideScreen() throws { try GoldenScreen.check("overview-wide", incident(columns: 120, rows: 30)) }

  @Test(
    "A small one keeps what matters, and the smallest says what it needs",
    arguments: [(40, 10), (20, 4), (10, 3), (1, 1)])
  func small(columns: Int, rows: Int) throws {
    try GoldenScreen.check("overview-\(columns)x\(rows)", incident(columns: columns, rows: rows))
  }

  @Test("A tall screen stacks the volume by level")
  func tallScreen() throws { try GoldenScreen.check("overview-tall", incident(columns: 100, rows: 36)) }

  /// The peak of the errors is anomalous, and so is what came before the axis and after its middle.
  private func marked(columns: Int = 80, rows: Int = 24) throws -> State {
    var state = incident(columns: columns, rows: rows)
    let axis = try #require(state.axis)
    func at(_ share: Double) -> Timestamp { axis.from + .seconds((axis.to - axis.from).seconds * share) }
    state.panels.anomalies.isOn = true
    state.panels.anomalies.spans = [
      .panel(state.panels.specifications[0]): [at(0.4)...at(0.6)],
      .panel(state.panels.specifications[1]): [at(-0.5)...at(0.05), at(0.9)...at(2), at(3)...at(4)],
      .volume: [at(0.5)...at(0.5)],
    ]
    return state
  }

  /// A panel of three rows, one with its series, and a histogram.
  private func detailed(columns: Int = 100, rows: Int = 36) throws -> State {
    var state = incident(columns: columns, rows: rows)
    let axis = try #require(state.axis)
    func series(_ labels: [Label], _ values: [Double]) -> TimeSeries {
      let step = (axis.to - axis.from).seconds / Double(values.count)
      let samples = values.enumerated().map {
        Sample(time: axis.from + .seconds((Double($0.offset) + 0.01) * step), value: $0.element)
      }
      return TimeSeries(labels: labels, samples: ContiguousArray(samples), step: .seconds(step))
    }
    let codes = [
      ("200", [9.0, 9, 8, 4, 2, 5, 9, 9]), ("503", [0, 0, 1, 6, 8, 5, 0, 0]), ("404", [1, 0, 1, 0, 1, 0, 1, 0]),
    ]
    GoldenFixture.addPanel("by code", [10, 9, 10, 10, 11, 10, 10, 9], unit: .number.perSecond, to: &state)
    state.panels.panels[2].series = codes.map { code, values in
      series([Label(name: "job", value: "shop"), Label(name: "code", value: code)], values)
    }
    let buckets = [
      ("0.01", [5.0, 5, 1, 0, 5]), ("0.1", [6, 6, 2, 1, 6]), ("1", [6, 6, 4, 2, 6]), ("+Inf", [6, 6, 6, 9, 6]),
    ]
    GoldenFixture.addPanel("latency", [6, 6, 6, 9, 6], unit: .number.perSecond, to: &state)
    state.panels.panels[3].series = buckets.map { bound, values in series([Label(name: "le", value: bound)], values) }
    state.panels.specifications[0].look.rows = 3
    for index in [2, 3] { state.panels.specifications[index].look.showsSeries = true }
    state.panels.specifications[1].look.isHidden = true
    return state
  }

  @Test("Panels are as high as asked for, with a row for each series or bucket, or hidden")
  func detailedPanels() throws {
    try GoldenScreen.check("panels-detailed", detailed())
    try GoldenScreen.check("panels-detailed-16", detailed(), depth: .sixteen)
    try GoldenScreen.check("panels-detailed-ascii", detailed(), glyphs: .ascii, depth: .none)
  }

  /// Lines: of several series, of one that a threshold colours and that falls for a moment, of a histogram; a histogram as heat.
  private func lined() throws -> State {
    var state = try detailed()
    state.size = Size(columns: 120, rows: 44)
    for index in state.panels.specifications.indices { state.panels.specifications[index].look = PanelLook() }
    for (index, rows) in [(0, 3), (2, 5), (3, 4)] {
      state.panels.specifications[index].look.rows = rows
      state.panels.specifications[index].look.style = .line
    }
    state.panels.panels[2].seriesCount = 5
    state.panels.panels[2].drawnLabel = "sum of 5"
    GoldenFixture.addPanel("up", [1, 1, 0, 1, 1, 1, 1, 1], to: &state)
    let axis = state.axis ?? TimeAxis(from: GoldenFixture.now, to: GoldenFixture.now + .seconds(Int64(1)))
    state.panels.panels[4].drawn = TimeSeries(
      samples: ContiguousArray(
        (0..<800).map {
          Sample(time: axis.from + .seconds(Double($0) * axis.span.seconds / 800), value: $0 == 400 ? 0 : 1)
        }),
      step: .seconds(axis.span.seconds / 800))
    GoldenFixture.addPanel("latency 1", [], to: &state)
    GoldenFixture.addPanel("latency 4", [], to: &state)
    for index in [5, 6] {
      state.panels.panels[index].series = state.panels.panels[3].series
      state.panels.panels[index].boundUnit = .seconds
    }
    state.panels.panels[3].boundUnit = .seconds
    state.panels.specifications[6].look.rows = 4
    return state
  }

  @Test("Panels of lines and heat, with a legend; a dip is a notch in the bars")
  func lines() throws {
    try GoldenScreen.check("panels-lines", lined())
    try GoldenScreen.check("panels-lines-16", lined(), depth: .sixteen)
    try GoldenScreen.check("panels-lines-ascii", lined(), glyphs: .ascii, depth: .none)
    var small = try lined()
    small.size = Size(columns: 80, rows: 24)
    try GoldenScreen.check("panels-lines-80", small)
  }

  @Test("A panel fills the screen, its scale logarithmic")
  func fullPanel() throws {
    var state = try detailed(columns: 80, rows: 24)
    state.focusedPane = .panels
    state.panels.selected = 1
    state.panels.fillsScreen = true
    state.panels.specifications[0].look.isLogarithmic = true
    try GoldenScreen.check("panel-full", state)
  }

  @Test("The buckets of a histogram share the screen that it fills, each beside its bound")
  func fullHeat() throws {
    var state = try lined()
    state.size = Size(columns: 100, rows: 30)
    state.focusedPane = .panels
    state.panels.selected = 7
    state.panels.fillsScreen = true
    try GoldenScreen.check("panel-full-heat", state)
  }

  @Test("Anomalies are underlined")
  func anomalies() throws {
    try GoldenScreen.check("anomalies", marked())
    try GoldenScreen.check("anomalies-tall", marked(columns: 100, rows: 36))
    try GoldenScreen.check("anomalies-ascii", marked(), glyphs: .ascii, depth: .none)
    var state = try marked()
    state.panels.anomalies.isOn = false
    try GoldenScreen.check("overview", state)
  }

  /// Two alerts, one of them no more than a warning, and exemplars of the panel in focus, one on its highest bar.
  private func withMarks(columns: Int = 80, rows: Int = 24) throws -> State {
    var state = incident(columns: columns, rows: rows)
    let axis = try #require(state.axis)
    func at(_ share: Double) -> Timestamp { axis.from + .seconds((axis.to - axis.from).seconds * share) }
    state.settings.hasPrometheus = true
    state.focusedPane = .panels
    state.panels.selected = 1
    state.panels.alerts.alerts = [
      Alert(name: "PoolFull", labels: [Label(name: "severity", value: "warning")], from: at(-1), to: at(0.2)),
      Alert(
        name: "ManyErrors", labels: [Label(name: "severity", value: "page")], from: at(0.3), to: at(0.6),
        summary: "5 errors a second"),
    ]
    let specification = state.panels.specifications[0]
    state.panels.exemplars.request = ExemplarRequest(id: 1, expression: specification.expression, axis: axis)
    state.panels.exemplars.exemplars = [0.05, 0.51, 0.52, 0.9].enumerated().map { index, share in
      Exemplar(time: at(share), value: Double(index % 3), labels: [Label(name: "trace_id", value: "4bf92f35\(index)")])
    }
    return state
  }

  @Test("Alerts lie on the axis, exemplars over the panel in focus, and the status names those at the cursor")
  func marks() throws {
    try GoldenScreen.check("marks", withMarks())
    try GoldenScreen.check("marks-wide", withMarks(columns: 120, rows: 30))
    try GoldenScreen.check("marks-ascii", withMarks(), glyphs: .ascii, depth: .none)
    try GoldenScreen.check("marks-16", withMarks(), depth: .sixteen)
    var state = try withMarks()
    state.panels.alerts.isOn = false
    state.focusedPane = .log
    try GoldenScreen.check("overview", state)
  }

  @Test("Without colours and in ASCII, characters tell what colours did")
  func plain() throws { try GoldenScreen.check("overview-ascii", incident(), glyphs: .ascii, depth: .none) }

  /// The first third of a span begun at the peak, on the middle half of the axis.
  private func selected(columns: Int = 80, rows: Int = 24) throws -> State {
    var state = incident(columns: columns, rows: rows)
    let whole = try #require(state.axis)
    state.options.zoom = TimeAxis(
      from: whole.from + whole.span.divided(by: 4), to: whole.to - whole.span.divided(by: 4))
    let axis = try #require(state.axis)
    var span = SpanSelection(axis.column(30, of: state.layout.axisColumns))
    span.edge = axis.column(12, of: state.layout.axisColumns)
    state.options.span = span
    state.focusedPane = .panels
    GoldenFixture.addVolume(to: &state)
    return state
  }

  @Test("A zoomed axis, and a span that is being selected")
  func spans() throws {
    try GoldenScreen.check("span", selected())
    try GoldenScreen.check("span-tall", selected(columns: 120, rows: 36))
    try GoldenScreen.check("span-16", selected(), depth: .sixteen)
    try GoldenScreen.check("span-ascii", selected(), glyphs: .ascii, depth: .none)
  }

  @Test("16 colours")
  func sixteen() throws { try GoldenScreen.check("overview-16", incident(), depth: .sixteen) }

  @Test("One text file is shown as written; hostile and wide text stays in its cells", arguments: [80, 40])
  func wideText(columns: Int) throws {
    let state = GoldenFixture.state(columns: columns, rows: 10, files: [("app.log", GoldenLogs.wide)])
    try GoldenScreen.check("wide-text-\(columns)", state)
  }

  @Test("Scrolled sideways, wide characters are not cut in half")
  func sideways() throws {
    var state = GoldenFixture.state(columns: 40, rows: 10, files: [("app.log", GoldenLogs.wide)])
    state.log.horizontalOffset = 27
    try GoldenScreen.check("wide-text-sideways", state)
  }

  @Test("Long lines wrap under their text")
  func wrapped() throws {
    var state = incident(columns: 60, rows: 20)
    state.panels.isHidden = true
    state.options.wraps = true
    try GoldenScreen.check("wrapped", state)
  }

  @Test("Matches of filter and search are bright, the hit under the cursor brightest; other records are faint")
  func highlights() throws {
    var state = incident(rows: 20)
    state.options.filter = "order"
    state.options.showsOnlyMatches = false
    state.view.matchCount = 5
    for index in state.log.window.rows.indices {
      state.log.window.rows[index].isMatch = state.log.window.rows[index].text(0..<Int.max).contains("order")
    }
    state.search.text = "failed"
    state.search.pattern = Pattern.literal("failed", ignoresCase: true)
    state.search.isHighlighted = true
    try GoldenScreen.check("highlights", state)
  }

  /// A long log with marks in its scroll bar, two highlighted words and folded lines.
  private func decorated(rows: Int = 20) throws -> State {
    var state = incident(columns: 90, rows: rows)
    state.view.count = 9000
    state.log.window.count = 9000
    state.log.window.firstRank = 4500
    state.options.fold = .repeats
    state.log.window.runs = state.log.window.rows.indices.map { index in
      let length = index == 2 ? 1_240 : index == 5 ? 3 : 1
      return .init(
        ranks: 4500 + index..<4500 + index + length, lastTime: state.log.window.rows[index].time + .seconds(8.2),
        last: state.log.window.rows[index].position)
    }
    state.logPane.highlights = [
      try #require(WordHighlight("orders", colour: .magenta)),
      try #require(WordHighlight("/timeout|GET/", colour: .green)),
    ]
    _ = state.update(.tick, at: GoldenFixture.now)
    let request = try #require(state.logPane.requestedMinimap)
    let marks = (0..<request.rows).map { row in
      Minimap.Mark(errors: row % 4 == 0 ? 0 : row * row, matches: row == 9 ? 3 : 0)
    }
    _ = state.update(.minimap(Minimap(request: request, marks: marks)), at: GoldenFixture.now)
    return state
  }

  @Test("The scroll bar shows errors and matches; words have colours; folded lines are counted")
  func decoration() throws {
    try GoldenScreen.check("decorated", decorated())
    try GoldenScreen.check("decorated-16", decorated(), depth: .sixteen)
    try GoldenScreen.check("decorated-ascii", decorated(), glyphs: .ascii, depth: .none)
  }

  @Test("Where later lines of a record fill the screen, its first stands above them")
  func sticky() throws {
    let text = "2026-03-14T10:00:00Z ERROR it failed\n" + (1...30).map { "  at frame \($0)\n" }.joined()
    var state = GoldenFixture.state(columns: 60, rows: 10, files: [("app.log", text)])
    state.log.topLine = 12
    state.log.cursorLine = 15
    try GoldenScreen.check("sticky", state)
  }

  @Test("Chosen columns have names above them and a pane to choose them in", arguments: [80, 40])
  func columns(width: Int) throws {
    let text = (0..<6).map { number in
      """
      {"time":"2026-03-14T10:00:0\(number)Z","level":"info","msg":"request","status":\(200 + number % 3 * 100),\
      "route":"/api/orders/\(number * 37)","client":{"address":"192.0.2.\(number)"},"note":"日本語 and some more words"}

      """
    }.joined()
    var state = GoldenFixture.state(columns: width, rows: 20, files: [("api.jsonl", text)])
    state.logPane.columns.chosen["json"] = [
      LogColumn("time"), LogColumn("status"), LogColumn("note", width: 6), LogColumn("route"), LogColumn("fields"),
    ]
    state.measureColumns()
    _ = state.update(.key(.character("c")), at: GoldenFixture.now)
    try GoldenScreen.check("columns-\(width)", state)
    if width == 80 { try GoldenScreen.check("columns-ascii", state, glyphs: .ascii, depth: .none) }
  }

  @Test("Bookmarks, a now line, a date and a rotation have rows and signs of their own")
  func thinRows() throws {
    let text = """
      2026-03-13T23:59:58Z INFO before midnight
      2026-03-14T00:00:01Z INFO after midnight
      2026-03-14T00:00:02Z INFO from the new file

      """
    var state = GoldenFixture.state(rows: 12, files: [("app.log", text)], cursor: 1)
    state.panels.isHidden = true
    state.log.window.rows[2].record.position.generation = GenerationID(1)
    let seen = state.log.window.rows[2].time
    state.summary.markers = [LogMarker(file: FileID(0), generation: GenerationID(1), seen: seen, kind: .rotated)]
    if let place = state.log.place { _ = state.bookmarks.toggle(place, text: "after midnight") }
    state.bookmarks.draw(at: GoldenFixture.now)
    try GoldenScreen.check("thin-rows", state)
  }

  // MARK: States

  @Test("Panels say what is wrong, keep old data dimmed, and are selected in their title")
  func panelStates() throws {
    var state = incident()
    GoldenFixture.addPanel("p99", [], status: .failed(message: "unknown function \"raet\"", caret: nil), to: &state)
    let since = GoldenFixture.now + .seconds(Int64(-95))
    state.panels.panels[0].status = .stale(
      since: since, reason: "connection refused", nextTry: GoldenFixture.now + .seconds(Int64(4)))
    state.panels.panels[1].drawn = nil
    state.panels.panels[1].status = .empty(reason: "no series matches")
    state.focusedPane = .panels
    state.panels.selected = 1
    try GoldenScreen.check("panel-states", state)
  }

  @Test("An empty result shows each clause alone and the way back")
  func emptyResult() throws {
    var state = incident()
    state.options.filter = "level>=warn status:teapot"
    state.log.window = .empty
    state.view.count = 0
    state.view.matchCount = 0
    state.view.totalCount = 48_212
    state.view.clauses = [
      ClauseCount(text: "level>=warn", count: 1204),
      ClauseCount(text: "status:teapot", count: 0, seenValues: ["200", "304", "404", "502"]),
    ]
    try GoldenScreen.check("empty-result", state)
  }

  @Test("The header says what is going on", arguments: ["indexing", "filtering", "paused", "end", "timeless"])
  func header(phase: String) throws {
    var state = GoldenFixture.state(columns: 80, rows: 4, files: [("app.log", GoldenLogs.wide)])
    switch phase {
    case "indexing": state.summary.files[0].phase = .indexing(0.434)
    case "filtering":
      state.view.inFlight = ViewRequest(
        id: 1, showsOnlyMatches: true, context: 0, hidden: [], isNewSelection: true, window: state.log.window.request)
      state.view.progress = 0.61
      state.view.foundSoFar = 812
    case "paused":
      state.follow.isFollowing = false
      state.follow.countAtPause = 2
    case "end":
      state.summary.files[0].phase = .ended
      state.summary.files[0].notes = ["truncated archive"]
    default: state.summary.files[0].hasTimes = false
    }
    try GoldenScreen.check("header-\(phase)", state)
  }

  @Test("A question keeps its answers on the screen, whatever its width", arguments: [100, 50, 30])
  func question(columns: Int) throws {
    var state = GoldenFixture.state(columns: columns, rows: 4, files: [("app.log", GoldenLogs.wide)])
    _ = state.update(.folderConfigurationFound(path: "/srv/incident/2026-03-14/chiplog.jsonc"), at: GoldenFixture.now)
    try GoldenScreen.check("question-\(columns)", state)
  }

  @Test("Sources that failed stand where the rows would be")
  func failed() throws {
    var state = State(size: Size(columns: 60, rows: 8), now: GoldenFixture.now)
    var status = FileStatus(file: FileID(0), name: "/var/log/auth.log", shortName: "auth.log")
    status.phase = .failed("permission denied (owner root, group adm)")
    state.summary.files = [status]
    try GoldenScreen.check("failed", state)
  }

  // MARK: Panes

  @Test("Details: all fields of a record, and its text with JSON indented", arguments: [false, true])
  func details(isRaw: Bool) throws {
    var state = incident(rows: 30)
    state.detail.isOpen = true
    state.detail.form = isRaw ? .raw : .fields
    state.detail.selected = 2
    state.focusedPane = .detail
    try GoldenScreen.check(isRaw ? "details-text" : "details", state)
  }

  @Test("Sources: shown and hidden, live and ended, forced format, assumed zone")
  func sources() throws {
    var state = incident()
    state.sources.isOpen = true
    state.sources.selected = 1
    state.focusedPane = .sources
    state.options.hidden = [FileID(0)]
    state.summary.files[1].isForced = true
    state.summary.files[2].assumedZone = "Europe/Berlin"
    state.summary.files[2].phase = .ended
    state.summary.files[2].untimedCount = 1203
    try GoldenScreen.check("sources", state)
  }

  @Test("Help lists the keys of the pane in focus first, as they are bound")
  func help() throws {
    var state = incident()
    state.help.isOpen = true
    state.help.pane = .detail
    try GoldenScreen.check("help", state)
  }

  @Test("The list of files at the start, narrowed by typing")
  func files() throws {
    var state = State(size: Size(columns: 70, rows: 10), now: GoldenFixture.now)
    var chooser = FileChooser()
    chooser.candidates = [
      .init(name: "journal:", detail: "the system's journal"),
      .init(name: "/var/log/nginx/access.log", detail: "188 MB  1s ago"),
      .init(name: "/var/log/auth.log", detail: "44 KB  3m ago", obstacle: "group adm"),
    ]
    chooser.narrowing = "log"
    chooser.selected = 0
    chooser.isLoading = false
    state.files = chooser
    try GoldenScreen.check("files", state)
  }

  // MARK: Prompts and lists

  @Test("A mistake in the filter stands above it once typing rests, its place underlined")
  func mistake() throws {
    var state = incident(rows: 16)
    var prompt = Prompt(.filter, text: "level>=warn or stauts>=500", before: state.options, now: GoldenFixture.now)
    prompt.problem = Diagnostic(
      "no record has a field \"stauts\"", range: 15..<21, help: "did you mean status?", severity: .warning)
    prompt.changed = GoldenFixture.now + .milliseconds(-500)
    state.prompt = prompt
    try GoldenScreen.check("prompt-mistake", state)
    state.prompt?.changed = GoldenFixture.now
    try GoldenScreen.check("prompt-typing", state)
  }

  @Test("The record under the cursor is not hidden by what stands above the prompt")
  func mistakeAtTheEnd() throws {
    var state = GoldenFixture.state(rows: 8, files: [("mailer.log", GoldenLogs.wide)])
    var prompt = Prompt(.filter, text: "level>=wran", before: state.options, now: GoldenFixture.now)
    prompt.problem = Diagnostic("unknown level \"wran\"", range: 7..<11, help: "did you mean warn?")
    prompt.changed = GoldenFixture.now + .milliseconds(-500)
    state.prompt = prompt
    try GoldenScreen.check("prompt-mistake-end", state)
  }

  @Test("Completions stand over the word that they complete; a long line scrolls with its caret")
  func completion() throws {
    var state = incident(rows: 16)
    var prompt = Prompt(.filter, text: "level>=warn or st", before: state.options, now: GoldenFixture.now)
    prompt.completion = .init(
      items: [.init(text: "status", detail: "200 404 502"), .init(text: "state", detail: "paid")], range: 15..<17,
      original: prompt.line)
    prompt.completion?.selected = 0
    state.prompt = prompt
    try GoldenScreen.check("completion", state)
    state.prompt = Prompt(
      .filter, text: String(repeating: "duration>250ms or ", count: 6) + "注文", before: state.options,
      now: GoldenFixture.now)
    try GoldenScreen.check("prompt-long", state)
  }

  @Test("A list to choose from lies over the lower left")
  func choice() throws {
    var state = incident(rows: 16)
    state.choice = Choice(
      .values(negated: false), title: "filter for",
      items: [
        .init(label: "level=error", detail: "77 records", isMarked: true, value: .nothing),
        .init(label: "order=8812", detail: "2 records", value: .nothing),
      ])
    try GoldenScreen.check("choice", state)
  }

  // MARK: Any size

  @Test("Every scene at every small size is drawn without a trap, and exactly as large as asked")
  func everySize() throws {
    var scenes = [incident()]
    for change in [
      { $0.detail.isOpen = true }, { $0.sources.isOpen = true }, { $0.help.isOpen = true },
      { $0.files = FileChooser() }, { $0.prompt = Prompt(.filter, text: "a", before: $0.options, now: $0.now) },
      { $0.choice = Choice(.theme, title: "theme", items: []) },
      { $0.options.wraps = true }, { $0.log.horizontalOffset = 1_000 },
    ] as [(inout State) -> Void] {
      var scene = incident()
      change(&scene)
      scenes.append(scene)
    }
    for scene in scenes {
      for columns in [0, 1, 2, 5, 19, 20, 23, 37] {
        for rows in 0...9 {
          let size = Size(columns: columns, rows: rows)
          let surface = render(scene, size: size, theme: .standard(depth: .sixteen), glyphs: .unicode)
          #expect(surface.size == size)
        }
      }
    }
  }
}
