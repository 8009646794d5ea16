import QueryLanguage
import Quantities
import Records

/// Reads the keys of groups, as `GroupSink` writes them.
enum GroupKeys {
  /// The values of a key.
  static func cells(_ group: Int, _ sink: GroupSink) -> [Value] {
    var reading = Reading(group, sink)
    return sink.plan.keys.indices.map { _ in reading.next().value }
  }

  /// Whether the record had none of the fields of the key.
  static func isAbsent(_ group: Int, _ sink: GroupSink) -> Bool {
    var reading = Reading(group, sink)
    return sink.plan.keys.indices.allSatisfy { _ in if case .absent = reading.next() { true } else { false } }
  }

  /// Whether one key comes before another: numbers by size, texts by their bytes, what is absent last.
  static func isBefore(_ left: Int, _ right: Int, _ sink: GroupSink) -> Bool {
    var (first, second) = (Reading(left, sink), Reading(right, sink))
    for _ in sink.plan.keys.indices {
      let (one, other) = (first.next(), second.next())
      if case .text(let one, false, _) = one, case .text(let other, false, _) = other {
        if one.elementsEqual(other) { continue }
        return one.lexicographicallyPrecedes(other)
      }
      // Of levels the worst come first.
      if case .level(let one) = one, case .level(let other) = other {
        if one == other { continue }
        return one > other
      }
      switch ValueOrder.compare(one.value, other.value) {
      case .same: continue
      case .less: return true
      case .greater: return false
      }
    }
    return false
  }

  /// A part of a key.
  private enum Part {
    case absent
    case stamp(Timestamp)
    case level(Level)
    case text(ArraySlice<UInt8>, isSpecial: Bool, kinds: UInt32)

    var value: Value {
      switch self {
      case .absent: .absent
      case .stamp(let stamp): .time(stamp)
      case .level(let level): .level(level)
      case .text(let bytes, _, let kinds):
        .written(bytes, isNumber: kinds & 1 == 1, isBoolean: kinds & 2 == 2)
      }
    }
  }

  private struct Reading {
    private let plan: GroupPlan
    private let key: ArraySlice<UInt8>
    private let kinds: UInt32
    private var offset: Int
    private var place = 0

    init(_ group: Int, _ sink: GroupSink) {
      plan = sink.plan
      key = sink.keys.key(group)
      kinds = sink.kinds[group]
      offset = key.startIndex
    }

    private mutating func number(_ bytes: Int) -> UInt64 {
      defer { offset += bytes }
      return (0..<bytes).reduce(0) { $0 | UInt64(key[offset + $1]) << UInt64(8 * $1) }
    }

    mutating func next() -> Part {
      defer { place += 1 }
      guard case .field(let slot) = plan.keys[place] else {
        let start = Int64(bitPattern: number(8))
        return start == .min ? .absent : .stamp(Timestamp(nanoseconds: start))
      }
      let head = Int(number(4))
      guard head > 0 else { return .absent }
      switch plan.requests[slot].field.builtIn {
      case .level: return Level(rawValue: UInt8(head - 1)).map(Part.level) ?? .absent
      case .time: return .stamp(Timestamp(nanoseconds: Int64(bitPattern: number(8))))
      default:
        let bytes = key[offset..<offset + head - 1]
        offset += head - 1
        let own = place < 16 ? kinds >> UInt32(2 * place) & 3 : 0
        return .text(bytes, isSpecial: own != 0, kinds: own)
      }
    }
  }
}
