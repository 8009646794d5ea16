import Platform
import Quantities
import Records

/// Where the bytes of segments are read: a file, or memory.
protocol SegmentSource: Sendable {
  var reader: RecordReader { get }
  /// Gives `body` the bytes from the segment's first line on, as many as tell the stamps of all its records; nil if the
  /// file became shorter.
  func withBytes<Result>(of segment: SegmentIndex, _ body: (UnsafeRawBufferPointer) -> Result) -> Result?
}

extension SegmentSource {
  /// The index with exact order stamps; nil if the file became shorter.
  func settled(_ segment: SegmentIndex, in context: OrderContext) -> SegmentIndex? {
    withBytes(of: segment) { reader.settled(segment, $0, at: segment.bytes.lowerBound, in: context) }
  }

  /// The stamps of the first `limit` stamped records of a segment; nil if the file became shorter.
  func stamps(of segment: SegmentIndex, limit: Int) -> [Timestamp]? {
    withBytes(of: segment) { bytes in
      var stamps: [Timestamp] = []
      reader.forEachStamp(of: segment, in: bytes, at: segment.bytes.lowerBound) { _, stamp in
        if let stamp { stamps.append(stamp) }
        return stamps.count < limit
      }
      return stamps
    }
  }
}

/// The segments of a file that is read through its descriptor.
struct DescribedSegments: SegmentSource {
  let descriptor: FileDescriptor
  let reader: RecordReader

  func withBytes<Result>(of segment: SegmentIndex, _ body: (UnsafeRawBufferPointer) -> Result) -> Result? {
    // The last line may be longer than all others together; its stamp stands near its beginning.
    let count = min(segment.bytes.count, Stitching.segmentSize + RecordReader.reach)
    let start = segment.bytes.lowerBound
    let more = reader.looksAhead ? RecordReader.lookahead : 0
    guard let bytes = try? descriptor.bytes(in: start..<start + count + more), bytes.count >= count else { return nil }
    return bytes.withUnsafeBytes(body)
  }
}

/// The part of the stitch pass that makes the order of records right across the borders of segments.
///
/// What a stamp is (an outlier, of which year) depends on the records after it only, so this goes backwards. Nearly always
/// nothing is to be done: a look at the first and last stamps of neighbours tells.
struct OrderSettling<Source: SegmentSource> {
  private let source: Source
  /// The segments in file order, without holes.
  private(set) var segments: [SegmentIndex]

  init(_ segments: [SegmentIndex], source: Source) {
    self.segments = segments
    self.source = source
  }

  /// Makes everything right; false if the file became shorter.
  mutating func run() -> Bool {
    var view = Surroundings()
    for place in segments.indices.reversed() {
      // In another year more of what follows may matter.
      for _ in 0..<2 {
        guard let surroundings = view.mismatch(of: segments[place]) else { break }
        if !repeatIndex(place, surroundings, carried: nil) { return false }
      }
      view.take(segments[place])
    }
    // Late records first: how many there are may decide whether steps matter.
    if Disorder(segments).judgement == .needsLateCounts, !countExactly(.needsLateCounts) { return false }
    return Disorder(segments).judgement == .needsSteps ? countExactly(.needsSteps) : true
  }

  /// Looks at each stamp of those segments whose counts do not decide.
  private mutating func countExactly(_ need: Disorder.Judgement) -> Bool {
    var surroundings = [Surroundings.Context](repeating: .init(), count: segments.count)
    var view = Surroundings()
    for place in segments.indices.reversed() {
      surroundings[place] = view.context(of: segments[place])
      view.take(segments[place])
    }
    var carried: Timestamp?
    for place in segments.indices {
      let isNeeded =
        need == .needsSteps
        ? !Disorder.knowsSteps(of: segments[place]) : Disorder.lateCount(of: segments[place], carried: carried) == nil
      if isNeeded, !repeatIndex(place, surroundings[place], carried: carried) { return false }
      carried = Stitching.key(carried, after: segments[place])
    }
    return true
  }

  private mutating func repeatIndex(_ place: Int, _ surroundings: Surroundings.Context, carried: Timestamp?) -> Bool {
    var following: [Timestamp] = []
    let looksOn = surroundings.matters || (segments[place].order.findings?.followers.count ?? 0) > 0
    if looksOn {
      for segment in segments[(place + 1)...] where segment.stampedCount > 0 {
        guard let stamps = source.stamps(of: segment, limit: SegmentOrder.reach - following.count) else { return false }
        following += stamps
        if following.count >= SegmentOrder.reach { break }
      }
    }
    let context = OrderContext(
      reference: surroundings.reference, following: following,
      followers: looksOn ? surroundings.followers : .init(), carried: carried)
    guard let fresh = source.settled(segments[place], in: context) else { return false }
    segments[place] = fresh
    return true
  }
}

/// What lies behind a segment, seen while going from the end of a file to its beginning.
struct Surroundings {
  /// What a segment would have to be read in.
  struct Context {
    var reference: Timestamp?
    var followers = OrderContext.Followers()
    /// Whether the records behind the segment can change anything in it.
    var matters = false
  }

  private var reference: Timestamp?
  private var followers = OrderContext.Followers()
  /// The last stamp of the file.
  private var last: Timestamp?

  /// Puts `segment` in front of what was seen.
  mutating func take(_ segment: SegmentIndex) {
    guard segment.stampedCount > 0, let first = segment.order.first else { return }
    reference = segment.firstReference
    last = last ?? segment.order.last
    followers.count = min(segment.stampedCount + followers.count, SegmentOrder.reach)
    followers.first = first
    followers.last = followers.count < SegmentOrder.reach ? last : nil
  }

  /// What lies behind `segment`.
  func context(of segment: SegmentIndex) -> Context {
    var context = Context(reference: reference.map { min($0, segment.reference) } ?? segment.reference)
    context.followers = followers
    let findings = segment.order.findings
    let isPlunge = zip(segment.order.last, followers.first).map { $0 - $1 > SegmentOrder.outlierHeight } ?? false
    let wasNear = findings.map { $0.followers.count > 0 && $0.followers.count < SegmentOrder.outlierReach } ?? false
    context.matters = isPlunge || findings?.isOpen == true || wasNear
    return context
  }

  /// What lies behind `segment`, if it was indexed as if it were something else; nil if that is right.
  func mismatch(of segment: SegmentIndex) -> Context? {
    guard segment.stampedCount > 0 else { return nil }
    let context = context(of: segment)
    let findings = segment.order.findings
    let isOtherYear = (findings?.endReference ?? segment.reference) != context.reference
    let known = findings?.followers ?? OrderContext.Followers()
    return isOtherYear || context.matters && known != context.followers ? context : nil
  }

  /// Whether some segment must be indexed again.
  static func misfits(_ segments: [SegmentIndex]) -> Bool {
    var view = Surroundings()
    for place in segments.indices.reversed() {
      if view.mismatch(of: segments[place]) != nil { return true }
      view.take(segments[place])
    }
    return false
  }
}

private func zip<Left, Right>(_ left: Left?, _ right: Right?) -> (Left, Right)? {
  guard let left, let right else { return nil }
  return (left, right)
}
