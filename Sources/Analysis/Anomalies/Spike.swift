/// A short stretch of values far from what the others are.
///
/// Far is more than five deviations from the median, the deviation being 1.4826 times the median distance from it, which spikes
/// do not move (for normal values it is their deviation). Where more than half of the values are the same, far is more than half as
/// far from them as the farthest value, as long as no more than a quarter of the values are.
public struct Spike: Equatable, Sendable {
  /// The indices of the values; those between them that are no numbers belong to it.
  public var range: ClosedRange<Int>
  /// The index of the value that is farthest away, the first of equal ones.
  public var peak: Int

  /// The spikes among values in order; what is no number is left out. O(n) on average
  public static func spikes(in values: some Sequence<Double>) -> [Spike] {
    let values = ContiguousArray(values)
    let numbers = values.filter(\.isFinite)
    guard numbers.count >= 5 else { return [] }
    let (middle, limit) = limits(of: ContiguousArray(numbers))
    var spikes: [Spike] = []
    var isGoingOn = false
    for (index, value) in values.enumerated() where value.isFinite {
      let distance = value - middle
      guard abs(distance) > limit else {
        isGoingOn = false
        continue
      }
      // From one side straight to the other is another spike.
      if isGoingOn, let last = spikes.last, (values[last.peak] > middle) == (distance > 0) {
        let isFarther = abs(distance) > abs(values[last.peak] - middle)
        spikes[spikes.count - 1] = Spike(
          range: last.range.lowerBound...index, peak: isFarther ? index : last.peak)
      } else {
        spikes.append(Spike(range: index...index, peak: index))
      }
      isGoingOn = true
    }
    return spikes
  }

  private static func limits(of numbers: ContiguousArray<Double>) -> (middle: Double, limit: Double) {
    var numbers = numbers
    let median = numbers.reorderToMedian()
    var distances = ContiguousArray(numbers.map { abs($0 - median) })
    let half = distances.reorderToMedian()
    // Rounding in sums that are equal in truth is no distance.
    if half > abs(median) * 1e-12 { return (median, 5 * 1.4826 * half) }
    let farthest = numbers.reduce(0) { max($0, abs($1 - median)) }
    let limit = max(farthest / 2, abs(median) * 1e-9)
    let isRare = numbers.count { abs($0 - median) > limit } * 4 <= numbers.count
    return (median, isRare ? limit : .infinity)
  }
}
