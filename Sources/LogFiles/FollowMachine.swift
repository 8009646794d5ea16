import Platform
import Quantities

/// Decides what a look at a followed name means: growth, rotation, truncation, rewriting. A value without I/O.
///
/// A name has at most one current life (the file that it led to when last looked at) and lives that were renamed away,
/// which are read until they have been quiet for five seconds.
///
///     absent ──open──▶ opening ──opened──▶ current ──grown, touched──▶ reading ──read──▶ current
///                         ▲                  │ cut short, rewritten: records go │
///                         └──────────────────┴─ another file: renamed away ─────┘──quiet 5 s──▶ released
struct FollowMachine: Sendable {
  /// Why a life ended.
  enum End: Hashable, Sendable {
    /// The name leads to another file; the records stay.
    case renamed
    /// Cut short in place; the records are gone.
    case truncated
    /// Other bytes where ours were; the records are gone.
    case rewritten
  }

  /// What happened.
  enum Event: Sendable {
    /// The name was looked up (nil: it leads nowhere), and the files behind it that are still open.
    case looked(FileFacts?, behind: [GenerationID: FileFacts], now: Timestamp)
    /// The file that `open` asked for is open, and read up to the size in the facts.
    case opened(GenerationID, FileFacts, now: Timestamp)
    /// It could not be opened; what the name led to then, if anything.
    case openFailed(FileFacts?)
    /// What `read` asked for was read, up to `size`.
    case read(GenerationID, size: Int)
    /// What `read` asked for cannot be: the file is not what it was.
    case lost(GenerationID, End)
  }

  /// What to do about it.
  enum Action: Hashable, Sendable {
    /// Open what the name leads to as a new generation, after this end of an old one.
    case open(after: GenerationID?, End?)
    /// Check that the bytes read so far are unchanged, and read up to `size`.
    case read(GenerationID, size: Int)
    /// Stop watching a file that was renamed away; its records stay.
    case release(GenerationID)
    /// Forget a renamed file whose bytes are gone.
    case discard(GenerationID, End)
    /// Look again soon: something changed while we were busy, or too recently to be told from the next change.
    case lookAgain
  }

  /// A file that the name leads or led to.
  struct Life: Hashable, Sendable {
    let generation: GenerationID
    let identity: FileIdentity
    /// How many bytes have been read.
    var size: Int
    /// How many will have been when the read that is under way ends.
    var target: Int
    /// When the content last changed, as of the last check.
    var modified: Timestamp
    /// When its size last changed.
    var lastGrowth: Timestamp
    /// Whether a read is under way.
    var isReading = false
    /// Whether it changed while it was read.
    var hasChangedMeanwhile = false
    /// Whether it changed so recently that another change could bear the same time.
    var isUnsettled = false
  }

  /// How long a renamed file must stay quiet until nobody watches it.
  static let quiet = TimeSpan.seconds(Int64(5))
  /// Changes within one tick of the kernel's clock bear the same time: what changed less than this ago is checked again.
  static let settling = TimeSpan.milliseconds(50)

  private(set) var current: Life?
  private(set) var retired: [Life] = []
  /// Whether an `open` is under way.
  private(set) var isOpening = false
  private var failedFacts: FileFacts?

  /// Moves on, and says what to do.
  mutating func handle(_ event: Event) -> [Action] {
    switch event {
    case .looked(let facts, let behind, let now): return lookAtRetired(behind, now) + look(facts, behind, now)
    case .opened(let generation, let facts, let now):
      isOpening = false
      failedFacts = nil
      current = Life(
        generation: generation, identity: facts.identity, size: facts.size, target: facts.size,
        modified: facts.modified, lastGrowth: now, isUnsettled: Self.isUnsettled(facts, now))
      return [.lookAgain]
    case .openFailed(let facts):
      isOpening = false
      failedFacts = facts
      // It may have come while we looked for it.
      return facts == nil ? [.lookAgain] : []
    case .read(let generation, let size): return finish(generation, size)
    case .lost(let generation, let end): return lose(generation, end)
    }
  }

  /// Forgets the current life, so that the next look opens the name again; lives that were renamed away stay.
  mutating func forget() {
    current = nil
    failedFacts = nil
  }

  private mutating func look(
    _ name: FileFacts?, _ behind: [GenerationID: FileFacts], _ now: Timestamp
  ) -> [Action] {
    if isOpening { return [] }
    guard var life = current else {
      return name == nil || name == failedFacts ? [] : open(after: nil, nil)
    }
    let isRenamed = name.map { $0.identity != life.identity } ?? false
    var actions: [Action] = []
    if let facts = isRenamed ? behind[life.generation] : name ?? behind[life.generation] {
      if facts.size < life.size { return open(after: life.generation, .truncated) }
      actions = Self.check(&life, facts, now)
    }
    current = life
    if !isRenamed { return actions }
    life.lastGrowth = now
    retired.append(life)
    return actions + open(after: life.generation, .renamed)
  }

  private mutating func lookAtRetired(_ behind: [GenerationID: FileFacts], _ now: Timestamp) -> [Action] {
    var actions: [Action] = []
    for index in retired.indices {
      guard let facts = behind[retired[index].generation] else { continue }
      if facts.size < retired[index].size {
        actions.append(.discard(retired[index].generation, .truncated))
      } else {
        actions += Self.check(&retired[index], facts, now)
      }
    }
    retired.removeAll { actions.contains(.discard($0.generation, .truncated)) }
    for life in retired where !life.isReading && now - life.lastGrowth > Self.quiet {
      actions.append(.release(life.generation))
    }
    retired.removeAll { actions.contains(.release($0.generation)) }
    return actions
  }

  private mutating func open(after generation: GenerationID?, _ end: End?) -> [Action] {
    current = nil
    isOpening = true
    return [.open(after: generation, end)]
  }

  private static func isUnsettled(_ facts: FileFacts, _ now: Timestamp) -> Bool {
    now >= facts.modified && now - facts.modified < settling
  }

  private static func check(_ life: inout Life, _ facts: FileFacts, _ now: Timestamp) -> [Action] {
    let hasChanged = facts.size != life.target || facts.modified != life.modified
    guard hasChanged || (life.isUnsettled && !life.isReading) else { return [] }
    if facts.size != life.target { life.lastGrowth = now }
    if life.isReading {
      life.hasChangedMeanwhile = true
      return []
    }
    life.isReading = true
    life.target = facts.size
    life.modified = facts.modified
    life.isUnsettled = isUnsettled(facts, now)
    return [.read(life.generation, size: facts.size)]
  }

  private mutating func finish(_ generation: GenerationID, _ size: Int) -> [Action] {
    var mustLook = false
    update(generation) { life in
      mustLook = life.hasChangedMeanwhile || size < life.target
      life.size = size
      life.target = size
      life.isReading = false
      life.hasChangedMeanwhile = false
    }
    return mustLook ? [.lookAgain] : []
  }

  private mutating func lose(_ generation: GenerationID, _ end: End) -> [Action] {
    if current?.generation == generation { return open(after: generation, end) }
    let count = retired.count
    retired.removeAll { $0.generation == generation }
    return retired.count < count ? [.discard(generation, end)] : []
  }

  private mutating func update(_ generation: GenerationID, _ body: (inout Life) -> Void) {
    if var life = current, life.generation == generation {
      body(&life)
      current = life
    } else if let index = retired.firstIndex(where: { $0.generation == generation }) {
      body(&retired[index])
    }
  }
}
