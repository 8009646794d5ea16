/// Simple case folding: letters that differ only in case, one scalar to one scalar.
///
/// ASCII letters fold only among themselves, so that `(?i)error` can be looked for byte by byte; other letters fold by
/// the Unicode data of the standard library, read once and only when a pattern needs it.
enum CaseFolding {
  /// The scalars of `set` and their other cases.
  static func closure(of set: ScalarSet) -> ScalarSet {
    var added: [ClosedRange<UInt32>] = []
    for range in set.ranges {
      addASCII(range, lower: 0x61, offset: ~0x20 &+ 1, to: &added)
      addASCII(range, lower: 0x41, offset: 0x20, to: &added)
      guard range.upperBound >= 0x80 else { continue }
      for (scalar, others) in orbits where range.contains(scalar) { added += others.map { $0...$0 } }
    }
    return set.union(ScalarSet(added))
  }

  private static func addASCII(
    _ range: ClosedRange<UInt32>, lower: UInt32, offset: UInt32, to added: inout [ClosedRange<UInt32>]
  ) {
    let letters = range.clamped(to: lower...lower + 25)
    guard range.overlaps(lower...lower + 25) else { return }
    added.append(letters.lowerBound &+ offset...letters.upperBound &+ offset)
  }

  /// For every non-ASCII scalar that has other cases: these.
  private static let orbits: [(UInt32, [UInt32])] = {
    var groups: [UInt32: [UInt32]] = [:]
    for range in casedBlocks {
      for value in range {
        guard let scalar = Unicode.Scalar(value), let key = foldingKey(scalar) else { continue }
        groups[key, default: []].append(value)
      }
    }
    var result: [(UInt32, [UInt32])] = []
    for members in groups.values where members.count > 1 {
      for member in members { result.append((member, members.filter { $0 != member })) }
    }
    return result.sorted { $0.0 < $1.0 }
  }()

  /// What all cases of a letter have in common: the lower case of its upper case; nil where that is ASCII or longer
  /// than one scalar.
  private static func foldingKey(_ scalar: Unicode.Scalar) -> UInt32? {
    let upper = onlyScalar(scalar.properties.uppercaseMapping) ?? scalar
    let lower = onlyScalar(upper.properties.lowercaseMapping) ?? upper
    return lower.value < 0x80 || upper.value < 0x80 ? nil : lower.value
  }

  private static func onlyScalar(_ text: String) -> Unicode.Scalar? {
    let scalars = text.unicodeScalars
    guard let first = scalars.first, scalars.index(after: scalars.startIndex) == scalars.endIndex else { return nil }
    return first
  }

  /// The blocks that hold letters with case; scanning these takes about a millisecond, scanning all of Unicode a
  /// hundred.
  private static let casedBlocks: [ClosedRange<UInt32>] = [
    0x80...0x58F, 0x10A0...0x10FF, 0x13A0...0x13FF, 0x1C80...0x1CBF, 0x1D79...0x1D8E, 0x1E00...0x1FFF,
    0x2100...0x218F, 0x24B6...0x24E9, 0x2C00...0x2D2F, 0xA640...0xA7FF, 0xAB30...0xABBF, 0xFF21...0xFF5A,
    0x10400...0x105BF, 0x10C80...0x10CFF, 0x118A0...0x118DF, 0x16E40...0x16E7F, 0x1E900...0x1E943,
  ]
}
