import JSON

/// Panels made of a dashboard that was saved in Grafana: what asks Prometheus, with title, unit, maximum and thresholds.
///
/// A panel of Grafana becomes one of ours for each expression. Rows, collapsed or not, and those of old dashboards are
/// read; variables have the values that the dashboard was saved with.
public struct GrafanaDashboard: Sendable {
  /// Why a file is no dashboard.
  public struct Mistake: Error, Hashable, Sendable {
    /// What is wrong, in words.
    public var message: String
  }

  /// The dashboard's title.
  public private(set) var title = ""
  /// The panels, in the order of the dashboard.
  public private(set) var panels: [PanelSpecification] = []
  /// What was left out or guessed, one sentence each.
  public var notes: [String] {
    var notes: [String] = []
    if !leftOut.isEmpty {
      let parts = leftOut.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }
      notes.append("left out: \(parts.joined(separator: ", "))")
    }
    if !variables.guessed.isEmpty {
      notes.append(".* stands for \(variables.guessed.sorted().map { "$" + $0 }.joined(separator: ", "))")
    }
    if usesRange { notes.append("1h stands for $__range") }
    return notes
  }

  /// The most panels that are taken: more than anyone reads, and each is asked for again and again.
  static let limit = 100

  private var leftOut: [String: Int] = [:]
  private var variables: GrafanaVariables
  private var foreignSources: Set<String> = []
  private var usesRange = false

  /// Reads a dashboard as Grafana exports it, or as its API gives it.
  public init(_ bytes: [UInt8]) throws(Mistake) {
    let document: JSONNode
    do throws(JSONError) { document = try JSONDocument.parse(bytes, allowingComments: false) } catch {
      throw Mistake(message: error.description)
    }
    let inner = document["dashboard"] ?? document
    let root = GrafanaSchema2.translated(inner) ?? inner
    guard root["panels"]?.array != nil || root["rows"]?.array != nil else {
      throw Mistake(message: "no dashboard of Grafana: it has no \"panels\"")
    }
    title = root["title"]?.string ?? ""
    variables = GrafanaVariables(root["templating"]?["list"]?.array ?? [])
    for input in root["__inputs"]?.array ?? [] {
      if let name = input["name"]?.string, let plugin = input["pluginId"]?.string, plugin != "prometheus" {
        foreignSources.insert(name)
      }
    }
    for row in root["rows"]?.array ?? [] { row["panels"]?.array?.forEach { take($0) } }
    root["panels"]?.array?.forEach { take($0) }
  }

  private mutating func take(_ panel: JSONNode) {
    if let inner = panel["panels"]?.array { inner.forEach { take($0) } }
    let type = panel["type"]?.string ?? "panel"
    if type == "row" { return }
    if panel["libraryPanel"] != nil, panel["targets"] == nil { return leave("library panel") }
    guard let targets = panel["targets"]?.array, !targets.isEmpty else { return leave(type) }
    var taken: [(expression: String, name: String)] = []
    for target in targets {
      if target["hide"]?.bool == true {
        leave("hidden")
      } else if let kind = foreignKind(target["datasource"] ?? panel["datasource"]) {
        leave("of \(kind)")
      } else if let text = target["expr"]?.string, text.contains(where: { !$0.isWhitespace }) {
        if text.contains("__range") { usesRange = true }
        taken.append((variables.expression(Self.onOneLine(text)), name(of: target)))
      } else {
        leave("without PromQL")
      }
    }
    let style = GrafanaStyle(panel)
    for (expression, name) in taken {
      add(expression, title: title(of: panel, name, isOne: taken.count == 1), style)
    }
  }

  private mutating func add(_ expression: String, title: String, _ style: GrafanaStyle) {
    let isKnown = panels.contains { $0.expression == expression }
    if isKnown { return leave("asked twice") }
    guard panels.count < Self.limit else { return leave("beyond the first \(Self.limit)") }
    panels.append(
      PanelSpecification(
        title: title, expression: expression, unit: style.unit, maximum: style.maximum, minimum: style.minimum,
        warn: style.warn, error: style.error))
  }

  private mutating func leave(_ what: String) { leftOut[what, default: 0] += 1 }

  /// The kind of a data source that speaks no PromQL; nil if it does, or nobody says.
  private func foreignKind(_ source: JSONNode?) -> String? {
    guard let source else { return nil }
    if let type = source["type"]?.string {
      let isOurs = type.contains("prometheus") || type == "datasource" || type.isEmpty
      return isOurs ? nil : type
    }
    guard let name = source.string else { return nil }
    let bare = name.filter { !"${}".contains($0) }
    if foreignSources.contains(bare) { return bare.lowercased() }
    return ["loki", "elasticsearch", "influx", "graphite", "mysql", "postgres", "cloudwatch", "tempo", "grafana"].first
    {
      name.lowercased().contains($0)
    }
  }

  private mutating func title(of panel: JSONNode, _ name: String, isOne: Bool) -> String {
    let own = variables.replaced(panel["title"]?.string ?? "").text.filter { !$0.isNewline }
    if own.isEmpty { return name }
    return isOne || name.isEmpty ? own : "\(own) \(name)"
  }

  /// What tells a target from its neighbours: its legend without labels, else its letter.
  private mutating func name(of target: JSONNode) -> String {
    let legend = variables.replaced(target["legendFormat"]?.string ?? "").text
    var result = ""
    var rest = legend[...]
    while let open = rest.firstIndex(of: "{"), rest[open...].hasPrefix("{{") {
      result += rest[..<open]
      guard let close = rest[open...].firstIndex(of: "}") else { break }
      rest = rest[close...].drop { $0 == "}" }
    }
    result += rest
    let words = result.split { !$0.isLetter && !$0.isNumber && !"%./_".contains($0) }.joined(separator: " ")
    return words.isEmpty || legend == "__auto" ? target["refId"]?.string ?? "" : words
  }

  private static func onOneLine(_ text: String) -> String {
    // A comment would swallow the lines behind it.
    let lines = text.split(whereSeparator: \.isNewline).map { $0.drop(while: \.isWhitespace) }
    return lines.filter { !$0.hasPrefix("#") }.joined(separator: " ")
  }
}
