/// Patterns of file names with `*` (any characters) and `?` (one character).
enum NamePattern {
  /// Whether `pattern` matches all of `path` or, where the pattern has no slash, its last component.
  static func matches(_ pattern: String, _ path: String) -> Bool {
    let name =
      pattern.utf8.contains(UInt8(ascii: "/"))
      ? path[...] : path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]
    return matches(Array(pattern.utf8), Array(name.utf8))
  }

  /// Linear but for the last `*`, to which it returns: O(pattern * name) at worst.
  private static func matches(_ pattern: [UInt8], _ name: [UInt8]) -> Bool {
    var (p, n) = (0, 0)
    var star: (pattern: Int, name: Int)?
    while n < name.count {
      if p < pattern.count, pattern[p] == UInt8(ascii: "*") {
        star = (p, n)
        p += 1
      } else if p < pattern.count, pattern[p] == UInt8(ascii: "?") || pattern[p] == name[n] {
        p += 1
        n += 1
      } else if let last = star {
        star = (last.pattern, last.name + 1)
        p = last.pattern + 1
        n = last.name + 1
      } else {
        return false
      }
    }
    return pattern[p...].allSatisfy { $0 == UInt8(ascii: "*") }
  }
}

extension State {
  /// The columns that the configuration wants for a source; nil without a wish. The first match wins.
  func chosenColumns(for path: String) -> [String]? {
    settings.columns.first { NamePattern.matches($0.match, path) }?.columns
  }
}
