import Drawing
import LogFiles
import Metrics
import Quantities
import QueryLanguage
import Timelines

/// Something that `State.update` wants done. It never happens inside update().
///
/// How the event loop (or a test) carries effects out:
///
/// - `effect.lane` says where. Effects of one lane run one after the other, in the order in which update() returned
///   them; different lanes run at the same time, each on a thread of its own (or on a shared pool), except `.host`,
///   which runs on the event loop's own thread, at once, because it needs the terminal or the process.
/// - `lane.policy` says what a new effect does to older ones of the same lane. `.supersede`: cancel the running one
///   (the `Cancellation` given to `Workspace.perform`) and drop those that wait. `.coalesce`: let the running one
///   finish, drop those that wait. `.queue`: all are carried out.
/// - `.cancel(lane)` cancels what runs in that lane and drops what waits.
/// - Everything but the lane `.host` goes to `Workspace.perform(_:cancellation:emit:)`, from any thread; the events
///   that it emits are put into the loop's mailbox, in order, and then given to update().
/// - After a batch of events the loop waits at most 4 ms for the answer of a `.window` effect before it draws.
/// - The loop sends `.tick` at `state.nextDeadline` (and need not otherwise), `.snapshotChanged` when `LogFileSet`
///   calls back (at most about 30 a second: only the latest counts), `.panels` when `MetricsHub` does.
/// - Every call of update() carries the wall clock's time; keys need it for the rules of 0.4 s.
public enum Effect: Sendable {
  // Workspace.
  /// Build the view of a filter and bring the window around the cursor: `.view`, `.viewProgress`.
  case showView(ViewRequest)
  /// Bring other rows of the present view: `.window`.
  case fetchWindow(WindowRequest)
  /// Find a pattern among the records shown: `.found`.
  case search(SearchRequest)
  /// Run a pipeline: `.result`, more than once while it runs, or `.resultFailed`.
  case analyse(ResultRequest)
  /// Ask the logs what a panel shows: `.logPanel`.
  case askLogs(LogPanelRequest)
  /// Look for anomalies in panels and the number of records: `.anomalies`.
  case findAnomalies(AnomalyRequest)
  /// Look for a gap or a burst of errors: `.landmark`.
  case findLandmark(LandmarkRequest)
  /// Count records by time and level: `.volume`.
  case countVolume(VolumeRequest)
  /// Find errors and matches along the log: `.minimap`.
  case drawMinimap(MinimapRequest)
  /// Sample fields and values: `.vocabulary`.
  case learnVocabulary
  /// Count the most frequent values of a field among the records shown: `.topValues`.
  case countValues(field: String)
  /// Open a file, a directory, `journal:unit`.
  case open(String)
  /// Force a format on a source, or leave it to detection.
  case setFormat(String?, FileID)
  /// Set the zone of stamps that name none.
  case setAssumedZone(Zone, FileID)
  /// Add a span to every stamp of a source, whose clock was wrong.
  case setClockOffset(TimeSpan, FileID)
  /// Replace the panels.
  case setPanels([PanelSpecification])
  /// Set the time that the panels show.
  case setPanelView(PanelView)
  /// Complete an expression: `.completions`.
  case completeExpression(text: String, cursor: Int, source: String?)
  /// Have a metric source read an expression: `.expressionChecked`.
  case checkExpression(String, source: String?)
  /// Find the alerts that fired in the time shown: `.alerts`.
  case findAlerts(AlertRequest)
  /// Find the exemplars of a panel: `.exemplars`.
  case findExemplars(ExemplarRequest)
  /// Try the metric sources again now.
  case retryMetrics
  /// Find records of an earlier session: `.spotsFound`.
  case findSpots([SavedSession.Spot])
  /// Copy, write or hand over records or a result: `.output`, `.outputProgress`. Never in secure mode, but for copies.
  case giveOut(OutputRequest)

  // Any lane.
  /// Give up what runs and waits in a lane.
  case cancel(Lane)

  // Host.
  /// Put bytes into the clipboard (OSC 52).
  case copy([UInt8])
  /// Give the terminal to an editor or pager that shows a file, and remove a temporary one afterwards. Never in secure mode.
  case runProgram(TerminalProgram, path: String, line: Int?, isTemporary: Bool)
  /// Find files for the chooser: `.filesFound`.
  case findFiles
  /// Look a zone up by name: `.zoneFound`. `purpose` comes back unchanged.
  case findZone(name: String, purpose: ZonePurpose)
  /// Load a theme by name or path and draw with it; answered by a `.message` if it cannot be.
  case setTheme(String)
  /// Report mouse events, or leave the mouse to the terminal.
  case setMouse(Bool)
  /// Keep the entries of a prompt for the next session.
  case saveHistory(PromptKind, [String])
  /// Find the files that a path could go on with: `.pathsFound`.
  case completePath(String)
  /// Keep the session for the next one with its sources. Never in secure mode.
  case keepSession(SavedSession)
  /// Look for the session that was kept of these sources: `.sessionFound`.
  case findSession([String])
  /// Keep the panels beside the configuration; quietly says only what went wrong.
  case savePanels([PanelSpecification], isQuiet: Bool = false)
  /// Keep the columns of a format for the next session; nil forgets them.
  case saveColumns(format: String, [LogColumn]?)
  /// Keep the panels as a named set beside the configuration; answered by a `.message`.
  case savePanelSet(name: String, panels: [PanelSpecification])
  /// Make panels of a dashboard that was saved in Grafana: `.panelsImported`, or a `.message` if it cannot be read.
  case importPanels(path: String)
  /// Keep a filter, or a query, under a name beside the configuration; answered by a `.message` if it cannot be.
  case saveQuery(name: String, query: String)
  /// Use the folder's configuration from now on: `.folderConfiguration`.
  case useFolderConfiguration(path: String)
  /// Draw the whole screen again.
  case redraw
  /// Suspend the process, the terminal restored.
  case suspend
  /// End the program.
  case quit

  /// What a zone is looked up for.
  public enum ZonePurpose: Hashable, Sendable {
    /// The display zone.
    case display
    /// The stamps of a source that name none.
    case source(FileID)
  }

  /// Where an effect runs.
  public enum Lane: Hashable, CaseIterable, Sendable {
    /// The event loop's own thread.
    case host
    /// Filters.
    case view
    /// Windows.
    case window
    /// Searches.
    case search
    /// Pipelines.
    case analysis
    /// Pipelines of panels.
    case logPanels
    /// Gaps and bursts.
    case landmarks
    /// Volume counts.
    case volume
    /// Errors and matches along the log.
    case minimap
    /// Searches for anomalies.
    case anomalies
    /// Samples for completion and counts of values.
    case values
    /// Opening and re-reading files.
    case files
    /// Panels.
    case metrics
    /// Copies, files, input of commands.
    case output

    /// What a new effect does to older ones of the lane.
    public enum Policy: Sendable {
      /// Cancels the running one and drops those that wait.
      case supersede
      /// Drops those that wait.
      case coalesce
      /// Nothing.
      case queue
    }

    /// What a new effect does to older ones of this lane.
    public var policy: Policy {
      switch self {
      case .view, .search, .analysis, .landmarks, .output: .supersede
      case .window, .volume, .minimap, .anomalies: .coalesce
      case .host, .values, .files, .metrics, .logPanels: .queue
      }
    }
  }

  /// Where it runs; nil for `.cancel`, which concerns the loop itself.
  public var lane: Lane? {
    switch self {
    case .showView: .view
    case .fetchWindow: .window
    case .search: .search
    case .analyse: .analysis
    case .askLogs: .logPanels
    case .findLandmark: .landmarks
    case .countVolume: .volume
    case .drawMinimap: .minimap
    case .findAnomalies: .anomalies
    case .learnVocabulary, .countValues: .values
    case .open, .setFormat, .setAssumedZone, .setClockOffset: .files
    case .setPanels, .setPanelView, .completeExpression, .checkExpression, .findAlerts, .findExemplars, .retryMetrics:
      .metrics
    case .giveOut: .output
    case .findSpots: .values
    case .cancel: nil
    case .runProgram, .completePath, .keepSession, .findSession: .host
    case .copy, .findFiles, .findZone, .setTheme, .setMouse, .saveHistory, .savePanels, .saveColumns,
      .savePanelSet,
      .importPanels,
      .saveQuery,
      .useFolderConfiguration, .redraw, .suspend, .quit:
      .host
    }
  }
}

/// Which records to show, and which window of them to bring first.
public struct ViewRequest: Sendable {
  /// Counts up with every request.
  public var id: Int
  /// The filter; nil shows everything.
  public var filter: CompiledFilter?
  /// Whether records that do not match are left out.
  public var showsOnlyMatches: Bool
  /// Records of context around each match.
  public var context: Int
  /// Sources that are hidden.
  public var hidden: Set<FileID>
  /// How far apart the numbers of requests are: views of what was found so far take those between.
  static let idStep = 1000
  /// Whether it asks for other records than the view on the screen (not only for those that came since).
  public var isNewSelection: Bool
  /// The window to bring.
  public var window: WindowRequest
}

/// A view that was built.
public struct ViewAnswer: Sendable {
  /// The request's `id`; of what was found so far a number below it, greater each time.
  public var id: Int
  /// The request's `id` if this is what was found so far and the filter still runs.
  public var partOf: Int?
  /// Records shown.
  public var count: Int
  /// Those of them whose sources the view before did not have: they were there before they were opened.
  public var openedCount = 0
  /// Records in the sources that are not hidden.
  public var totalCount: Int
  /// Records that the filter matches.
  public var matchCount: Int
  /// The clauses and what each matches alone; empty unless nothing matches.
  public var clauses: [ClauseCount]
  /// Records that the filter matches, by source; empty without a filter.
  public var matchesBySource: [FileID: Int]
  /// Doubts about the filter that needed a count.
  public var warnings: [Diagnostic]
  /// Whether everything was indexed.
  public var isIndexed: Bool
  /// From the earliest to the latest time of all records.
  public var span: ClosedRange<Timestamp>?
  /// The offset that times are written in.
  public var writtenOffset: WrittenOffset
  /// The window that was asked for.
  public var window: Window
}
