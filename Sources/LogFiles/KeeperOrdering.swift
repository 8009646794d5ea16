import Platform
import Quantities
import Records

/// A stretch of a generation whose records are sorted: valid as long as it consists of the same segments.
struct OrderedStretch: Sendable {
  /// The segments, from `first` on.
  var first: Int
  var segments: [SegmentIndex]
  var order: OwnOrder
}

/// How generations whose records are written out of order come to an order of their own.
///
/// The stretches of a generation follow each other and shrink towards its end, where what was added is sorted anew: the
/// last segment alone, as it still grows; before it, stretches are joined once the later ones are as long together, so
/// that each record is sorted again only a few times however long the file grows.
extension Keeper {
  /// Sorts what must be sorted and is not yet.
  func arrange(_ source: Source, _ generation: Generation) {
    guard generation.pass == nil, !generation.isMending, !generation.isArranging else { return }
    let segments = generation.segments.compactMap(\.self)
    guard segments.count == generation.segments.count else { return }
    let wanted = Disorder(segments).order
    if generation.order != wanted {
      generation.order = wanted
      generation.stretches = []
      generation.touch()
      change(source)
    }
    guard wanted != .written, !generation.cannotBeSorted, let work = generation.stretchesToSort() else { return }
    sort(source, generation, work)
  }

  private func sort(_ source: Source, _ generation: Generation, _ ranges: [Range<Int>]) {
    generation.isArranging = true
    begin()
    let (file, id, epoch, first) = (source.file, generation.id, generation.epoch, generation.firstSegment)
    let segments = generation.segments.compactMap(\.self)
    let stitched = Stitching.stitchedAll(segments, firstLine: generation.droppedLines)
    let bytes = DescribedSegments(descriptor: generation.bytes.descriptor, reader: generation.decision.reader)
    let isNewestFirst = generation.order == .newestFirst
    let start = segments.lazy.compactMap(\.order.first).first ?? .distantPast
    pool.submit(urgent: generation.isQuicklySorted) { [weak self] in
      let orders = ranges.map { range -> OwnOrder? in
        let above = segments[..<range.lowerBound].last { $0.order.last != nil }?.order.last
        var building = OrderBuilding(
          stitched[range], source: bytes, isNewestFirst: isNewestFirst, leadingKey: above ?? start)
        return building.run()
      }
      let stretches = zip(ranges, orders).map { range, order in
        order.map { OrderedStretch(first: first + range.lowerBound, segments: Array(segments[range]), order: $0) }
      }
      self?.post { keeper in
        keeper.finishSorting(file, id, epoch, stretches)
        keeper.end()
      }
    }
  }

  private func finishSorting(_ file: FileID, _ id: GenerationID, _ epoch: Int, _ stretches: [OrderedStretch?]) {
    guard let (source, generation) = find(file, id), generation.epoch == epoch else { return }
    generation.isArranging = false
    let sorted = stretches.compactMap(\.self)
    if sorted.count < stretches.count, (try? FileFacts(generation.bytes.descriptor).size) ?? 0 >= generation.byteCount {
      generation.cannotBeSorted = true
      generation.stretches = []
    } else if let first = sorted.first {
      generation.stretches.removeAll { $0.first >= first.first }
      generation.stretches += sorted
    }
    generation.touch()
    change(source)
    if let size = generation.waitingGrowth, !generation.isGrowing {
      generation.waitingGrowth = nil
      grow(source, generation, to: size)
    } else {
      arrange(source, generation)
    }
  }
}

extension Generation {
  /// The stretches that are still true, from the first segment on.
  var validStretches: ArraySlice<OrderedStretch> {
    var place = 0
    for (number, stretch) in stretches.enumerated() {
      let end = place + stretch.segments.count
      guard stretch.first == firstSegment + place, end <= segments.count,
        zip(segments[place..<end], stretch.segments).allSatisfy({ $0 === $1 })
      else { return stretches[..<number] }
      place = end
    }
    return stretches[...]
  }

  /// The stretches to be sorted next, as ranges of `segments`; nil if all are.
  func stretchesToSort() -> [Range<Int>]? {
    var valid = validStretches
    var start = valid.reduce(0) { $0 + $1.segments.count }
    guard start < segments.count else { return nil }
    let last = segments.count - 1
    guard start < last else { return [start..<segments.count] }
    while let before = valid.last, before.segments.count <= last - start {
      start -= before.segments.count
      valid.removeLast()
    }
    return [start..<last, last..<segments.count]
  }

  /// Whether sorting what is left takes no longer than growing, so that the one can wait for the other.
  var isQuicklySorted: Bool {
    let sorted = validStretches.reduce(0) { $0 + $1.segments.count }
    return order != .written && sorted > 0 && segments.count - sorted <= Growth.segmentLimit
  }
}
