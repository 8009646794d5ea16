import LogFiles
import Quantities

/// Which records of one snapshot pass a filter. Immutable and cheap to copy; one bit a line.
///
/// It keeps the snapshot that it was evaluated over, and a filtered `Timeline` shows the records of that one: what has
/// been appended since appears with the next evaluation, which scans only the new bytes.
public struct FilterResult: Sendable {
  /// What was evaluated.
  public let snapshot: LogSnapshot
  /// Whether every indexed record has been evaluated.
  public let isComplete: Bool
  let generations: [GenerationBits]

  init(snapshot: LogSnapshot, generations: [GenerationBits], isComplete: Bool) {
    self.snapshot = snapshot
    self.generations = generations
    self.isComplete = isComplete
  }

  /// The number of records that pass.
  public var count: Int { generations.reduce(0) { $0 + $1.count } }

  /// Whether the record that holds the byte at `position` has been evaluated, as has most of what is newer: the newest
  /// segments come first.
  public func hasEvaluated(_ position: Position) -> Bool {
    guard let number = snapshot.generations.firstIndex(where: { $0.generation == position.generation }),
      let line = Generation(snapshot.generations[number]).place(at: position.offset.rawValue)
    else { return false }
    return isComplete || generations[number].segments[line.segment] != nil
  }

  /// Whether the record that holds the byte at `position` passes.
  public func contains(_ position: Position) -> Bool {
    guard let number = snapshot.generations.firstIndex(where: { $0.generation == position.generation }) else {
      return false
    }
    let generation = Generation(snapshot.generations[number])
    guard let line = generation.place(at: position.offset.rawValue), let start = generation.start(atOrBefore: line),
      let bits = generations[number].segments[start.segment]
    else { return false }
    return bits.words[start.group] &>> start.bit & 1 == 1
  }
}
