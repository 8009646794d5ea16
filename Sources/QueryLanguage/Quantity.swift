/// What a unit measures.
public enum Dimension: Hashable, Sendable {
  /// A plain number.
  case none
  /// Time, in nanoseconds.
  case time
  /// Size, in bytes.
  case size
}

/// A unit that may follow a number, in a query and in a log: `ms`, `m`, `KiB`, `M`.
struct Unit: Hashable, Sendable {
  let name: String
  let dimension: Dimension
  /// What one of it is in nanoseconds, bytes, or ones.
  let scale: Double

  /// What it measures and how much of it, without its name.
  var measure: UnitScale { UnitScale(dimension: dimension, scale: scale) }

  /// Longest first, so that `ms` is not read as `m`.
  static let all: [Unit] =
    ([
      ("ns", .time, 1), ("us", .time, 1e3), ("µs", .time, 1e3), ("μs", .time, 1e3), ("ms", .time, 1e6),
      ("s", .time, 1e9), ("m", .time, 60e9), ("h", .time, 3600e9), ("d", .time, 86_400e9), ("w", .time, 604_800e9),
      ("B", .size, 1), ("kB", .size, 1e3), ("KB", .size, 1e3), ("MB", .size, 1e6), ("GB", .size, 1e9),
      ("TB", .size, 1e12), ("KiB", .size, 1024), ("MiB", .size, 1_048_576), ("GiB", .size, 1_073_741_824),
      ("TiB", .size, 1_099_511_627_776), ("k", .none, 1e3), ("K", .none, 1e3), ("M", .none, 1e6), ("G", .none, 1e9),
      ("T", .none, 1e12), ("Ki", .none, 1024), ("Mi", .none, 1_048_576), ("Gi", .none, 1_073_741_824),
      ("Ti", .none, 1_099_511_627_776),
    ] as [(String, Dimension, Double)])
    .map { Unit(name: $0.0, dimension: $0.1, scale: $0.2) }.sorted { $0.name.utf8.count > $1.name.utf8.count }

  /// The unit of that exact name.
  static func named(_ name: String) -> Unit? { all.first { $0.name == name } }

  /// The unit that the name of a field declares by its suffix: `took_ms`, `body_bytes`.
  static func declared(byName name: String) -> Unit? {
    for (suffix, unit) in suffixes where name.hasSuffix(suffix) { return named(unit) }
    return name == "bytes" ? named("B") : nil
  }

  private static let suffixes = [
    ("_ms", "ms"), ("_seconds", "s"), ("_us", "us"), ("_ns", "ns"), ("_s", "s"), ("_bytes", "B"),
  ]
}

/// A unit without its name: what conversions need.
struct UnitScale: Hashable, Sendable {
  let dimension: Dimension
  /// What one of it is in nanoseconds, bytes, or ones.
  let scale: Double
}

/// A number with or without a unit, scaled to nanoseconds, bytes or ones.
///
///     Quantity("1m30s")    // 90e9, .time
///     Quantity("1.5MiB")   // 1572864, .size
public struct Quantity: Hashable, Sendable {
  /// The number, scaled.
  public var value: Double
  /// What it measures.
  public var dimension: Dimension
  /// The exact value, where the text was a whole number without unit that fits.
  public var integer: Int64?

  /// Reads the whole of `text`; nil if it is something else.
  public init?(_ text: String) {
    var text = text
    guard let value = text.withUTF8({ Quantity(UnsafeRawBufferPointer($0)) }) else { return nil }
    self = value
  }

  /// Reads the whole of `bytes`; nil if they are something else. No allocation for numbers of up to 19 digits.
  public init?(_ bytes: UnsafeRawBufferPointer) {
    guard let number = NumberText(prefixOf: bytes) else { return nil }
    if number.end == bytes.count {
      value = number.double(in: bytes)
      dimension = .none
      integer = number.int64
      return
    }
    guard !number.hasExponent, let total = Self.compound(bytes, first: number) else { return nil }
    value = total.0
    dimension = total.1
    integer = nil
  }

  /// `18ms`, `1m30s`, `1.5MiB`: each number followed by its unit; only durations have more than one part.
  private static func compound(_ bytes: UnsafeRawBufferPointer, first: NumberText) -> (Double, Dimension)? {
    var number = first
    var start = 0
    var total = 0.0
    var dimension = Dimension.none
    while true {
      let digits = UnsafeRawBufferPointer(rebasing: bytes[start..<start + number.end])
      guard let unit = unit(in: bytes, at: start + number.end) else { return nil }
      if start > 0, unit.dimension != .time { return nil }
      total += abs(number.double(in: digits)) * unit.scale
      dimension = unit.dimension
      start += number.end + unit.name.utf8.count
      if start == bytes.count { return (first.isNegative ? -total : total, dimension) }
      let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
      guard dimension == .time, rest[0].isDigit, let next = NumberText(prefixOf: rest), !next.hasExponent
      else { return nil }
      number = next
    }
  }

  private static func unit(in bytes: UnsafeRawBufferPointer, at offset: Int) -> Unit? {
    Unit.all.first { unit in
      let end = offset + unit.name.utf8.count
      guard end <= bytes.count, bytes[offset..<end].elementsEqual(unit.name.utf8) else { return false }
      return end == bytes.count || bytes[end].isDigit
    }
  }

  /// Compares; what differs by less than the rounding of a conversion between units is equal.
  func order(_ other: Quantity) -> Order {
    if let left = integer, let right = other.integer { return Order(left, right) }
    if dimension != .none, abs(value - other.value) <= 1e-12 * max(abs(value), abs(other.value)) { return .same }
    return Order(value, other.value)
  }

  /// This plain number in a unit.
  func scaled(by unit: UnitScale) -> Quantity {
    var result = self
    result.value = value * unit.scale
    result.dimension = unit.dimension
    result.integer = nil
    return result
  }
}

/// How two values stand to each other.
enum Order {
  case less, same, greater, unordered

  init<Value: Comparable>(_ left: Value, _ right: Value) {
    self = left < right ? .less : left > right ? .greater : left == right ? .same : .unordered
  }
}

/// Where the parts of a written number lie: sign, digits, point, exponent.
struct NumberText {
  /// Just after the number.
  private(set) var end = 0
  private(set) var isNegative = false
  private(set) var hasPoint = false
  private(set) var hasExponent = false
  /// The digits before the point, without leading zeros; empty for 0.
  private(set) var digits = 0..<0
  /// The digits behind the point, without trailing zeros; empty for none.
  private(set) var fraction = 0..<0
  private var mantissa: UInt64 = 0
  private var exponent = 0
  private var isExact = true

  /// Reads a number at the beginning of `bytes`: `-12.5e3`; nil if none stands there.
  init?(prefixOf bytes: UnsafeRawBufferPointer) {
    var index = 0
    let count = bytes.count
    if index < count, bytes[index] == UInt8(ascii: "-") || bytes[index] == UInt8(ascii: "+") {
      isNegative = bytes[index] == UInt8(ascii: "-")
      index += 1
    }
    let start = index
    while index < count, bytes[index] == UInt8(ascii: "0") { index += 1 }
    let significant = index
    while index < count, bytes[index].isDigit {
      add(bytes[index] &- 48, isFraction: false)
      index += 1
    }
    guard index > start else { return nil }
    digits = significant..<index
    if index + 1 < count, bytes[index] == UInt8(ascii: "."), bytes[index + 1].isDigit {
      hasPoint = true
      index += 1
      let first = index
      var last = first
      while index < count, bytes[index].isDigit {
        add(bytes[index] &- 48, isFraction: true)
        index += 1
        if bytes[index - 1] != UInt8(ascii: "0") { last = index }
      }
      fraction = first..<last
    }
    if index + 1 < count, bytes[index] | 32 == UInt8(ascii: "e") {
      var after = index + 1
      let sign = bytes[after]
      if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { after += 1 }
      var value = 0
      let first = after
      while after < count, bytes[after].isDigit, after - first < 6 {
        value = value * 10 + Int(bytes[after] &- 48)
        after += 1
      }
      if after > first {
        hasExponent = true
        exponent += sign == UInt8(ascii: "-") ? -value : value
        index = after
      }
    }
    end = index
  }

  private mutating func add(_ digit: UInt8, isFraction: Bool) {
    guard mantissa < 1_000_000_000_000_000_000 else {
      isExact = false
      return
    }
    mantissa = mantissa * 10 + UInt64(digit)
    if isFraction { exponent -= 1 }
  }

  /// The value as a whole number, if it is written as one and fits.
  var int64: Int64? {
    guard isExact, !hasPoint, !hasExponent, mantissa <= UInt64(Int64.max) else { return nil }
    return isNegative ? -Int64(mantissa) : Int64(mantissa)
  }

  /// The value, correctly rounded; `bytes` are those that it was read from.
  func double(in bytes: UnsafeRawBufferPointer) -> Double {
    if isExact, mantissa < 1 << 53, abs(exponent) <= 22 {
      let value = Double(mantissa)
      let scaled = exponent < 0 ? value / Self.powers[-exponent] : value * Self.powers[exponent]
      return isNegative ? -scaled : scaled
    }
    return Double(String(decoding: bytes[..<end], as: UTF8.self)) ?? .nan
  }

  private static let powers: [Double] = (0...22).map { (0..<$0).reduce(1.0) { value, _ in value * 10 } }
}

extension UInt8 {
  /// Whether it is an ASCII digit.
  @inline(__always) var isDigit: Bool { self &- 48 < 10 }
}
