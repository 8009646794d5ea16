/// Finds the name that someone probably meant.
enum Suggestion {
  /// The name nearest to `text` by edit distance, if it is near enough: at most a third of its letters wrong, at least one.
  static func nearest(to text: String, in names: [String]) -> String? {
    let limit = max(1, text.utf8.count / 3)
    let scored = names.map { (name: $0, distance: distance(Array(text.utf8), Array($0.utf8))) }
    return scored.filter { $0.distance <= limit }.min { $0.distance < $1.distance }?.name
  }

  /// Letters to insert, delete, replace, or exchange with their neighbour.
  private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
    var before: [Int] = []
    var row = Array(0...right.count)
    for index in left.indices {
      var next = [index + 1]
      for column in right.indices {
        var best = min(row[column] + (left[index] == right[column] ? 0 : 1), row[column + 1] + 1, next[column] + 1)
        if index > 0, column > 0, left[index] == right[column - 1], left[index - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        next.append(best)
      }
      before = row
      row = next
    }
    return row[right.count]
  }
}
