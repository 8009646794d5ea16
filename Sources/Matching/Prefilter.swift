import CSystem
import Synchronization

/// Finds the required text of a pattern many positions at a time.
///
/// One run is probed at two of its bytes; several at three neighbouring bytes each, by tables that tell for each byte
/// which of eight families of runs it may belong to.
///
///     run      s t a t u s = 5         text    ... GET /users status=503 ...
///     probes         ^     ^  (u, =)            both hit only at the second "s"
///
/// Which bytes to probe is first guessed from `ByteFrequency`. Where the guess lets too much pass (`"` and `:` are rare
/// in most logs and everywhere in JSON), a sample of the text in hand decides anew, and the next scan begins with that.
/// Safe to use from several threads.
final class Prefilter: Sendable {
  let text: RequiredText
  private let tests: [RunTest]
  /// The first guess.
  private let guess: Probes
  private let latest: Mutex<Probes>

  /// Nil where several runs are asked for and the processor has no fast way to look for them.
  init?(_ text: RequiredText, usesWideVectors: Bool = Prefilter.hasWideVectors) {
    let probes = Probes(text.runs, share: ByteFrequency.share, usesWideVectors: usesWideVectors)
    guard let probes else { return nil }
    self.text = text
    tests = text.runs.map(RunTest.init)
    guess = probes
    latest = Mutex(probes)
  }

  static let hasWideVectors = cs_has_wide_vectors() != 0

  /// Where a run first lies wholly inside `bytes[range]`; for several runs, one of those that do. For short texts:
  /// nothing is learned.
  func first(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var position = range.lowerBound
    var misses = 0
    while position < range.upperBound {
      if let found = next(base, &position, range, guess, &misses) { return found }
    }
    return nil
  }

  /// A scan of much text that begins with what earlier ones have learned about it.
  func scan(mayGiveUp: Bool = false) -> PrefilterScan {
    PrefilterScan(self, latest.withLock { $0 }, mayGiveUp: mayGiveUp)
  }

  fileprivate func learn(_ probes: Probes) { latest.withLock { $0 = probes } }

  /// The run that lies in the next block where the probes let something pass, if one does; otherwise `position` is then
  /// behind that block, and the places that passed are counted.
  @inline(__always)
  fileprivate func next(
    _ base: UnsafeRawPointer, _ position: inout Int, _ range: Range<Int>, _ probes: borrowing Probes,
    _ missCount: inout Int
  ) -> Int? {
    var marks: UInt32 = 0
    let block = probes.nextBlock(base, position, range.upperBound, &marks)
    while marks != 0 {
      let place = block &+ marks.trailingZeroBitCount
      if let found = run(base, at: place, range, probes) { return found }
      marks &= marks &- 1
      missCount &+= 1
    }
    position = block &+ Probes.blockLength
    return nil
  }

  /// The beginning of the run that the mark at `place` belongs to.
  @inline(__always)
  private func run(
    _ base: UnsafeRawPointer, at place: Int, _ range: Range<Int>, _ probes: borrowing Probes
  ) -> Int? {
    if !probes.isFingerprint { return tests[0].matches(base, at: place, in: range) ? place : nil }
    var families = probes.families(base, at: place, range.upperBound)
    while families != 0 {
      for number in probes.members[families.trailingZeroBitCount] {
        let start = place &- probes.offsets[number]
        if tests[number].matches(base, at: start, in: range) { return start }
      }
      families &= families &- 1
    }
    return nil
  }
}

/// One pass of a prefilter over much text.
struct PrefilterScan {
  private let filter: Prefilter
  private var probes: Probes
  /// Places that passed the probes in vain since the probes were chosen, and where that was.
  private var missCount = 0
  private var chosenAt = 0
  /// Bytes from one such place to the next that are bearable; halves with each choice, since it may not have helped.
  private var bearable = 128
  private let mayGiveUp: Bool
  /// Where the scan ended because no choice of probes keeps enough places out: nothing is known of what follows.
  private(set) var givenUpAt: Int?

  init(_ filter: Prefilter, _ probes: Probes, mayGiveUp: Bool) {
    self.filter = filter
    self.probes = probes
    self.mayGiveUp = mayGiveUp
  }

  /// Where the next run begins that lies wholly inside `bytes[range]`; nil also where the scan has given up.
  mutating func first(in bytes: UnsafeRawBufferPointer, _ range: Range<Int>) -> Int? {
    guard let base = bytes.baseAddress else { return nil }
    var position = range.lowerBound
    while position < range.upperBound {
      if let found = filter.next(base, &position, range, probes, &missCount) { return found }
      if missCount >= 64, missCount &* bearable > position &- chosenAt {
        chooseAgain(bytes, min(position, range.upperBound), range)
        if givenUpAt != nil { return nil }
      }
    }
    return nil
  }

  private mutating func chooseAgain(_ bytes: UnsafeRawBufferPointer, _ position: Int, _ range: Range<Int>) {
    missCount = 0
    chosenAt = position
    bearable /= 2
    if bearable < 16 {
      if mayGiveUp { givenUpAt = position }
      return
    }
    let sample = position..<min(range.upperBound, position + TextSample.length)
    guard sample.count == TextSample.length else { return }
    probes = probes.improved(for: filter.text.runs, TextSample(bytes, sample))
    filter.learn(probes)
  }
}
