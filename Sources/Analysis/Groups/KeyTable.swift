import Glibc

/// The different keys of a result, each with a number, from 0 on in the order in which they were met.
///
/// Open addressing with linear probing; keys lie one after the other in one buffer.
struct KeyTable: Sendable {
  /// How many keys there are.
  private(set) var count = 0
  private var bytes: [UInt8] = []
  /// Where each key ends.
  private var ends: [Int] = []
  private var hashes: [UInt64] = []
  /// Number of a key + 1; 0 is free.
  private var places: [UInt32] = [UInt32](repeating: 0, count: 64)

  /// About how many bytes it holds.
  var byteCount: Int { bytes.capacity + ends.capacity * 8 + hashes.capacity * 8 + places.capacity * 4 }

  /// The bytes of a key.
  func key(_ number: Int) -> ArraySlice<UInt8> { bytes[(number == 0 ? 0 : ends[number - 1])..<ends[number]] }

  /// Lends the bytes of a key.
  func withKey<Result>(_ number: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
    bytes.withUnsafeBytes {
      body(UnsafeRawBufferPointer(rebasing: $0[(number == 0 ? 0 : ends[number - 1])..<ends[number]]))
    }
  }

  func hash(_ number: Int) -> UInt64 { hashes[number] }

  /// The number of `key`; it is added if it is new.
  mutating func number(of key: UnsafeRawBufferPointer, hash: UInt64) -> (number: Int, isNew: Bool) {
    let mask = places.count &- 1
    var place = Int(truncatingIfNeeded: hash) & mask
    while places[place] != 0 {
      let number = Int(places[place]) &- 1
      if hashes[number] == hash, isEqual(number, key) { return (number, false) }
      place = (place &+ 1) & mask
    }
    places[place] = UInt32(truncatingIfNeeded: count &+ 1)
    bytes.append(contentsOf: key)
    ends.append(bytes.count)
    hashes.append(hash)
    count &+= 1
    if count &* 2 > places.count { grow() }
    return (count &- 1, true)
  }

  private func isEqual(_ number: Int, _ key: UnsafeRawBufferPointer) -> Bool {
    let start = number == 0 ? 0 : ends[number &- 1]
    guard ends[number] &- start == key.count else { return false }
    guard let wanted = key.baseAddress else { return true }
    // SAFETY: both are `key.count` bytes long: `start` and the end are those of a key in `bytes`.
    return bytes.withUnsafeBytes { own in
      own.baseAddress.map { memcmp($0 + start, wanted, key.count) == 0 } ?? (key.count == 0)
    }
  }

  private mutating func grow() {
    places = [UInt32](repeating: 0, count: places.count * 2)
    let mask = places.count &- 1
    for number in 0..<count {
      var place = Int(truncatingIfNeeded: hashes[number]) & mask
      while places[place] != 0 { place = (place &+ 1) & mask }
      places[place] = UInt32(truncatingIfNeeded: number &+ 1)
    }
  }
}
