/// Where a match and its groups lie.
///
///     let pattern = try Pattern(#"took (?<time>\d+)(?<unit>ms|s)"#)
///     pattern.captures(in: bytes)?["time"]     // Range<Int>?
public struct Captures: Hashable, Sendable {
  /// The whole match, then the groups from group 1 on, as byte offsets; nil for a group that took no part.
  public let ranges: [Range<Int>?]
  /// The names of the groups from group 1 on; nil for a group without a name.
  public let names: [String?]

  /// The whole match.
  public var match: Range<Int> { ranges.first.flatMap { $0 } ?? 0..<0 }

  /// A group by number, 0 being the whole match; nil also for a group that does not exist.
  public subscript(group: Int) -> Range<Int>? { ranges.indices.contains(group) ? ranges[group] : nil }

  /// A group by name; nil also for a name that does not exist.
  public subscript(name: String) -> Range<Int>? {
    names.firstIndex(of: name).flatMap { self[$0 + 1] }
  }
}

extension Pattern {
  /// The groups of the first match that begins at or after `start`. O(pattern x bytes).
  public func captures(in bytes: UnsafeRawBufferPointer, from start: Int = 0) -> Captures? {
    guard start >= 0, start <= bytes.count else { return nil }
    if let prefilter, prefilter.first(in: bytes, start..<bytes.count) == nil { return nil }
    guard let slots = captureMatchers.withScratch({ $0.firstMatch(in: bytes, from: start) }) else { return nil }
    let ranges = stride(from: 0, to: slots.count, by: 2).map { slots[$0] < 0 ? nil : slots[$0]..<slots[$0 + 1] }
    return Captures(ranges: ranges, names: captureNames)
  }
}
