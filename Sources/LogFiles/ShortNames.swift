/// The shortest names that tell sources apart.
enum ShortNames {
  /// For each absolute path (or other name) its last component, or as many as it takes, without the ending `.log`.
  ///
  ///     ["/srv/api-1/app.log", "/srv/api-2/app.log", "/var/log/access.log"]  ->  ["api-1/app", "api-2/app", "access"]
  static func of(_ names: [String]) -> [String] {
    var labels = names.map { Label(name: $0, parts: $0.split(separator: "/")) }
    while true {
      var places: [String: [Int]] = [:]
      for (place, label) in labels.enumerated() { places[label.text, default: []].append(place) }
      var isDone = true
      for group in places.values where group.count > 1 {
        // `x` and `x.log` differ already if the ending stays.
        let areTold = Set(group.map { labels[$0].parts.last }).count > 1
        for place in group where labels[place].lengthen(keepingEnding: areTold) { isDone = false }
      }
      if isDone { return labels.map(\.text) }
    }
  }

  private struct Label {
    let name: String
    let parts: [Substring]
    var depth = 1
    var keepsEnding = false

    init(name: String, parts: [Substring]) {
      self.name = name
      self.parts = parts
    }

    var text: String {
      if parts.isEmpty { return name }
      let text = parts.suffix(depth).joined(separator: "/")
      return text.hasSuffix(".log") && !keepsEnding && parts.last != ".log" ? String(text.dropLast(4)) : text
    }

    /// Shows more of the name; false if there is no more.
    mutating func lengthen(keepingEnding: Bool) -> Bool {
      if keepingEnding {
        defer { keepsEnding = true }
        return !keepsEnding && (parts.last?.hasSuffix(".log") ?? false)
      }
      guard depth < parts.count else { return false }
      depth += 1
      return true
    }
  }
}
