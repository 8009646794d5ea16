import Interface
import JSON
import Metrics

/// Panels that were added on the screen, kept beside the configuration, which itself is never written.
enum SavedPanels {
  private static var path: String { Files.configurationFolder + "/panels.d/saved.jsonc" }

  /// Writes the panels; the message says where, or why not.
  static func save(_ panels: [PanelSpecification], isSecure: Bool) -> Event {
    if isSecure { return .message("--secure allows no writing", .error) }
    let lines = panels.map { panel in
      guard panel.asksLogs else { return "    " + JSONText.quoted(panel.text) }
      return "    { \"title\": \(JSONText.quoted(panel.title)), \"query\": \(JSONText.quoted(panel.expression)) }"
    }
    let text = """
      {
        // Written by chiplog: the panels of its last :save. Show them with --panels saved.
        "panels": {
          "saved": [
      \(lines.joined(separator: ",\n"))
          ]
        }
      }

      """
    do {
      try Files.replace(path, with: Array(text.utf8))
      let saved = panels.count == 1 ? "1 panel" : "\(panels.count) panels"
      return .message("saved \(saved) in \(path); --panels saved shows them", .plain)
    } catch { return .message("panels not saved: \(error)", .error) }
  }

  /// What was saved, as a configuration.
  static func load() -> Configuration? {
    Files.contents(of: path).map { Configuration.decode($0, scope: .folder).configuration }
  }
}
