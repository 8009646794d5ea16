import JSON
public import Metrics

extension PanelLook {
  /// What differs from the usual look: names and values as JSON.
  fileprivate var configurationMembers: [(String, String)] {
    (rows == 1 ? [] : [("rows", "\(rows)")]) + (style.map { [("style", "\"\($0.rawValue)\"")] } ?? [])
      + (isLogarithmic ? [("scale", "\"log\"")] : [])
      + (showsSeries ? [("series", "true")] : []) + (isHidden ? [("hidden", "true")] : [])
  }
}

extension PanelSpecification {
  /// The panel as `"panels"` of a configuration has it: a text where title and expression are all, else an object.
  ///
  /// What `ConfigurationDecoder` reads of it is the same panel again.
  public var configurationText: String {
    let rest = configurationMembers
    let isText = rest.isEmpty && !asksLogs && (try? PanelSpecification(parsing: text)) == self
    if isText { return JSONText.quoted(text) }
    let title = self.title == expression ? [] : [("title", JSONText.quoted(self.title))]
    let members = title + [(asksLogs ? "query" : "expr", JSONText.quoted(expression))] + rest
    return "{ " + members.map { "\"\($0.0)\": \($0.1)" }.joined(separator: ", ") + " }"
  }

  /// What is said of the panel beside title and expression: names and values as JSON.
  private var configurationMembers: [(String, String)] {
    let texts = [("from", source), ("unit", unit)].compactMap { name, text in
      text.map { (name, JSONText.quoted($0)) }
    }
    let numbers = [("min", minimum), ("max", maximum), ("warn", warn), ("error", error)].compactMap { name, number in
      number.flatMap { $0.isFinite ? (name, Self.text(of: $0)) : nil }
    }
    return texts + numbers + look.configurationMembers
  }

  private static func text(of number: Double) -> String {
    number == number.rounded() && abs(number) < 1e15 ? String(Int64(number)) : number.description
  }
}
