import Drawing
import Glibc
import Interface
import LogFiles
import Metrics
import Platform
import Quantities
import Records
import Terminal
import Themes

/// Everything that a session on the terminal needs, made in the order that it must be made in.
struct ScreenStart {
  let launch: Launch
  let screen: TerminalScreen
  let files: LogFileSet
  let mailbox: Mailbox
  let signals: LoopSignals
  let hub: MetricsHub
  let theme: Theme
  /// What the connection to the terminal was found to be: fast or slow.
  let foundConnection: Settings.Connection

  /// Takes the terminal over; nothing is opened yet.
  ///
  /// - Throws: `UsageError` for what the user can mend (an unknown theme, no terminal), with the terminal untouched.
  init(_ launch: Launch) throws {
    self.launch = launch
    CrashHandler.install()
    let mailbox = try Mailbox()
    self.mailbox = mailbox
    signals = try LoopSignals(wakeUp: mailbox.wakeUp)
    _ = try Self.theme(launch.themeName, depth: .none)
    let choice = launch.options.colour
    do throws(TerminalError) {
      screen = try TerminalScreen(
        options: .init(colours: choice == .auto ? nil : choice == .always, mouse: launch.settings.usesMouse))
    } catch { throw UsageError(error.description, help: "chiplog -P prints without a screen") }
    let isAsked = launch.settings.connection == .auto && Files.environment("SSH_CONNECTION") != nil
    foundConnection = isAsked && !screen.answers(within: Self.nearby) ? .slow : .fast
    let connection = launch.settings.connection.found(foundConnection)
    theme = try Self.theme(launch.themeName, depth: screen.depth(over: connection))
    files = LogFileSet(options: launch.files) { mailbox.noteSnapshot() }
    hub = MetricsHub(sources: launch.metricSources, now: { Clock.now }) { mailbox.notePanels() }
  }

  /// The settings of the launch, with what the terminal decides.
  var settings: Settings {
    var settings = launch.settings
    settings.glyphs = GlyphSet.forLocale(
      all: Files.environment("LC_ALL"), characters: Files.environment("LC_CTYPE"), language: Files.environment("LANG"))
    settings.hasColours = screen.colours != .none
    settings.connection = settings.connection.found(foundConnection)
    return settings
  }

  /// Where a terminal answers as soon as that, nobody waits for its screen either.
  private static let nearby = Duration.milliseconds(60)

  /// What the command line asks of the screen.
  var opening: Opening {
    var opening = Opening()
    opening.filter = launch.queryText
    opening.follows = launch.files.follows
    opening.panels = launch.panels
    opening.panelSet = launch.options.panelSet.flatMap { $0.hasSuffix(".json") ? nil : $0 }
    opening.choosesFiles = launch.sources.isEmpty
    opening.columns = SavedColumns.load()
    opening.keepsSession = launch.restores
    if launch.restores, !launch.options.sources.isEmpty { opening.session = SessionFiles.load(launch.options.sources) }
    if !launch.options.panels.isEmpty || launch.options.panelSet != nil { opening.session?.panels = nil }
    for kind in PromptKind.allCases { opening.histories[kind] = PromptHistories.load(kind) }
    switch launch.options.start {
    case nil where launch.restores: opening.start = .restored
    case nil, .follow: break
    case .place(let text): opening.start = .place(text)
    case .end: opening.start = .endPaused
    case .line(let number): opening.start = .line(LineNumber(number))
    case .pattern(let pattern): opening.start = .search(pattern)
    }
    return opening
  }

  private static func theme(_ name: String, depth: ColourDepth) throws(UsageError) -> Theme {
    do throws(ThemeError) { return try Theme(named: name, depth: depth) { Files.contents(of: $0) } } catch {
      throw UsageError(error.description)
    }
  }
}
