/// What a format that a user defined says beyond names of parts: it also decides what time and level of a line are.
struct CustomFormat: Sendable {
  /// The keys of a format of JSON lines; nil for one of patterns.
  var json: JSONKeys?
  /// Names of levels that chiplog does not know by itself, or reads otherwise.
  var levels = LevelDictionary([])

  /// Which keys at the top of an object are what.
  struct JSONKeys: Sendable {
    var time: ShortName?
    var level: ShortName?
    var message: ShortName?

    /// Whether an object has all keys that are named; `line` is one that begins like an object.
    func fits(_ line: UnsafeRawBufferPointer) -> Bool {
      guard var members = JSONReading(line, habits: Habits()).members() else { return false }
      var missing = [time, level, message].compactMap { $0 }
      while !missing.isEmpty, let (name, _) = members.next() {
        guard let base = line.baseAddress else { return false }
        // SAFETY: a member's name lies inside `line`.
        missing.removeAll { $0.matches(base + name.range.lowerBound, count: name.range.count) }
      }
      return missing.isEmpty
    }
  }
}

/// A user's own names of levels.
final class LevelDictionary: Sendable {
  private let entries: [(name: [UInt8], level: Level)]

  init(_ entries: [(name: String, level: Level)]) { self.entries = entries.map { (Array($0.name.utf8), $0.level) } }

  var isEmpty: Bool { entries.isEmpty }

  /// The level that exactly these bytes name; nil if the user gave them no meaning.
  func level(_ name: UnsafeRawBufferPointer) -> Level? {
    for entry in entries where entry.name.count == name.count && entry.name.elementsEqual(name) { return entry.level }
    return nil
  }
}

/// The unit of a field whose values are numbers without one.
public enum FieldUnit: String, CaseIterable, Sendable {
  case ns, us, ms, s, min, h
  case bytes = "B"
  case kilobytes = "kB"
  case megabytes = "MB"
  case kibibytes = "KiB"
  case mebibytes = "MiB"
}

extension RecordReader {
  /// What a line of a user's own format says; nil if none of its patterns fits.
  func customHead(_ line: UnsafeRawBufferPointer) -> LineHead? {
    guard let match = lineFormats.match(line, dateOrder: habits.stamps.dateOrder) else { return nil }
    var head = LineHead()
    head.family = .custom
    head.isWhole = true
    if let span = match.range(.time) {
      head.stamp = match.stamp
      head.stampSpan = span
    } else if !match.pattern.has(.time), let (stamp, start) = habits.stamps.find(line) {
      head.stamp = stamp
      head.stampSpan = start..<stamp.end
    }
    if let span = match.range(.level) {
      head.level = habits.levels?.level(line.part(span)) ?? LevelValue.read(line, span, scale: .mixed)
      head.levelSpan = head.level == nil ? nil : span
    }
    return head
  }
}
