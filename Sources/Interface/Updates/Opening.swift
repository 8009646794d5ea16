import Metrics
import Quantities

/// What the command line asks of the screen at the start.
public struct Opening: Sendable {
  /// Where the cursor goes first.
  public enum Start: Equatable, Sendable {
    /// To the end, following (`+F`, and by default).
    case end
    /// To the end, paused (`+G`).
    case endPaused
    /// To a line (`+N`).
    case line(LineNumber)
    /// To the first match of a pattern, from the beginning (`+/PATTERN`).
    case search(String)
    /// Where the last session with these sources ended; as `end` where there was none.
    case restored
    /// To a line, a time or a percentage as `:` takes it (`+14:05`).
    case place(String)
    /// To the first record at or after an instant.
    case time(Timestamp)
  }

  /// The filter's text; empty for none. It must have been checked before.
  public var filter = ""
  /// Where the cursor goes first.
  public var start = Start.end
  /// Whether the view follows (`--no-follow` does not).
  public var follows = true
  /// The panels.
  public var panels: [PanelSpecification] = []
  /// The name of their set; nil if they have none.
  public var panelSet: String?
  /// Whether nothing was named, so that the list of files opens.
  public var choosesFiles = false
  /// The columns chosen in earlier sessions, by format.
  public var columns: [String: [LogColumn]] = [:]
  /// The entries of the prompts from earlier sessions.
  public var histories: [PromptKind: [String]] = [:]
  /// Whether the session is kept for the next one with the same sources.
  public var keepsSession = false
  /// What the last session with these sources left.
  public var session: SavedSession?

  /// Nothing asked for.
  public init() {}
}

extension State {
  /// The effects that begin a session; call it once, before the first event.
  public mutating func start(_ opening: Opening, settings: Settings) -> [Effect] {
    self.settings = settings
    options.filter = opening.filter
    if case .success(let query) = read(opening.filter) {
      options.filter = query.filter.trimmed
      options.pipeline = query.pipeline
      setFilter(query.compiled)
    }
    sources.named = settings.invocation.sources
    session.isKept = opening.keepsSession
    session.launchedPanels = opening.panels
    follow.isFollowing = opening.follows && (opening.start == .end || opening.start == .restored)
    logPane.columns.chosen = opening.columns
    histories = opening.histories.mapValues { PromptHistory($0) }
    if opening.start != .end || !opening.follows {
      self.opening = opening.start == .end ? .endPaused : opening.start
    }
    var effects: [Effect] = []
    defer {
      if opening.start == .restored, opening.session == nil { self.opening = opening.follows ? nil : .endPaused }
    }
    if !opening.panels.isEmpty {
      panels.specifications = opening.panels
      panels.setName = opening.panelSet
      arrangePanels()
      effects.append(.setPanels(opening.panels))
    }
    if settings.usesMouse { effects.append(.setMouse(true)) }
    if let session = opening.session { effects += restore(session) }
    if opening.choosesFiles {
      files = FileChooser()
      effects.append(.findFiles)
    }
    return effects
  }

  /// Goes where the command line said, once there are records (and lines are known).
  mutating func open() -> [Effect] {
    guard let opening, view.count > 0 else { return [] }
    switch opening {
    case .line where !view.isIndexed, .place where !view.isIndexed, .restored: return []
    case .place(let text):
      self.opening = nil
      return goTo(text)
    case .line(let number):
      self.opening = nil
      guard let file = summary.files.first?.file else { return [] }
      return jump(.line(file, number), placement: .top)
    case .search(let text):
      self.opening = nil
      setSearch(text)
      return startSearch(from: nil, isForward: true, includesStart: true)
    case .time(let time):
      self.opening = nil
      return jump(.time(time), placement: .top)
    case .end, .endPaused:
      self.opening = view.isIndexed ? nil : opening
      return request(.end, movesCursor: true, placement: .bottom)
    }
  }
}
