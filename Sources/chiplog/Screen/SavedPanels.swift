import Interface
import JSON
import Metrics
import Platform

/// Panels that were added or saved on the screen, kept beside the configuration, which itself is never written.
///
/// Each set has a file of its own, `panels.d/NAME.jsonc`; `saved` holds the panels as they were changed last.
enum SavedPanels {
  /// The set that every change of the panels goes to.
  static let changes = "saved"

  private static var folder: String { Files.configurationFolder + "/panels.d" }
  private static func path(of name: String) -> String { "\(folder)/\(name).jsonc" }

  /// Writes a set; the message says where, or why not.
  static func save(_ panels: [PanelSpecification], as name: String = changes, isSecure: Bool) -> Event {
    if isSecure { return .message("--secure allows no writing", .error) }
    let lines = panels.map { "      " + $0.configurationText }
    let why = name == changes ? "the panels as they were changed last" : "the panels of :save-panels \(name)"
    let text = """
      {
        // Written by chiplog: \(why). Show them with --panels \(name).
        "panels": {
          \(JSONText.quoted(name)): [
      \(lines.joined(separator: ",\n"))
          ]
        }
      }

      """
    do {
      try Files.replace(path(of: name), with: Array(text.utf8))
      let saved = panels.count == 1 ? "1 panel" : "\(panels.count) panels"
      return .message("saved \(saved) in \(path(of: name)); --panels \(name) shows them", .plain)
    } catch { return .message("panels not saved: \(error)", .error) }
  }

  /// All sets that were saved, in the order of their names.
  static func load() -> [Configuration.PanelSet] {
    let names = (try? Folder.names(in: folder)) ?? []
    return names.filter { $0.hasSuffix(".jsonc") }.flatMap { name in
      Files.contents(of: "\(folder)/\(name)").map { Configuration.decode($0, scope: .folder).configuration.panels }
        ?? []
    }
  }
}
