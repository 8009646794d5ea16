import CNcurses
import Drawing
import Glibc
import Platform

/// The screen of the controlling terminal: shows surfaces, reads keys, and puts everything back when it ends.
///
/// Belongs to the main thread. The process is expected to have blocked its signals (see `SignalSet`); nothing here waits.
///
///     let screen = try TerminalScreen()
///     screen.draw(surface, cursor: nil)
///     // poll screen.fileDescriptor for at most screen.escapeTimeout, then
///     for key in screen.readKeys() { ... }
///     screen.stop()
public final class TerminalScreen {
  /// What the caller decides.
  public struct Options: Sendable {
    /// true: colours even with NO_COLOR; false: none; nil: as the environment says.
    public var colours: Bool?
    /// Whether to report the mouse from the beginning.
    public var mouse: Bool

    /// Makes options.
    public init(colours: Bool? = nil, mouse: Bool = false) {
      self.colours = colours
      self.mouse = mouse
    }
  }

  /// How many colours it has; what the theme must be chosen for.
  public let colours: TerminalColours
  /// Whether text other than ASCII arrives; where not, `?` stands for it.
  public let showsUnicode: Bool
  /// Columns and rows; changes with `resize()`.
  public private(set) var size: Size
  /// Whether the terminal is gone (hung up): nothing more will come.
  public private(set) var isClosed = false

  private let tty: Tty
  /// Held by ncurses until the process ends; keys are not read through it.
  private let keyStream: UnsafeMutablePointer<FILE>
  private let stream: UnsafeMutablePointer<FILE>
  private let capture: StandardErrorCapture?
  /// nil where ncurses writes to the terminal itself.
  private let relay: OutputRelay?
  private let painter: CellPainter
  /// Whether GNU screen stands between us and the terminal.
  private let passesScreen: Bool
  private var shown: Surface?
  private var shownCursor: ScreenCursor?
  private var decoder = KeyDecoder()
  private var lastByte = ContinuousClock.now
  /// When the terminal was asked for its status, while it has not answered.
  private var unanswered: ContinuousClock.Instant?
  /// Keys that arrived while an answer was waited for.
  private var waiting: [Key] = []
  private var isUp = false
  private var reportsMouse: Bool

  /// Takes the terminal over.
  ///
  /// - Throws: `TerminalError`, with the terminal untouched.
  public init(
    options: Options = Options(),
    environment: (String) -> String? = { getenv($0).map { String(cString: $0) } }
  ) throws(TerminalError) {
    do { tty = try Tty() } catch { throw .noTerminal(error) }
    if (environment("TERM") ?? "").isEmpty { throw .noType }
    showsUnicode = setlocale(LC_CTYPE, "C.UTF-8") != nil || setlocale(LC_CTYPE, "en_US.UTF-8") != nil
    let choice = TerminalChoice(environment: environment, forcesColours: options.colours)
    passesScreen = ClipboardSequence.passesScreen(environment)
    relay = OutputRelay(tty)
    let duplicate = fcntl((relay?.descriptor ?? tty.output).number, F_DUPFD_CLOEXEC, 3)
    let keys = fcntl(tty.input.number, F_DUPFD_CLOEXEC, 3)
    guard let stream = fdopen(duplicate, "w"), let keyStream = fdopen(keys, "r") else {
      throw .noTerminal(SystemError("fdopen", subject: "/dev/tty"))
    }
    self.stream = stream
    self.keyStream = keyStream
    let name = environment("TERM") ?? ""
    guard TerminalScreen.begin(choice.candidates, output: stream, input: keyStream) else {
      fclose(stream)
      fclose(keyStream)
      throw .unknownType(name)
    }
    guard cn_has_string("cup") != 0 else {
      endwin()
      tty.restoreSettings()
      throw .tooSimple(name)
    }
    colours = TerminalScreen.startColours(wanted: choice.wantsColours)
    painter = CellPainter(colours: colours, showsUnicode: showsUnicode, terminalColours: Int(cn_colours()))
    capture = StandardErrorCapture()
    reportsMouse = options.mouse
    size = tty.size.map { Size(columns: $0.columns, rows: $0.rows) } ?? Size(columns: 80, rows: 24)
    // ncurses asks what it writes to for the size.
    if relay != nil { resizeterm(Int32(size.rows), Int32(size.columns)) }
    enter()
  }

  deinit { stop() }

  /// Bytes of updates that went to the terminal so far; 0 where they are not counted.
  public var sentCount: Int { relay?.sentCount ?? 0 }

  /// Readable when keys have arrived.
  public var fileDescriptor: Int32 { tty.input.number }

  // MARK: Entering and leaving

  /// Tries descriptions until ncurses takes one; an inline entry is handed over through TERMINFO, for that moment only.
  private static func begin(
    _ candidates: [TerminalChoice.Candidate], output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>
  ) -> Bool {
    for candidate in candidates {
      let previous = getenv("TERMINFO").map { String(cString: $0) }
      if let entry = candidate.inlineEntry { setenv("TERMINFO", "b64:" + entry, 1) }
      let screen = newterm(candidate.name, output, input)
      if candidate.inlineEntry != nil {
        if let previous { setenv("TERMINFO", previous, 1) } else { unsetenv("TERMINFO") }
      }
      if screen != nil { return true }
    }
    return false
  }

  /// alloc_pair crashes on a terminal without colours, so has_colors is asked first. The palette is never changed.
  private static func startColours(wanted: Bool) -> TerminalColours {
    guard has_colors(), wanted, start_color() == OK else { return .none }
    use_default_colors()
    if cn_flag("RGB") != 0 { return .direct }
    return cn_colours() >= 256 ? .indexed256 : cn_colours() >= 8 ? .sixteen : .none
  }

  private var restoring: String { TerminalModes.off + "\u{1B}[?25h\u{1B}[m\u{1B}[?1049l" }

  private func enter() {
    guard !isUp else { return }
    isUp = true
    Emergency.arm(tty, restoring: restoring)
    capture?.begin()
    TerminalScreen.makeRaw(tty)
    raw()
    noecho()
    nonl()
    typeahead(-1)
    scrollok(cn_screen(), false)
    idlok(cn_screen(), true)
    clearok(cn_screen(), true)
    shown = nil
    tty.write(TerminalModes.on + (reportsMouse ? TerminalModes.mouseOn : ""))
  }

  /// ncurses was given stdin, which may be a pipe; the settings of the real terminal are ours to change.
  private static func makeRaw(_ tty: Tty) {
    var settings = tty.originalSettings
    cfmakeraw(&settings)
    settings.c_oflag |= UInt32(OPOST)
    tcsetattr(tty.input.number, TCSADRAIN, &settings)
  }

  private func leave() {
    guard isUp else { return }
    isUp = false
    // An answer that is still on its way would be taken for something typed by whoever reads next.
    if let unanswered { awaitAnswer(until: unanswered + .seconds(1)) }
    curs_set(1)
    endwin()
    relay?.settle()
    tty.write(TerminalModes.off)
    tty.restoreSettings()
    Emergency.disarm()
    capture?.end()
  }

  /// Gives the terminal back for good; what was written to stderr meanwhile appears now. Can be called twice.
  public func stop() { leave() }

  /// Gives the terminal back and, if `stopping`, stops the process group as ^Z does; returns when it is continued.
  ///
  /// Without `stopping` another program can use the terminal now. Call `resume()` afterwards in both cases.
  public func suspend(stopping: Bool = true) {
    leave()
    if stopping { JobControl.stopGroup() }
  }

  /// Takes the terminal over again; the next `draw` paints everything.
  public func resume() {
    enter()
    resize()
  }

  // MARK: Size

  /// Reads the terminal's size again after SIGWINCH; the next `draw` paints everything.
  @discardableResult
  public func resize() -> Size {
    if let now = tty.size { size = Size(columns: now.columns, rows: now.rows) }
    resizeterm(Int32(size.rows), Int32(size.columns))
    shown = nil
    return size
  }

  /// Paints everything anew at the next `draw`, for a screen that something else has scribbled on.
  public func redrawAll() {
    clearok(cn_screen(), true)
    shown = nil
  }

  // MARK: Drawing

  /// Shows `surface`; only rows that differ from what is shown are looked at. The cursor is hidden where it is nil.
  public func draw(_ surface: Surface, cursor: (column: Int, row: Int)?) {
    guard isUp else { return }
    let window = cn_screen()
    if shown == nil { werase(window) }
    for row in 0..<min(surface.size.rows, size.rows) {
      let cells = surface.cells(ofRow: row)
      if let shown, shown.size == surface.size, shown.cells(ofRow: row) == cells { continue }
      painter.paint(cells, row: row, columns: size.columns)
    }
    shown = surface
    place(cursor.map { ScreenCursor(column: $0.column, row: $0.row) })
    doupdate()
    relay?.pass()
  }

  private func place(_ cursor: ScreenCursor?) {
    if (cursor == nil) != (shownCursor == nil) { curs_set(cursor == nil ? 0 : 1) }
    if cursor == nil && shownCursor == nil { curs_set(0) }
    shownCursor = cursor
    if let cursor { wmove(cn_screen(), Int32(cursor.row), Int32(cursor.column)) }
    // A hidden cursor may stay wherever the last character was written.
    leaveok(cn_screen(), cursor == nil)
    wnoutrefresh(cn_screen())
  }

  // MARK: Input

  /// How long to wait for the rest of an escape sequence before calling `readKeys()` again; nil if none is pending.
  public var escapeTimeout: Duration? {
    decoder.isPending ? max(.zero, TerminalScreen.patience - (ContinuousClock.now - lastByte)) : nil
  }

  private static let patience = Duration.milliseconds(60)

  /// Asks the terminal whether it is well, and tells whether the answer comes within `limit`: how far away it is. Keys that arrive
  /// meanwhile are kept. The only thing here that waits.
  public func answers(within limit: Duration) -> Bool {
    guard isUp else { return true }
    tty.write(TerminalModes.statusRequest)
    let asked = ContinuousClock.now
    unanswered = asked
    awaitAnswer(until: asked + limit)
    return unanswered == nil
  }

  private func awaitAnswer(until deadline: ContinuousClock.Instant) {
    var early: [Key] = []
    while unanswered != nil, !isClosed {
      let rest = (deadline - .now) / .milliseconds(1)
      guard rest > 0 else { break }
      var wait = pollfd(fd: tty.input.number, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, Int32(rest) + 1) > 0 else { continue }
      take()
      while let key = decoder.next() { early.append(key) }
      noteAnswer()
    }
    waiting += early
  }

  private func noteAnswer() {
    if decoder.statusReports > 0 { unanswered = nil }
  }

  /// Reads what has arrived.
  private func take() {
    let bytes = tty.readAvailable()
    if bytes == nil { isClosed = true }
    if let bytes, !bytes.isEmpty {
      lastByte = .now
      decoder.feed(bytes)
    }
  }

  /// The keys that have arrived, in order, all of a burst; never waits.
  public func readKeys() -> [Key] {
    guard isUp else { return [] }
    take()
    var keys = waiting
    waiting = []
    while let key = decoder.next() { keys.append(key) }
    noteAnswer()
    if decoder.isPending && ContinuousClock.now - lastByte >= TerminalScreen.patience { keys += decoder.flush() }
    return keys
  }

  // MARK: Modes

  /// Whether the mouse is reported as keys; while it is, the terminal does not select text with it.
  public func setMouse(_ isOn: Bool) {
    reportsMouse = isOn
    if isUp { tty.write(isOn ? TerminalModes.mouseOn : TerminalModes.mouseOff) }
  }

  /// Puts bytes into the clipboard of the terminal's user (OSC 52), which works over ssh and through GNU screen.
  ///
  /// - Returns: False if there are more than terminals take (74,994 bytes); nothing is copied then.
  @discardableResult
  public func copyToClipboard(_ bytes: [UInt8]) -> Bool {
    guard bytes.count <= 74_994 else { return false }
    tty.write(ClipboardSequence.text(bytes, passesScreen: passesScreen))
    return true
  }
}

/// Where the terminal's own cursor stands.
private struct ScreenCursor: Equatable {
  var column: Int
  var row: Int
}
