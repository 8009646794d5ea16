/// Finds the name that someone probably meant.
enum Suggestion {
  /// The name nearest to `text` by edit distance, if it is near enough: at most a third of its letters wrong, at least one.
  static func nearest(to text: String, in names: [String]) -> String? {
    let limit = max(1, text.utf8.count / 3)
    let scored = names.map { (name: $0, distance: distance(Array(text.utf8), Array($0.utf8))) }
    return scored.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
  }

  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var row = Array(0...right.count)
    for (index, byte) in left.enumerated() {
      var previous = row[0]
      row[0] = index + 1
      for column in 0..<right.count {
        let substituted = previous + (byte == right[column] ? 0 : 1)
        previous = row[column + 1]
        row[column + 1] = min(substituted, previous + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
