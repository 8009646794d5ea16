import Quantities
import QueryLanguage
import Records
import Timelines

/// One line of the detail pane: a field with its value, something that `+` and `-` can take.
public struct DetailItem: Equatable, Sendable {
  /// The name on the screen: the field's path.
  public var name: String
  /// The name in a query: a field of the record's own that is called like a built-in one has a dot before it.
  public var queryName: String
  /// The value as text, decoded.
  public var value: String
  /// What it is, for its colour.
  public var role: RowLine.Role
  /// Whether `name:value` makes a filter (the message and the raw text do not).
  public var isFilterable: Bool
}

extension State {
  /// What the detail pane lists of the record under the cursor, in order.
  public var detailItems: [DetailItem] {
    guard let row = log.cursorRow else { return [] }
    let status = summary.status(of: row.source)
    var items: [DetailItem] = []
    func add(
      _ name: String, as queryName: String? = nil, _ value: String, _ role: RowLine.Role, isFilterable: Bool = true
    ) {
      items.append(
        DetailItem(name: name, queryName: queryName ?? name, value: value, role: role, isFilterable: isFilterable))
    }
    if let stamp = row.parsed.stamp { add("time", timeSentence(of: row, stamp: stamp), .time, isFilterable: false) }
    if let level = row.parsed.level { add("level", level.name, .level(level)) }
    add("source", status?.shortName ?? "", .source(row.source))
    let line = row.line.map { "line \($0.rawValue)" } ?? "line not known yet"
    add("where", "\(status?.name ?? ""), \(line), \(row.format)", .plain, isFilterable: false)
    let message = RowColouring.decode(row, row.parsed.messageSpan, row.parsed.messageEncoding)
    if !message.isEmpty { add("msg", String(decoding: message, as: UTF8.self), .message, isFilterable: false) }
    for field in row.parsed.fields where field.kind != .object && field.kind != .array {
      let value = String(decoding: RowColouring.decode(row, field.valueSpan, field.encoding), as: UTF8.self)
      let queryName = QueryRefinement.fieldName(ofPath: field.path)
      add(field.path, as: queryName, value, .value(field.kind), isFilterable: field.kind != .null)
    }
    return items
  }

  /// Both readings of a time, and how long ago it was.
  private func timeSentence(of row: LogRow, stamp: Timestamp) -> String {
    var parts: [String] = []
    if let span = row.parsed.stampSpan { parts.append(row.text(span)) }
    for zone in [settings.displayZone, .utc] where parts.count < 2 || zone.name != settings.displayZone.name {
      let civil = zone.civilTime(at: stamp)
      parts.append(TimeText.date(civil) + " " + TimeText.clock(civil) + " " + zone.abbreviation(at: stamp))
    }
    let ago = TimeText.relative(stamp - now)
    parts.append(ago.hasPrefix("-") ? ago.dropFirst() + " ago" : "in " + ago.dropFirst())
    if let mark = bookmarks.reference { parts.append(TimeText.delta(stamp - mark.time) + " since the mark") }
    return parts.joined(separator: "  ")
  }
}
