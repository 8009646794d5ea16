import JSON
import Metrics
import Quantities

/// What a session leaves for the next one with the same sources.
public struct SavedSession: Equatable, Sendable {
  /// A record by what can be known of it without an index.
  public struct Spot: Equatable, Sendable {
    /// The file's name, as it was opened.
    public var source: String
    /// Where it began in that file.
    public var offset: Int
    /// The number of its first line; nil if it was not known.
    public var line: Int?
    /// Its time, or the one that it was ordered by.
    public var time: Timestamp
    /// The beginning of its first line.
    public var text: String
  }

  /// A bookmark.
  public struct Mark: Equatable, Sendable {
    /// Which record.
    public var spot: Spot
    /// Its note; empty for none.
    public var note: String
  }

  /// The sources as they were named, without relative paths.
  public var sources: [String]
  /// When it was saved.
  public var saved: Timestamp
  /// The record under the cursor; nil if the session was following.
  public var position: Spot?
  /// The bookmarks.
  public var marks: [Mark] = []
  /// The "now" lines.
  public var lines: [Timestamp] = []
  /// The filter with its pipeline; empty for none.
  public var query = ""
  /// The panels; nil where they are as the configuration or the command line has them.
  public var panels: [PanelSpecification]?
  /// The panels as they were launched: where the configuration has others by now, those are shown.
  public var launchedPanels: [PanelSpecification] = []

  /// Makes a session with nothing to come back to.
  public init(sources: [String], saved: Timestamp) {
    self.sources = sources
    self.saved = saved
  }
}

// MARK: - Text

extension SavedSession {
  /// As JSON.
  public var text: String {
    var members = [
      "\"saved\": \(number(saved))", "\"sources\": [\(sources.map(JSONText.quoted).joined(separator: ", "))]",
    ]
    if let position { members.append("\"position\": \(object(position))") }
    let marks = self.marks.map { "    { \"note\": \(JSONText.quoted($0.note)), \"record\": \(object($0.spot)) }" }
    if !marks.isEmpty { members.append("\"bookmarks\": [\n\(marks.joined(separator: ",\n"))\n  ]") }
    if !lines.isEmpty { members.append("\"now\": [\(lines.map(number).joined(separator: ", "))]") }
    if !query.isEmpty { members.append("\"query\": \(JSONText.quoted(query))") }
    if let panels {
      func list(_ panels: [PanelSpecification]) -> String {
        panels.map { "\n    " + $0.configurationText }.joined(separator: ",")
      }
      members.append("\"panels\": { \"session\": [\(list(panels))], \"launched\": [\(list(launchedPanels))] }")
    }
    return "{\n  // Written by chiplog when these logs were left; chiplog --no-restore takes no notice of it.\n  "
      + members.joined(separator: ",\n  ") + "\n}\n"
  }

  private func number(_ time: Timestamp) -> String { "\"\(time.nanoseconds)\"" }

  private func object(_ spot: Spot) -> String {
    let line = spot.line.map { ", \"line\": \($0)" } ?? ""
    return
      "{ \"source\": \(JSONText.quoted(spot.source)), \"offset\": \(spot.offset)\(line), \"time\": \(number(spot.time)), "
      + "\"text\": \(JSONText.quoted(spot.text)) }"
  }

  /// Reads what `text` wrote; nil if it is something else.
  public init?(reading bytes: [UInt8]) {
    guard let root = try? JSONDocument.parse(bytes, allowingComments: true), let names = root["sources"]?.array,
      let saved = Self.time(root["saved"])
    else { return nil }
    self.init(sources: names.compactMap(\.string), saved: saved)
    position = root["position"].flatMap(Self.spot)
    marks = (root["bookmarks"]?.array ?? []).compactMap { mark in
      mark["record"].flatMap(Self.spot).map { Mark(spot: $0, note: mark["note"]?.string ?? "") }
    }
    lines = (root["now"]?.array ?? []).compactMap { Self.time($0) }
    query = root["query"]?.string ?? ""
    if root["panels"] != nil {
      let sets = Configuration.decode(bytes, scope: .folder).configuration
      panels = sets.panels(named: "session")
      launchedPanels = sets.panels(named: "launched") ?? []
    }
  }

  private static func time(_ node: JSONNode?) -> Timestamp? {
    node?.string.flatMap { Int64($0) }.map(Timestamp.init(nanoseconds:))
  }

  private static func spot(_ node: JSONNode) -> Spot? {
    guard let source = node["source"]?.string, let offset = node["offset"]?.number, let time = time(node["time"]) else {
      return nil
    }
    return Spot(
      source: source, offset: Int(exactly: offset) ?? 0, line: node["line"]?.number.flatMap { Int(exactly: $0) },
      time: time, text: node["text"]?.string ?? "")
  }
}
