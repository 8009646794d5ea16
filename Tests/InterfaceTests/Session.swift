import Drawing
import TestSupport
import LogFiles
import Metrics
import Quantities
import Records
import Synchronization
import Timelines

@testable import Interface

/// Bytes in memory.
final class TextBytes: ByteStore {
  let buffer: UnsafeRawBufferPointer

  init(_ text: String) {
    let bytes = Array(text.utf8)
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
    copy.copyBytes(from: bytes)
    // SAFETY: never written after this, freed by deinit.
    buffer = UnsafeRawBufferPointer(copy)
  }

  deinit { buffer.deallocate() }
}

// SAFETY: the buffer is never written after init.
extension TextBytes: @unchecked Sendable {}

/// Logs in memory, one text a file, that tests can let grow.
final class TextLogs: LogProvider {
  struct File {
    var name: String
    var text: String
    var format: String?
    var zone = Zone.utc
    var offset = TimeSpan.zero
    var phase = FileStatus.Phase.following
    var isIndexed = true
  }

  private struct Content {
    var files: [File] = []
    var version = 1
    var opened: [String] = []
  }

  private let content = Mutex(Content())

  init(_ files: [(String, String)]) {
    content.withLock { $0.files = files.map { File(name: $0.0, text: $0.1) } }
  }

  func append(_ text: String, to index: Int = 0) {
    content.withLock {
      $0.files[index].text += text
      $0.version += 1
    }
  }

  func change(_ body: (inout [File]) -> Void) {
    content.withLock {
      body(&$0.files)
      $0.version += 1
    }
  }

  var opened: [String] { content.withLock { $0.opened } }
  func open(name: String) { content.withLock { $0.opened.append(name) } }

  func setFormat(_ name: String?, for file: FileID) { change { $0[file.rawValue].format = name } }
  func setAssumedZone(_ zone: Zone, for file: FileID) { change { $0[file.rawValue].zone = zone } }

  func setClockOffset(_ offset: TimeSpan, for file: FileID) { change { $0[file.rawValue].offset = offset } }

  func snapshot() -> LogSnapshot {
    let (files, version) = content.withLock { ($0.files, $0.version) }
    var snapshot = LogSnapshot()
    snapshot.version = version
    let reference = Timestamp(seconds: 1_790_000_000)
    for (number, file) in files.enumerated() {
      let bytes = TextBytes(file.text)
      let options = ReadingOptions(assumedZone: file.zone, offset: file.offset, forcedFormat: file.format)
      let reader = FormatDetection.reader(for: bytes.buffer, fileName: file.name, options: options)
      let index = reader.index(bytes.buffer, segment: 0..<bytes.buffer.count, reference: reference)
      let segments =
        index.lineCount > 0 ? [StitchedSegment(index: index, firstLine: 0, firstRecord: 0, carriedKey: nil)] : []
      snapshot.generations.append(
        GenerationSnapshot(
          file: FileID(number), generation: GenerationID(number), bytes: bytes, byteCount: bytes.buffer.count,
          reader: reader, segments: segments, isIndexed: file.isIndexed, fallbackKey: reference))
      var status = FileStatus(file: FileID(number), name: file.name, shortName: file.name)
      status.format = reader.formatName
      status.isForced = file.format != nil
      status.hasTimes = index.earliest != nil
      status.phase = file.phase
      status.clockOffset = file.offset
      status.byteCount = bytes.buffer.count
      status.recordCount = index.recordCount
      snapshot.files.append(status)
    }
    return snapshot
  }
}

/// A session without a terminal: keys in, state out; effects are carried out where they stand.
final class Session {
  let logs: TextLogs
  let workspace: Workspace
  let outputs = NotedOutputs()
  var state: State
  var now = Timestamp(seconds: 1_780_000_000)
  /// Effects for the host, in order.
  var host: [Effect] = []
  /// Effects that wait, while `isPaused`.
  var waiting: [Effect] = []
  /// Whether effects wait until `settle()`.
  var isPaused = false

  init(_ files: [(String, String)], columns: Int = 80, rows: Int = 24, opening: Opening = Opening()) {
    logs = TextLogs(files)
    let engine = FilterEngine(workers: 1)
    workspace = Workspace(
      logs: logs, results: EngineResults(engine: engine), outputs: outputs, engine: engine, patience: .zero)
    state = State(size: Size(columns: columns, rows: rows), now: now)
    var settings = Settings()
    settings.formats = FormatLibrary.builtIn.names.map { .init(name: $0.name, summary: $0.summary) }
    run(state.start(opening, settings: settings))
    grow()
  }

  convenience init(_ text: String, columns: Int = 80, rows: Int = 24, opening: Opening = Opening()) {
    self.init([("app.log", text)], columns: columns, rows: rows, opening: opening)
  }

  /// Tells the state of the logs' present content.
  func grow() { send(.snapshotChanged(SourcesSummary(logs.snapshot()))) }

  func send(_ event: Event) { run(state.update(event, at: now)) }

  func wait(_ span: TimeSpan) {
    now = now + span
    send(.tick)
  }

  /// Presses keys, named as in the configuration with spaces between; `'text'` types a text.
  func press(_ names: String) {
    for name in names.split(separator: " ") {
      guard let key = Key(name: String(name)) else {
        assertionFailure("no key \(name)")
        continue
      }
      now = now + .milliseconds(10)
      send(.key(key))
    }
  }

  /// Types characters one by one.
  func type(_ text: String) {
    for character in text {
      now = now + .milliseconds(10)
      send(.key(.character(character)))
    }
  }

  func run(_ effects: [Effect]) {
    enqueue(effects)
    if !isPaused { settle() }
  }

  /// Queues effects as the program does: lanes supersede, coalesce and are cancelled.
  private func enqueue(_ effects: [Effect]) {
    for effect in effects {
      if case .cancel(let lane) = effect {
        waiting.removeAll { $0.lane == lane }
        continue
      }
      switch effect.lane?.policy {
      case .supersede, .coalesce: waiting.removeAll { $0.lane == effect.lane }
      case .queue, nil: break
      }
      waiting.append(effect)
    }
  }

  /// Carries out everything that waits, and what follows from it.
  func settle() {
    var rounds = 0
    while !waiting.isEmpty {
      let effect = waiting.removeFirst()
      rounds += 1
      precondition(rounds < 10_000, "effects go in circles")
      if effect.lane == .host {
        host.append(effect)
        continue
      }
      let events = Mutex<[Event]>([])
      workspace.perform(effect) { event in events.withLock { $0.append(event) } }
      for event in events.withLock({ $0 }) { enqueue(state.update(event, at: now)) }
    }
  }

  // MARK: Out of step

  /// Answers that have not reached the state yet.
  var inbox: [Event] = []

  /// Carries out the first effect of some lane, as one of several threads would; its answers wait in the inbox.
  func performOne(using generator: inout SeededGenerator) {
    let lanes = Set(waiting.compactMap(\.lane)).sorted { "\($0)" < "\($1)" }
    guard let lane = lanes.randomElement(using: &generator), let index = waiting.firstIndex(where: { $0.lane == lane })
    else { return }
    let effect = waiting.remove(at: index)
    if lane == .host {
      host.append(effect)
      return
    }
    let events = Mutex<[Event]>([])
    workspace.perform(effect) { event in events.withLock { $0.append(event) } }
    inbox += events.withLock { $0 }
  }

  /// Gives the state the oldest answer.
  func deliverOne() {
    if !inbox.isEmpty { enqueue(state.update(inbox.removeFirst(), at: now)) }
  }

  /// Lets everything come to rest.
  func catchUp() {
    isPaused = false
    while !inbox.isEmpty { deliverOne() }
    settle()
  }

  // MARK: What is on the screen

  /// The rows of the log as text; the cursor's with a bar.
  var screen: [String] {
    state.visibleRows.map { row in
      switch row {
      case .date(let text): return "== \(text)"
      case .marker: return "== marker"
      case .now(let text): return "== now \(text)"
      case .record(let index, let line):
        let isCursor = index == state.log.cursorIndex && (!state.hasLineStops || line == state.log.cursorLine)
        let text = state.lines(of: state.log.window.rows[index])[line].text
        return (isCursor ? "▌" : " ") + String(text.reversed().drop { $0 == " " }.reversed())
      }
    }
  }

  /// The text of the record under the cursor.
  var cursorText: String? { state.log.cursorRow.map { $0.text(0..<$0.bytes.count) } }
  var message: String { state.message?.text ?? "" }
  /// The uppermost row as it is drawn.
  var header: String {
    renderScreen(state, size: state.size, theme: .standard(depth: .none), glyphs: .unicode).surface.textLines[0]
  }
}

/// `count` lines of a text log, one a second from 14:00:00, numbered from 1; every tenth is an error.
func numbered(_ count: Int, from first: Int = 1) -> String {
  (first..<first + count).map { number in
    let time = Timestamp(seconds: 1_763_820_000 + Int64(number))
    let level = number % 10 == 0 ? "ERROR" : number % 5 == 0 ? "WARN" : "INFO"
    return "\(time.iso8601) \(level) record \(number) user=u\(number % 3)\n"
  }.joined()
}
