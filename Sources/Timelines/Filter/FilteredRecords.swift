import LogFiles
import Quantities

extension FilterResult {
  /// Lends each record that passes to `body`, in the order of files and within them as they lie there, until it returns
  /// false.
  public func forEachInFileOrder(_ body: (RecordView) -> Bool) {
    for (number, snapshot) in snapshot.generations.enumerated() {
      let generation = Generation(snapshot)
      for segment in generation.segments.indices {
        guard let words = generations[number].segments[segment]?.words else { continue }
        guard generation.forEachRecord(of: words, segment: segment, body) else { return }
      }
    }
  }
}

extension Generation {
  /// Lends the records of a segment whose bits are set; false once `body` has had enough.
  fileprivate func forEachRecord(of words: [UInt64], segment: Int, _ body: (RecordView) -> Bool) -> Bool {
    for group in words.indices where words[group] != 0 {
      var left = words[group]
      var place = Place(segment: segment, line: group &* 64)
      var offset = offset(of: place)
      while left != 0 {
        let start = Place(segment: segment, line: group &* 64 &+ left.trailingZeroBitCount)
        offset = Newlines.skip(
          start.line &- place.line, in: bytes, from: offset, to: end(ofGroup: group, in: segments[segment].index))
        place = start
        let (next, end) = record(after: place, at: offset)
        guard body(view(at: place, bytes: offset..<end, next: next)) else { return false }
        left &= left &- 1
      }
    }
    return true
  }
}
