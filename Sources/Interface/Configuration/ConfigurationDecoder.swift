import Drawing
import JSON
import Metrics
import Quantities
import QueryLanguage
import Records

extension Configuration {
  /// Reads a configuration; what is wrong is left out and told with its place. A file that is no JSON gives one mistake.
  /// `formats` are the names that a rule for files may use.
  public static func decode(
    _ text: [UInt8], scope: Scope, formats: [String] = FormatLibrary.builtIn.names.map(\.name)
  ) -> (configuration: Configuration, mistakes: [Mistake]) {
    var decoder = ConfigurationDecoder(formats: formats)
    do {
      decoder.read(try JSONDocument.parse(text, allowingComments: true), scope: scope)
    } catch {
      return (Configuration(), [Mistake(line: error.line, column: error.column, message: error.message)])
    }
    return (decoder.result, decoder.mistakes.sorted { ($0.line, $0.column) < ($1.line, $1.column) })
  }
}

/// One reading of a configuration.
struct ConfigurationDecoder {
  var result = Configuration()
  var mistakes: [Configuration.Mistake] = []
  /// The names of all formats.
  let formats: [String]

  private static let keys = [
    "theme", "time", "mouse", "restore", "connection", "keys", "prometheus", "metrics", "panels", "filters", "files",
  ]
  private static let folderKeys = ["panels", "filters"]

  mutating func read(_ root: JSONNode, scope: Configuration.Scope) {
    for member in members(of: root, "the configuration") {
      if scope == .folder, Self.keys.contains(member.name), !Self.folderKeys.contains(member.name) {
        note(member, "\"\(member.name)\" is not taken from a log's own folder; only panels and filters are")
        continue
      }
      switch member.name {
      case "theme": result.theme = string(member)
      case "mouse": result.mouse = boolean(member)
      case "connection": readConnection(member)
      case "restore": result.restore = boolean(member)
      case "time": readTime(member)
      case "keys": readKeys(member)
      case "prometheus": readServers(member, kind: .prometheus)
      case "metrics": readServers(member, kind: nil)
      case "panels": readPanels(member)
      case "filters": readFilters(member)
      case "files": readFiles(member)
      default: unknown(member, among: Self.keys)
      }
    }
  }

  // MARK: Sections

  private mutating func readConnection(_ member: JSONMember) {
    guard let name = string(member) else { return }
    result.connection = Settings.Connection(rawValue: name)
    if result.connection == nil {
      note(member.node.line, member.node.column, "\"connection\" is \"auto\", \"fast\" or \"slow\"")
    }
  }

  private mutating func readTime(_ section: JSONMember) {
    for member in members(of: section.node, "\"time\"") {
      switch member.name {
      case "zone": result.zone = string(member)
      case "unzoned": result.unzoned = string(member)
      default: unknown(member, among: ["zone", "unzoned"])
      }
    }
  }

  private mutating func readKeys(_ section: JSONMember) {
    for member in members(of: section.node, "\"keys\"") {
      guard let keys = Key.sequence(named: member.name) else {
        note(member, "no key \"\(member.name)\"; as in ctrl-s, alt-x, f5, space, \"] w\"")
        continue
      }
      if member.node.isNull {
        result.keys.append(.init(keys: keys, action: nil))
      } else if let name = string(member) {
        guard let action = Action(rawValue: name) else {
          suggest(member.node, "no action \"\(name)\"", name, among: Action.allCases.map(\.rawValue))
          continue
        }
        result.keys.append(.init(keys: keys, action: action))
      }
    }
  }

  private mutating func readPanels(_ section: JSONMember) {
    for member in members(of: section.node, "\"panels\"") {
      var set = Configuration.PanelSet(name: member.name, panels: [])
      for node in elements(of: member.node, "a set of panels") {
        if let panel = panel(node) { set.panels.append(panel) }
      }
      result.panels.append(set)
    }
  }

  private mutating func panel(_ node: JSONNode) -> PanelSpecification? {
    if let text = node.string {
      do {
        return try PanelSpecification(parsing: text)
      } catch {
        note(node.line, node.column, error.message)
        return nil
      }
    }
    var values: [String: String] = [:]
    var numbers: [String: Double] = [:]
    var look = PanelLook()
    for member in members(of: node, "a panel") {
      switch member.name {
      case "title", "from", "unit", "expr": values[member.name] = string(member)
      case "min", "max", "warn", "error": numbers[member.name] = number(member)
      case "query":
        guard let query = query(member) else { return nil }
        values["query"] = query
      case "rows", "style", "scale", "series", "hidden": readLook(member, &look)
      default:
        unknown(
          member,
          among: [
            "title", "from", "unit", "expr", "min", "max", "warn", "error", "query", "rows", "style", "scale", "series",
            "hidden",
          ])
      }
    }
    if values["expr"] != nil, values["query"] != nil {
      note(node.line, node.column, "a panel has \"expr\" or \"query\", not both")
      return nil
    }
    guard let expression = values["expr"] ?? values["query"] else {
      if node.members != nil { note(node.line, node.column, "a panel needs \"expr\" or \"query\"") }
      return nil
    }
    var result = PanelSpecification(
      title: values["title"] ?? expression, source: values["from"], expression: expression, unit: values["unit"],
      maximum: numbers["max"], minimum: numbers["min"], warn: numbers["warn"], error: numbers["error"])
    if let least = result.minimum, let most = result.maximum, least >= most {
      note(node.line, node.column, "\"min\" is not below \"max\"")
      result.minimum = nil
    }
    result.look = look
    return result
  }

  private mutating func readLook(_ member: JSONMember, _ look: inout PanelLook) {
    switch member.name {
    case "series": look.showsSeries = boolean(member) ?? false
    case "hidden": look.isHidden = boolean(member) ?? false
    case "rows":
      guard let rows = number(member, above: 0) else { return }
      look.rows = Int(min(max(1, rows), Double(PanelLook.mostRows)))
    case "style":
      guard let name = string(member) else { return }
      look.style = PanelStyle(rawValue: name)
      if look.style == nil {
        note(member.node.line, member.node.column, "\"style\" is \"bars\", \"line\" or \"heat\"")
      }
    default:
      switch string(member) {
      case nil, "linear": break
      case "log": look.isLogarithmic = true
      default: note(member.node.line, member.node.column, "\"scale\" is \"linear\" or \"log\"")
      }
    }
  }

  /// A query of the logs; a filter alone counts its records.
  private mutating func query(_ member: JSONMember) -> String? {
    guard let text = string(member) else { return nil }
    do {
      let tree = try QueryParser.parse(text)
      return tree.stages.isEmpty ? text + " | count" : text
    } catch {
      note(member.node.line, member.node.column, error.sentence)
      return nil
    }
  }

  private mutating func readFilters(_ section: JSONMember) {
    for member in members(of: section.node, "\"filters\"") {
      guard let text = string(member) else { continue }
      do {
        _ = try QueryParser.parse(text)
        result.filters[member.name] = text
      } catch {
        note(member.node.line, member.node.column, error.message + (error.help.map { "; " + $0 } ?? ""))
      }
    }
  }

  private mutating func readFiles(_ section: JSONMember) {
    for node in elements(of: section.node, "\"files\"") {
      var rule = Configuration.FileRule(match: "")
      for member in members(of: node, "a rule for files") {
        switch member.name {
        case "match": rule.match = string(member) ?? ""
        case "zone": rule.zone = string(member)
        case "format":
          rule.format = string(member)
          if let format = rule.format, !formats.contains(format) {
            suggest(member.node, "no format \"\(format)\"", format, among: formats)
            rule.format = nil
          }
        case "offset":
          guard let text = string(member) else { break }
          let isSigned = text.hasPrefix("-") || text.hasPrefix("+")
          if let span = TimeArgument.span(isSigned ? text.dropFirst() : text[...]) {
            rule.offset = text.hasPrefix("-") ? -span : span
          } else {
            note(member.node.line, member.node.column, "\"\(text)\" is no length of time; as in \"+3s\" or \"-1h\"")
          }
        case "columns": rule.columns = elements(of: member.node, "\"columns\"").compactMap { string($0) }
        default: unknown(member, among: ["match", "format", "zone", "offset", "columns"])
        }
      }
      if rule.match.isEmpty {
        if node.members != nil { note(node.line, node.column, "a rule for files needs \"match\"") }
      } else {
        result.files.append(rule)
      }
    }
  }

  // MARK: Values

  mutating func members(of node: JSONNode, _ what: String) -> [JSONMember] {
    if let members = node.members { return members }
    note(node.line, node.column, "\(what) is an object, in braces; found \(node.value.kindDescription)")
    return []
  }

  mutating func elements(of node: JSONNode, _ what: String) -> [JSONNode] {
    if let elements = node.array { return elements }
    note(node.line, node.column, "\(what) is a list, in brackets; found \(node.value.kindDescription)")
    return []
  }

  mutating func string(_ member: JSONMember) -> String? {
    if let string = member.node.string { return string }
    note(
      member.node.line, member.node.column, "\"\(member.name)\" is a string; found \(member.node.value.kindDescription)"
    )
    return nil
  }

  mutating func string(_ node: JSONNode) -> String? {
    if let string = node.string { return string }
    note(node.line, node.column, "expected a string; found \(node.value.kindDescription)")
    return nil
  }

  mutating func boolean(_ member: JSONMember) -> Bool? {
    if let bool = member.node.bool { return bool }
    note(
      member.node.line, member.node.column,
      "\"\(member.name)\" is true or false; found \(member.node.value.kindDescription)")
    return nil
  }

  mutating func number(_ member: JSONMember, above least: Double = -.infinity) -> Double? {
    if let number = member.node.number, number.isFinite, number > least { return number }
    let what = least == 0 ? "a number above 0" : "a number"
    note(
      member.node.line, member.node.column, "\"\(member.name)\" is \(what); found \(member.node.value.kindDescription)")
    return nil
  }

  // MARK: Mistakes

  mutating func note(_ line: Int, _ column: Int, _ message: String) {
    mistakes.append(.init(line: line, column: column, message: message))
  }

  mutating func note(_ member: JSONMember, _ message: String) { note(member.line, member.column, message) }

  mutating func unknown(_ member: JSONMember, among names: [String]) {
    let node = JSONNode(.null, line: member.line, column: member.column)
    suggest(node, "unknown key \"\(member.name)\"", member.name, among: names)
  }

  mutating func suggest(_ node: JSONNode, _ message: String, _ name: String, among names: [String]) {
    if let near = Suggestion.nearest(to: name, among: names) {
      note(node.line, node.column, "\(message); did you mean \"\(near)\"?")
    } else {
      let list = names.count <= 16 ? "; known: " + names.joined(separator: ", ") : ""
      note(node.line, node.column, message + list)
    }
  }
}
