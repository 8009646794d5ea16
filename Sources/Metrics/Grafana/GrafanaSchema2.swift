import JSON

/// A dashboard of Grafana's second schema (12 and later), told in the words of the first.
///
///     elements: { "panel-1": { kind: "Panel", spec: { title, data: { spec: { queries } }, vizConfig } } }
///     layout:   a tree of rows, tabs and grids, whose leaves name elements
///     variables: [{ kind: "QueryVariable", spec: { name, current } }]
enum GrafanaSchema2 {
  /// The dashboard with `panels` and `templating`; nil if it is not of the second schema.
  static func translated(_ document: JSONNode) -> JSONNode? {
    let root = document["spec"]?["elements"] != nil ? document["spec"] ?? document : document
    guard let elements = root["elements"]?.members else { return nil }
    var order: [String] = []
    collect(root["layout"], into: &order, depth: 0)
    // What the layout forgot comes last.
    let names = order + elements.map(\.name).filter { !order.contains($0) }
    let panels = names.compactMap { name in elements.last { $0.name == name }.map { panel($0.node) } }
    let variables = (root["variables"]?.array ?? []).map(variable)
    return object([
      ("title", root["title"]), ("panels", JSONNode(.array(panels))),
      ("templating", object([("list", JSONNode(.array(variables)))])),
    ])
  }

  /// The names of the elements in the order in which the layout shows them.
  private static func collect(_ node: JSONNode?, into order: inout [String], depth: Int) {
    guard let node, depth < 50 else { return }
    if let name = node["element"]?["name"]?.string, !order.contains(name) { order.append(name) }
    for part in ["spec", "layout"] { collect(node[part], into: &order, depth: depth + 1) }
    for part in ["rows", "tabs", "items"] {
      for child in node[part]?.array ?? [] { collect(child, into: &order, depth: depth + 1) }
    }
  }

  private static func panel(_ node: JSONNode) -> JSONNode {
    let (spec, view) = (node["spec"], node["spec"]?["vizConfig"])
    if node["kind"]?.string != "Panel" { return object([("type", text("library panel"))]) }
    let kind = view?["group"] ?? view?["kind"]
    let queries = spec?["data"]?["spec"]?["queries"]?.array ?? []
    return object([
      ("title", spec?["title"]), ("type", kind), ("fieldConfig", view?["spec"]?["fieldConfig"]),
      ("targets", JSONNode(.array(queries.map(target)))),
    ])
  }

  private static func target(_ node: JSONNode) -> JSONNode {
    let query = node["spec"]?["query"]
    let kind = query?["kind"]?.string == "DataQuery" ? query?["group"] : query?["kind"]
    return object([
      ("expr", query?["spec"]?["expr"]), ("legendFormat", query?["spec"]?["legendFormat"]),
      ("refId", node["spec"]?["refId"]), ("hide", node["spec"]?["hidden"]), ("datasource", object([("type", kind)])),
    ])
  }

  /// `QueryVariable` is a variable of the type `query`.
  private static func variable(_ node: JSONNode) -> JSONNode {
    let kind = (node["kind"]?.string ?? "").lowercased()
    let type = kind.hasSuffix("variable") ? String(kind.dropLast("variable".count)) : kind
    let spec = node["spec"]
    return object([
      ("name", spec?["name"]), ("type", text(type == "text" ? "textbox" : type)), ("current", spec?["current"]),
      ("allValue", spec?["allValue"]), ("query", spec?["query"]),
    ])
  }

  private static func text(_ text: String) -> JSONNode { JSONNode(.string(text)) }

  private static func object(_ members: [(String, JSONNode?)]) -> JSONNode {
    JSONNode(.object(members.compactMap { name, node in node.map { JSONMember(name: name, node: $0) } }))
  }
}
