import Drawing
import Glibc
import Interface
import LogFiles
import Metrics
import Platform
import Quantities
import Terminal
import Themes

/// A session on the terminal: waits for keys, signals and workers, lets `State` decide, has effects carried out, draws.
///
///     one turn:  poll -> events -> state.update -> effects -> (up to 4 ms for the window) -> draw
///
/// Belongs to the main thread.
final class ScreenSession {
  let launch: Launch
  let screen: TerminalScreen
  let files: LogFileSet
  let mailbox: Mailbox
  let runner: EffectRunner
  let hub: MetricsHub
  var state: State
  var theme: Theme
  var isOver = false
  private let signals: LoopSignals
  private let opening: [Effect]
  private let foundConnection: Settings.Connection
  private var lastSnapshot = TimeSpan.zero
  private var shownVersion = -1

  private var sentAtSnapshot = 0
  /// Bytes a second that files which grow may send to the terminal: on a slow line keys wait behind them.
  private var lineBudget: Int { state.settings.connection == .slow ? 32_000 : 256_000 }

  /// How long after a snapshot the next is looked at while files grow: 30 times a second is as fast as an eye can follow, and what the last
  /// one sent must have had its time on the line. The first records are shown at once.
  private var snapshotPause: TimeSpan {
    if state.log.window.rows.isEmpty { return .zero }
    let sending = (screen.sentCount - sentAtSnapshot) * 1000 / lineBudget
    return .milliseconds(Int64(min(500, max(33, sending))))
  }

  init(_ start: ScreenStart) {
    launch = start.launch
    screen = start.screen
    files = start.files
    mailbox = start.mailbox
    hub = start.hub
    signals = start.signals
    theme = start.theme
    foundConnection = start.foundConnection
    state = State(size: start.screen.size, now: Clock.now)
    let logs = OpenedLogs(start.files, isSecure: launch.options.isSecure)
    let outputs = RecordOutput(glyphs: start.settings.glyphs, isSecure: launch.options.isSecure)
    runner = EffectRunner(
      workspace: Workspace(logs: logs, metrics: start.hub, results: PipelineResults(), outputs: outputs),
      mailbox: start.mailbox)
    opening = state.start(start.opening, settings: start.settings)
  }

  /// Runs until the user quits, a signal ends it, or the terminal goes away.
  func run() {
    launch.sources.forEach(files.open)
    carryOut(opening)
    carryOut([.resize(screen.size)] + configurationEvents())
    watchConfiguration()
    while !isOver {
      draw()
      wait()
      carryOut(collectEvents())
      waitForWindow()
    }
    if let session = state.sessionToKeep { SessionFiles.save(session) }
    runner.close()
    hub.close()
    files.close()
    screen.stop()
  }

  /// What the configuration has to say at the start: its mistakes, and whether one lies beside the logs.
  private func configurationEvents() -> [Event] {
    var events: [Event] = []
    if !launch.mistakes.isEmpty {
      events.append(.configured(state.settings, panels: nil, mistakes: launch.mistakes))
    }
    if launch.panels.isEmpty, launch.hasMetricsFiles { hub.showDefaultPanels() }
    if launch.options.configuration == nil, let path = FolderConfiguration.path(beside: launch.named) {
      events.append(.folderConfigurationFound(path: path))
    }
    return events
  }

  /// Reads the configuration again whenever it is saved.
  private func watchConfiguration() {
    let path = Files.expanded(launch.options.configuration ?? ConfigurationFile.usualPath)
    let (launch, start, found) = (self.launch, state.settings, foundConnection)
    ConfigurationWatch.start(path) { [mailbox] in
      guard let (configuration, mistakes) = try? ConfigurationFile.read(path, formats: OwnFormats.read().library) else {
        return
      }
      var settings = launch.makeSettings(configuration)
      settings.glyphs = start.glyphs
      settings.hasColours = start.hasColours
      settings.connection = settings.connection.found(found)
      let panels = launch.options.panels.isEmpty ? configuration.panels() : nil
      mailbox.post(.configured(settings, panels: panels, mistakes: mistakes))
    }
  }

  /// Gives events to the state and the effects to whoever carries them out.
  func carryOut(_ events: [Event]) {
    for event in events where !isOver { carryOut(state.update(event, at: Clock.now)) }
  }

  private func carryOut(_ effects: [Effect]) {
    for effect in effects {
      if effect.lane == .host { perform(effect) } else { runner.submit(effect) }
    }
  }

  /// Blocks until a key, a signal, a worker or a deadline.
  private func wait() {
    var waits: [TimeSpan] = []
    if let deadline = state.nextDeadline { waits.append(deadline - Clock.now) }
    if let timeout = screen.escapeTimeout { waits.append(.nanoseconds(Int64(timeout / .nanoseconds(1)))) }
    if mailbox.hasNewSnapshot { waits.append(lastSnapshot + snapshotPause + -Clock.monotonic) }
    let span = waits.min().map { max(.zero, $0) }
    // A millisecond more than asked for, so that the deadline has passed when poll returns.
    poll(milliseconds: span.map { Int32(clamping: $0.nanoseconds / 1_000_000 + 1) } ?? -1)
  }

  private func poll(milliseconds: Int32) {
    var descriptors = [screen.fileDescriptor, mailbox.wakeUp.descriptor.number, signals.descriptor.number].map {
      pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
    }
    _ = Glibc.poll(&descriptors, nfds_t(descriptors.count), milliseconds)
  }

  /// Everything that has happened: signals, keys, workers' answers, new snapshots, time.
  private func collectEvents() -> [Event] {
    var events: [Event] = []
    for signal in signals.take() { events += handle(signal) }
    let keys = screen.readKeys()
    if screen.isClosed { isOver = true }
    events += mailbox.takeEvents()
    events += keys.map { .key($0) }
    let clock = Clock.monotonic
    if mailbox.hasNewSnapshot, clock >= lastSnapshot + snapshotPause, mailbox.takeSnapshotNote() {
      lastSnapshot = clock
      sentAtSnapshot = screen.sentCount
      let snapshot = files.snapshot()
      if snapshot.version != shownVersion {
        shownVersion = snapshot.version
        events.append(.snapshotChanged(SourcesSummary(snapshot)))
      }
    }
    if mailbox.takePanelsNote() { events.append(.panels(hub.panels())) }
    if events.isEmpty || state.nextDeadline.map({ $0 <= Clock.now }) == true { events.append(.tick) }
    return events
  }

  private func handle(_ signal: Int32) -> [Event] {
    switch signal {
    case SIGWINCH: return [.resize(screen.resize())]
    case SIGTSTP:
      suspend()
      return [.resumed, .resize(screen.size)]
    case SIGCONT: return []
    default:
      isOver = true
      return []
    }
  }

  /// Gives the terminal to the shell until the user comes back.
  func suspend() {
    screen.suspend()
    screen.resume()
  }

  /// A window that is nearly there is worth waiting for: what is drawn then is right at once.
  private func waitForWindow() {
    let deadline = Clock.monotonic + .milliseconds(4)
    while !isOver, runner.isBusy(.window) || runner.isBusy(.view), Clock.monotonic < deadline {
      var waits = [pollfd(fd: mailbox.wakeUp.descriptor.number, events: Int16(POLLIN), revents: 0)]
      if Glibc.poll(&waits, 1, 4) > 0 { carryOut(mailbox.takeEvents()) }
    }
  }

  private func draw() {
    let picture = renderScreen(state, size: screen.size, theme: theme, glyphs: state.settings.glyphs)
    screen.draw(picture.surface, cursor: picture.caret)
  }
}
