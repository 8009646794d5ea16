import Platform
import Quantities
import Records

/// One source as the keeper tracks it. Touched on the keeper's thread only.
final class Source {
  /// What kind of thing the name leads to.
  enum Kind {
    /// Not known yet.
    case unknown
    /// A file that is mapped and can be followed.
    case file
    /// A pipe, standard input, the journal.
    case stream
    /// A compressed file.
    case archive
    /// A folder in which no log was found yet.
    case folder
  }

  let file: FileID
  var name: String
  /// The absolute path; nil for what has none.
  var path: String?
  /// What was open from the start (standard input).
  var descriptor: FileDescriptor?
  var kind = Kind.unknown
  var options: ReadingOptions
  var isForced: Bool { options.forcedFormat != nil }
  var machine = FollowMachine()
  /// The surviving lives, oldest first.
  var generations: [Generation] = []
  var markers: [LogMarker] = []
  var failure: LogFailure?
  /// Whether records are missing that were there to be read.
  var hasLostRecords = false
  /// Whether a stream has come to its end.
  var hasEnded = false
  var pump: StreamPump?
  /// The part of an archive that is read, 0 to 1.
  var progress: Double?
  /// The compressed file, while it is read.
  var archive: FileDescriptor?
  /// How the stream ended, until all of it is indexed.
  var ending: StreamPump.End?
  /// Whether `waitUntilIndexed` waits for the end of the stream.
  var countsAsWork = false
  /// Records dropped at the limit for spools, and their bytes.
  var dropped = (records: 0, bytes: 0)
  /// Whether a stream waits for its oldest bytes to be dropped.
  var needsRoom = false
  /// Whether it appeared in a folder while that was followed, so that it may be a copy of what is shown.
  var isPickedUp = false
  /// The generation that this is a copy of, which is why it is not shown.
  var copyOf: GenerationID?
  /// The numbers of the watches on the files behind the name.
  var watches: [GenerationID: Int32] = [:]
  private var notes: [(topic: String, text: String)] = []
  private var cached: FileStatus?

  init(file: FileID, name: String, path: String?, descriptor: FileDescriptor? = nil, options: ReadingOptions) {
    self.file = file
    self.name = name
    self.path = path
    self.descriptor = descriptor
    self.options = options
  }

  /// The life that grows.
  var current: Generation? { generations.last }

  /// Says something that the user should know, instead of what was said on the same topic; nil takes it back.
  /// Returns whether that changed anything.
  @discardableResult
  func note(_ topic: String, _ text: String?) -> Bool {
    if notes.first(where: { $0.topic == topic })?.text == text { return false }
    notes.removeAll { $0.topic == topic }
    if let text { notes.append((topic, text)) }
    touch()
    return true
  }

  /// What the short name is made of.
  var fullName: String {
    if let path { return path }
    if name == "-" { return "stdin" }
    let unit = name.dropFirst("journal:".count)
    return unit.isEmpty ? "journal" : unit.hasSuffix(".service") ? String(unit.dropLast(8)) : String(unit)
  }

  /// Says that the status must be made anew.
  func touch() { cached = nil }

  /// The published status.
  func status(shortName: String, follows: Bool) -> FileStatus {
    if let cached, cached.shortName == shortName { return cached }
    var status = FileStatus(file: file, name: PathText.shown(name), shortName: shortName)
    let snapshots = generations.map { $0.snapshot() }
    status.format = current?.decision.reader.formatName ?? options.forcedFormat ?? "text"
    status.isForced = isForced
    let stampedCount = snapshots.reduce(0) { $0 + $1.segments.reduce(0) { $0 + $1.index.stampedCount } }
    status.hasTimes = stampedCount > 0
    status.assumedZone = generations.contains { $0.namesZone == false } ? options.assumedZone.name : nil
    status.clockOffset = options.offset
    status.phase = phase(follows: follows)
    status.byteCount = current?.byteCount ?? 0
    status.recordCount = snapshots.reduce(0) { $0 + $1.recordCount }
    status.untimedCount = stampedCount > 0 ? max(0, status.recordCount - stampedCount) : 0
    status.lateCount = snapshots.reduce(0) { $0 + Disorder($1.segments.map(\.index)).leastLate }
    status.order = snapshots.last?.order ?? .written
    status.isOrdered = status.order == .written || snapshots.last?.ownOrders.isEmpty == false
    status.hasLostRecords = hasLostRecords
    status.notes = notes.map(\.text)
    cached = status
    return status
  }

  private func phase(follows: Bool) -> FileStatus.Phase {
    if let failure { return .failed(failure.message) }
    switch kind {
    case .unknown: return .indexing(0)
    case .stream where hasEnded, .archive where hasEnded: break
    case .stream: return follows ? .following : .indexing(0)
    case .archive: return .indexing(progress ?? 0)
    case .file, .folder: break
    }
    let unfinished = generations.filter { !$0.isIndexed || $0.transcriptionTarget != nil }
    if !unfinished.isEmpty {
      return .indexing(unfinished.reduce(0) { $0 + $1.progress } / Double(unfinished.count))
    }
    return follows && (kind == .file || kind == .folder) ? .following : .ended
  }
}
