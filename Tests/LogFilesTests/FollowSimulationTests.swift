import Platform
import Quantities
import TestSupport
import Testing

@testable import LogFiles

/// `FollowMachine` against a made-up file system: whatever happens, and however late its actions are carried out, in the
/// end the lives that it keeps hold what their files hold.
@Suite struct FollowSimulationTests {
  /// A file of the made-up disk.
  private struct File {
    var bytes: [Int] = []
    var modified = Timestamp(seconds: 0)
  }

  /// What is under way on a worker.
  private enum Job {
    case open(after: GenerationID?, FollowMachine.End?)
    case read(GenerationID, size: Int)
  }

  /// A life that is shown.
  private struct Shown {
    var inode: UInt64
    var bytes: [Int]
  }

  /// The disk, the machine, and a shell around it that is as slow as chance will have it.
  private struct World {
    var random: SeededGenerator
    var now = Timestamp(seconds: 1000)
    var disk: [UInt64: File] = [:]
    var name: UInt64?
    var machine = FollowMachine()
    var shown: [GenerationID: Shown] = [:]
    var released: Set<GenerationID> = []
    var jobs: [Job] = []
    var mustLook = true
    private var counter = 0
    private var inodes: UInt64 = 0

    init(seed: UInt64) { random = SeededGenerator(seed) }

    private mutating func next() -> Int {
      counter += 1
      return counter
    }

    private func facts(_ inode: UInt64?) -> FileFacts? {
      inode.flatMap { number in
        disk[number].map {
          FileFacts(
            identity: FileIdentity(device: 1, inode: number), size: $0.bytes.count, modified: $0.modified)
        }
      }
    }

    /// The clock of the file system ticks every 4 ms: changes within a tick bear the same time.
    private mutating func touch(_ inode: UInt64, _ change: (inout [Int]) -> Void) {
      let tick: Int64 = 4_000_000
      change(&disk[inode, default: File()].bytes)
      disk[inode]?.modified = Timestamp(nanoseconds: now.nanoseconds / tick * tick)
    }

    private mutating func create() {
      inodes += 1
      name = inodes
      let count = Int.random(in: 0..<3, using: &random)
      let values = (0..<count).map { _ in next() }
      touch(inodes) { $0 = values }
    }

    mutating func change() {
      let inode = name ?? 0
      switch Int.random(in: 0..<12, using: &random) {
      case 0: create()
      case 1: name = nil
      case 2 where name != nil: touch(inode) { $0 = [] }
      case 3 where name != nil:
        let length = Int.random(in: 0...(disk[inode]?.bytes.count ?? 0), using: &random)
        touch(inode) { $0.removeLast($0.count - length) }
      case 4 where name != nil:
        let fresh = next()
        touch(inode) { bytes in bytes = bytes.map { $0 + 1_000_000 * fresh } }
      case 5:
        // A writer that still has a renamed file open.
        if let old = disk.keys.sorted().randomElement(using: &random) {
          let value = next()
          touch(old) { $0.append(value) }
        }
      case 6 where name != nil:
        // Cut short and at once as long as it was.
        let values = (0..<(disk[inode]?.bytes.count ?? 0) + 1).map { _ in next() }
        touch(inode) { $0 = values }
      default:
        if name == nil { return create() }
        let values = (0..<Int.random(in: 1...5, using: &random)).map { _ in next() }
        touch(inode) { $0 += values }
      }
    }

    mutating func look() {
      mustLook = false
      var behind: [GenerationID: FileFacts] = [:]
      for life in machine.retired + [machine.current].compactMap(\.self) where life.identity.inode != name {
        behind[life.generation] = facts(life.identity.inode)
      }
      perform(machine.handle(.looked(facts(name), behind: behind, now: now)))
    }

    private mutating func perform(_ actions: [FollowMachine.Action]) {
      for action in actions {
        switch action {
        case .open(let after, let end): jobs.append(.open(after: after, end))
        case .read(let id, let size): jobs.append(.read(id, size: size))
        case .release(let id): released.insert(id)
        case .discard(let id, _): shown[id] = nil
        case .lookAgain: mustLook = true
        }
      }
    }

    /// Ends one of the jobs.
    mutating func work() {
      guard let place = jobs.indices.randomElement(using: &random) else { return }
      switch jobs.remove(at: place) {
      case .open(let after, let end): open(after, end)
      case .read(let id, let size): read(id, size)
      }
    }

    private mutating func open(_ old: GenerationID?, _ end: FollowMachine.End?) {
      if let old, end != .renamed { shown[old] = nil }
      guard let inode = name, let facts = facts(inode) else { return perform(machine.handle(.openFailed(nil))) }
      // A file that was renamed away and is back is shown once.
      for (id, life) in shown where life.inode == inode && id != old { shown[id] = nil }
      if let old, shown[old]?.inode == inode { shown[old] = nil }
      let id = GenerationID(next())
      shown[id] = Shown(inode: inode, bytes: disk[inode]?.bytes ?? [])
      perform(machine.handle(.opened(id, facts, now: now)))
    }

    private mutating func read(_ id: GenerationID, _ target: Int) {
      guard let life = shown[id], let file = disk[life.inode] else {
        return perform(machine.handle(.read(id, size: target)))
      }
      guard file.bytes.starts(with: life.bytes) else {
        return perform(machine.handle(.lost(id, file.bytes.count < life.bytes.count ? .truncated : .rewritten)))
      }
      // A job may stop early.
      let wanted = Bool.random(using: &random) ? target : (life.bytes.count + target + 1) / 2
      let size = max(life.bytes.count, min(wanted, file.bytes.count))
      shown[id]?.bytes = Array(file.bytes.prefix(size))
      perform(machine.handle(.read(id, size: size)))
    }

    /// Lets everything come to rest; false if it does not.
    mutating func settle() -> Bool {
      for _ in 0..<40 {
        now = now + .milliseconds(60)
        look()
        for _ in 0..<200 where mustLook || !jobs.isEmpty {
          if mustLook { look() } else { work() }
        }
        if !jobs.isEmpty { return false }
      }
      return !mustLook
    }
  }

  @Test(arguments: 0..<300) func comesToRestWithWhatTheFilesHold(seed: UInt64) {
    var world = World(seed: seed)
    for round in 0..<60 {
      for _ in 0..<Int.random(in: 1...12, using: &world.random) {
        switch Int.random(in: 0..<6, using: &world.random) {
        case 0, 1: world.change()
        case 2: world.look()
        case 3: world.now = world.now + .milliseconds(Int64.random(in: 0...30, using: &world.random))
        default: world.work()
        }
      }
      let isAtRest = world.settle()
      #expect(isAtRest, "round \(round): it does not come to rest")
      let current = world.machine.current.flatMap { world.shown[$0.generation] }
      if let name = world.name {
        #expect(current?.inode == name && current?.bytes == world.disk[name]?.bytes, "round \(round): current")
      }
      for life in world.machine.retired {
        let shown = world.shown[life.generation]
        #expect(shown?.bytes == shown.flatMap { world.disk[$0.inode]?.bytes }, "round \(round): retired")
      }
      let inodes = world.shown.values.map(\.inode)
      #expect(Set(inodes).count == inodes.count, "round \(round): a file is shown twice")
    }
  }
}
