import LogFiles
import Quantities
import Timelines

/// Finding records of an earlier session again.
extension Workspace {
  /// Records of one instant that are looked at.
  private static let limit = 4096

  /// Where each of the records is now; nil where it is in none of the files any more.
  func find(_ spots: [SavedSession.Spot]) -> [Place?] {
    guard !spots.isEmpty else { return [] }
    let timeline = Timeline(logs.snapshot())
    return spots.map { find($0, in: timeline) }
  }

  private func find(_ spot: SavedSession.Spot, in timeline: Timeline) -> Place? {
    let files = candidates(for: spot.source, in: timeline.snapshot)
    for file in files {
      for generation in timeline.snapshot.generations.reversed() where generation.file == file {
        let position = Position(file: file, generation: generation.generation, offset: ByteOffset(spot.offset))
        if spot.offset < generation.byteCount, let record = timeline.record(at: position), record.position == position,
          let place = place(of: record, if: spot, in: timeline)
        {
          return place
        }
      }
    }
    // The file was rotated or rewritten: the record may stand elsewhere, at the same time.
    var found: Place?
    var looked = 0
    var cursor = timeline.cursor(from: timeline.rank(atOrAfter: spot.time))
    cursor.forEach { view in
      looked += 1
      guard files.contains(view.position.file), let record = timeline.record(at: view.position) else {
        return looked < Self.limit
      }
      if record.key > spot.time { return false }
      found = place(of: record, if: spot, in: timeline)
      return found == nil && looked < Self.limit
    }
    return found
  }

  /// The record's place, if it begins with the same text.
  private func place(of record: TimelineRecord, if spot: SavedSession.Spot, in timeline: Timeline) -> Place? {
    guard let row = timeline.row(for: record, limit: 4096), row.firstText == spot.text else { return nil }
    return Place(position: record.position, time: row.time)
  }

  /// The files whose names end most like `name`: it may have been opened from another folder.
  private func candidates(for name: String, in snapshot: LogSnapshot) -> [FileID] {
    let wanted = Array(name.split(separator: "/").reversed())
    let likeness = snapshot.files.map { file in
      (file.file, zip(file.name.split(separator: "/").reversed(), wanted).prefix { $0 == $1 }.count)
    }
    let most = likeness.map(\.1).max() ?? 0
    // `app.log` may be `app.log.1` by now.
    guard most > 0 else { return snapshot.files.map(\.file) }
    return likeness.filter { $0.1 == most }.map(\.0)
  }
}

extension LogRow {
  /// The beginning of its first line, by which it is recognised.
  var firstText: String { String(text(lines[0]).prefix(200)) }
}
