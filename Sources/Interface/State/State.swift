import Drawing
import Quantities

/// Everything that the screen shows: a value, changed only by `update(_:at:)`.
///
/// The interface is the Elm architecture. Keys, ticks and answers of workers come in as events; each event changes the
/// state and returns effects, which something else carries out (see `Effect`). The views draw the state.
///
///     var state = State(size: Size(columns: 80, rows: 24), now: now)
///     for effect in state.update(.key(.character("G")), at: now) { ... }
///     let surface = render(state, size: state.size, theme: theme, glyphs: state.settings.glyphs)
///
/// The state holds no log bytes beyond a window of about three screens of rows.
public struct State: Sendable {
  /// The time of the last event.
  public var now: Timestamp
  /// The size of the screen.
  public var size: Size
  /// What options and configuration decided.
  public var settings = Settings()

  /// The sources.
  public var summary = SourcesSummary()
  /// What a person chose to see.
  public var options = ViewOptions()
  /// Which records are shown.
  public var view = ViewStatus()
  /// The rows and the cursor.
  public var log = LogState()
  /// How the rows are decorated.
  public var logPane = LogPaneState()
  /// Following or paused.
  public var follow = FollowState()
  /// The filter in force.
  public var filter = FilterState()
  /// The search.
  public var search = SearchState()
  /// The result of the pipeline in force.
  public var result = ResultState()
  /// Results to come back to.
  var returns: [ResultReturn] = []
  /// Fields and values seen, for completion.
  public var vocabulary = Vocabulary()

  /// The panels.
  public var panels = PanelsState()
  /// The detail pane.
  public var detail = DetailState()
  /// The list of sources.
  public var sources = SourcesState()
  /// The help.
  public var help = HelpState()
  /// A list to choose from; takes all keys while it is there.
  public var choice: Choice?
  /// The list of files at the start; takes all keys while it is there.
  public var files: FileChooser?
  /// The line that is typed into; takes all keys while it is there.
  public var prompt: Prompt?
  /// A question; takes all keys while it is there.
  public var question: Question?
  /// The pane that keys go to when nothing takes them all.
  public var focusedPane = Pane.log

  /// The sentence in the status line.
  public var message: Message?
  /// What the mouse did last.
  var pointer = PointerState()
  /// The gap or burst that is being looked for.
  var landmark: LandmarkRequest?
  /// Counts the searches for them.
  var landmarkCount = 0
  /// A count and the beginning of a sequence of keys.
  public var keys = PendingKeys()
  /// Keys that wait for the cursor to arrive where a jump takes it.
  var heldKeys: [Key] = []
  /// Records that are being selected; nil while none are.
  public var selection: RecordMarking?
  /// What is being copied, written or handed over.
  public var output = OutputState()
  /// What a command printed; takes all keys while it is there.
  public var textPane: TextPaneState?
  /// What an earlier session left.
  public var session = SessionState()
  /// Marked records and instants.
  public var bookmarks = Bookmarks()
  /// Places visited.
  public var jumps = JumpHistory()
  /// Earlier options.
  public var undo = UndoStack()
  /// What was entered at the prompts.
  public var histories: [PromptKind: PromptHistory] = [:]
  /// Mistakes in the configuration, for the message line and `:config`.
  public var mistakes: [String] = []
  /// When a pane was closed last, for the rule that `q` rests 0.4 s after it.
  public var paneClosed: Timestamp?
  /// Where the cursor shall go once there are records; nil when it has gone there.
  public var opening: Opening.Start?
  /// When a filter with sliding times was applied last.
  public var slid: Timestamp?

  /// Makes a state before anything is known.
  public init(size: Size, now: Timestamp) {
    self.size = size
    self.now = now
  }

  /// The pane that keys go to.
  public var focus: Pane {
    if prompt != nil { return .prompt }
    if choice != nil { return .choice }
    if files != nil { return .files }
    if help.isOpen { return .help }
    if textPane != nil { return .text }
    return focusedPane == .log && showsResult ? .result : focusedPane
  }

  /// The earliest instant at which the screen changes without any other event; the loop sends `.tick` then.
  ///
  /// Nil if it never does: the loop may sleep for ever.
  public var nextDeadline: Timestamp? {
    var deadlines: [Timestamp] = []
    if let message { deadlines.append(message.until) }
    if output.inFlight != nil { deadlines.append(output.sent + OutputState.patience) }
    if let prompt, prompt.isHeld { deadlines.append(prompt.changed + Prompt.fieldNamePause) }
    if let due = prompt?.checkDue { deadlines.append(due) }
    if let prompt, prompt.problem != nil { deadlines.append(prompt.changed + Prompt.rest) }
    if !keys.sequence.isEmpty, choice == nil { deadlines.append(keys.since + PendingKeys.patience) }
    if filter.slides, follow.isFollowing { deadlines.append((slid ?? now) + .seconds(Int64(1))) }
    if showsResult, result.isOutdated, !result.isRunning, let next = result.nextRun { deadlines.append(next) }
    if !panels.isHidden, let next = panels.anomalies.nextRun { deadlines.append(next) }
    if search.inFlight != nil { deadlines.append(search.began + Self.searchPatience) }
    if let next = nextMinimap { deadlines.append(next) }
    deadlines += nextMarks
    if let next = nextLogPanel { deadlines.append(next) }
    if showsAges { deadlines.append(Timestamp(seconds: now.wholeSeconds + 1)) }
    return deadlines.filter { $0 > now }.min()
  }

  /// Whether something on the screen counts seconds.
  private var showsAges: Bool {
    (options.timeColumn == .relative && follow.isFollowing)
      || panels.panels.contains { if case .stale = $0.status { true } else { false } }
  }
}

/// Digits and prefix keys that wait for more.
public struct PendingKeys: Equatable, Sendable {
  /// The number typed before a key; nil if none was.
  public var count: Int?
  /// The keys of a sequence so far.
  public var sequence: [Key] = []
  /// When the last of them was pressed.
  public var since = Timestamp.distantPast

  /// How long a prefix waits before its continuations are listed.
  public static let patience = TimeSpan.milliseconds(500)

  /// Nothing pending.
  public init() {}
}
