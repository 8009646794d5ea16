extension FilterResult {
  /// The same with `count` records before and after each match, within each generation; see `contains(_:)` of the
  /// original for which are matches.
  public func context(_ count: Int) -> FilterResult {
    guard count > 0 else { return self }
    let widened = zip(snapshot.generations, generations).map { snapshot, bits in
      bits.widened(by: count, in: Generation(snapshot))
    }
    return FilterResult(snapshot: snapshot, generations: widened, isComplete: isComplete)
  }
}

extension GenerationBits {
  /// Sets the `count` records on both sides of each one that is set.
  fileprivate func widened(by count: Int, in generation: Generation) -> GenerationBits {
    var words = generation.segments.indices.map { number in
      segments[number]?.words ?? .zeros(generation.segments[number].index.groups.count)
    }
    spread(&words, by: count, in: generation, isForward: true)
    spread(&words, by: count, in: generation, isForward: false)
    let old = segments
    return GenerationBits(
      segments: words.indices.map { old[$0] == nil && !words[$0].hasBits ? nil : SegmentBits(words: words[$0]) })
  }

  /// Walks over all record starts in one direction and sets those up to `count` behind a match.
  private func spread(_ words: inout [Words], by count: Int, in generation: Generation, isForward: Bool) {
    var left = 0
    let numbers = Array(words.indices)
    for number in isForward ? numbers : numbers.reversed() {
      let index = generation.segments[number].index
      let matches = segments[number]?.words ?? []
      let groups = Array(0..<index.groups.count)
      for group in isForward ? groups : groups.reversed() {
        let match = group < matches.count ? matches[group] : 0
        guard match != 0 || left > 0 else { continue }
        var starts = index.starts(inGroup: group)
        if match == starts, starts != 0 {
          left = count
          continue
        }
        while starts != 0 {
          let bit =
            isForward ? starts & (0 &- starts) : 1 &<< UInt64(truncatingIfNeeded: 63 &- starts.leadingZeroBitCount)
          starts &= ~bit
          if match & bit != 0 {
            left = count
          } else if left > 0 {
            left -= 1
            words[number][group] |= bit
          }
        }
      }
    }
  }
}
