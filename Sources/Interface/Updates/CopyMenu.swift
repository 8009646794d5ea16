import Quantities

/// What can be copied of the record at hand, of those selected, or of the result.
public enum CopyItem: Equatable, Sendable {
  /// A text that is at hand; `what` names it in the message.
  case text(String, what: String)
  /// The records, or the result, in a form.
  case form(OutputForm)
}

extension State {
  /// `Y`: the list of what can be copied.
  mutating func listCopies() -> [Effect] {
    let items = showsResult ? resultCopies : selection == nil ? recordCopies : selectionCopies
    guard !items.isEmpty else { return say("there are no records") }
    choice = Choice(.copies, title: "copy", items: items)
    if let field = selectedDetailItem, let index = items.firstIndex(where: { $0.label == field.name }) {
      choice?.selected = index
    }
    return []
  }

  private func item(_ label: String, _ text: String, what: String? = nil) -> Choice.Item {
    let line = text.split(separator: "\n", omittingEmptySubsequences: false).first.map { String($0.prefix(200)) } ?? ""
    return .init(label: label, detail: line, value: .copy(.text(text, what: what ?? "the " + label)))
  }

  private var commandLineItem: Choice.Item { item("command line of this view", commandLine, what: "the command line") }

  private var recordCopies: [Choice.Item] {
    guard let row = log.cursorRow else { return [] }
    var items: [Choice.Item] = []
    let fields = detailItems
    if let message = fields.first(where: { $0.name == "msg" && !$0.isFilterable }) {
      items.append(item("message", message.value))
    }
    items.append(.init(label: "record", detail: "as it is written", value: .copy(.form(.text))))
    items.append(.init(label: "JSON", detail: "time, level, source, msg, fields", value: .copy(.form(.jsonLines))))
    if let status = summary.status(of: row.source) {
      let line = row.line.map { ":\($0.rawValue)" } ?? ""
      items.append(item("file and line", status.name + line, what: "the place"))
    }
    items.append(commandLineItem)
    if let stamp = row.parsed.stamp { items.append(item("time", row.parsed.stampSpan.map(row.text) ?? stamp.iso8601)) }
    items += fields.filter { $0.isFilterable && !$0.value.isEmpty }.map { item($0.name, $0.value, what: $0.name) }
    return items
  }

  private var selectionCopies: [Choice.Item] {
    [
      .init(label: "records", detail: "as they are written", value: .copy(.form(.text))),
      .init(label: "JSON", detail: "one object a line", value: .copy(.form(.jsonLines))),
      .init(label: "CSV", detail: "time, level, source, line, msg, fields", value: .copy(.form(.csv))), commandLineItem,
    ]
  }

  private var resultCopies: [Choice.Item] {
    guard let table = result.table else { return [] }
    var items: [Choice.Item] = [
      .init(label: "table", detail: "in aligned columns", value: .copy(.form(.text))),
      .init(label: "JSON", detail: "one object a row", value: .copy(.form(.jsonLines))),
      .init(label: "CSV", detail: table.columns.map(\.name).joined(separator: ","), value: .copy(.form(.csv))),
      commandLineItem,
    ]
    if let row = result.cursorRow {
      items += zip(table.columns, zip(row.cells, result.measures)).map { column, cell in
        item(column.name, cell.1.text.text(cell.0), what: column.name)
      }
      if let filter = row.filter { items.append(item("filter of the row", filter)) }
    }
    return items
  }

  /// Copies what was chosen.
  mutating func copy(_ item: CopyItem) -> [Effect] {
    switch item {
    case .text(let text, let what): return copy(Array(text.utf8), what: what)
    case .form(let form):
      if let table = shownTable { return giveOut(.table(table, zone: screenZone), as: form, to: .clipboard) }
      guard let records = recordsAtHand else { return say("there are no records") }
      return giveOut(.records(records), as: form, to: .clipboard)
    }
  }
}
