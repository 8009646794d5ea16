import Platform

/// Puts the files of rotated logs in the order in which they were written: the oldest first, the one without a number
/// last. Ties of time, and files without stamps, are shown in the order of opening.
///
///     app.log.2.gz  app.log.1  app.log           (numbers fall)
///     app.log-20260101.gz  app.log-20260102  app.log   (dates rise)
public enum RotatedSets {
  /// The same names; members of a set stand together where the first of them stood. O(n log n).
  public static func inOrder(_ names: [String]) -> [String] {
    let members = names.map(Member.init)
    var places: [String: Int] = [:]
    for (place, member) in members.enumerated() where places[member.base] == nil { places[member.base] = place }
    let order = members.indices.sorted { left, right in
      let (first, second) = (places[members[left].base] ?? left, places[members[right].base] ?? right)
      if first != second { return first < second }
      return members[left].age == members[right].age ? left < right : members[left].age > members[right].age
    }
    return order.map { names[$0] }
  }

  /// How old a file is within its set.
  private enum Age: Comparable {
    case current
    /// Rotated so many times.
    case number(Int)
    /// Rotated at this date, digits only; later is younger.
    case date(String)

    static func < (left: Age, right: Age) -> Bool {
      switch (left, right) {
      case (.number(let left), .number(let right)): left < right
      case (.date(let left), .date(let right)): left > right
      case (.current, .current): false
      case (.current, _), (.number, .date): true
      case (_, .current), (.date, .number): false
      }
    }
  }

  private struct Member {
    var base: String
    var age = Age.current

    init(_ name: String) {
      var text = Substring(name)
      for ending in [".gz", ".bz2", ".xz", ".zst"] where text.hasSuffix(ending) { text = text.dropLast(ending.count) }
      base = String(text)
      // What logrotate adds (and no version as in `v1.2`): `.1`, `-20260102`, `-20260102-1767312000`, `.2026-01-02`.
      let digits = text.reversed().prefix { $0.isNumber || $0 == "-" || $0 == "_" }
      let suffix = String(String(digits).reversed())
      let stem = text.dropLast(suffix.count)
      if suffix.hasPrefix("-"), let date = Self.date(suffix) {
        (base, age) = (String(stem), .date(date))
      } else if stem.hasSuffix("."), let date = Self.date(suffix) {
        (base, age) = (String(stem.dropLast()), .date(date))
      } else if stem.hasSuffix("."), stem.dropLast().last.map({ !$0.isNumber }) ?? false, suffix.count <= 4,
        let number = Int(suffix), number >= 0
      {
        (base, age) = (String(stem.dropLast()), .number(number))
      }
    }

    /// The digits of a date of this century, and of what may follow it.
    private static func date(_ text: String) -> String? {
      let digits = text.filter(\.isNumber)
      return digits.count >= 8 && digits.hasPrefix("20") ? digits : nil
    }
  }
}
