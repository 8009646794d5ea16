import Interface
import JSON

/// Filters and queries that were saved on the screen, kept beside the configuration, which itself is never written.
enum SavedFilters {
  private static var path: String { Files.configurationFolder + "/filters.d/saved.jsonc" }

  /// Adds one; the message says why not.
  static func save(_ query: String, as name: String, isSecure: Bool) -> Event? {
    if isSecure { return .message("kept for this session: --secure allows no writing", .warning) }
    var filters = load()
    filters[name] = query
    let lines = filters.sorted { $0.key < $1.key }.map {
      "    \(JSONText.quoted($0.key)): \(JSONText.quoted($0.value))"
    }
    let text = """
      {
        // Written by chiplog's :save. A filter of the same name in config.jsonc goes before the one here.
        "filters": {
      \(lines.joined(separator: ",\n"))
        }
      }

      """
    do {
      try Files.replace(path, with: Array(text.utf8))
      return nil
    } catch { return .message("kept for this session only: \(error)", .error) }
  }

  /// What was saved, by name.
  static func load() -> [String: String] {
    Files.contents(of: path).map { Configuration.decode($0, scope: .folder).configuration.filters } ?? [:]
  }
}
