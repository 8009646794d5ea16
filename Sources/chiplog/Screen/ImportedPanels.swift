import Interface
import Metrics

/// Panels of dashboards that were saved in Grafana.
enum ImportedPanels {
  /// Reads a dashboard; the error says what is wrong with which file.
  static func dashboard(_ path: String) throws(UsageError) -> GrafanaDashboard {
    guard let bytes = Files.contents(of: path, limit: 32 << 20) else { throw UsageError("\(path) cannot be read") }
    do throws(GrafanaDashboard.Mistake) { return try GrafanaDashboard(bytes) } catch {
      throw UsageError("\(path): \(error.message)")
    }
  }

  /// The event that a dashboard becomes.
  static func event(readingFrom path: String) -> Event {
    do throws(UsageError) {
      let dashboard = try dashboard(path)
      return .panelsImported(title: dashboard.title, panels: dashboard.panels, notes: dashboard.notes)
    } catch {
      return .message(error.message, .error)
    }
  }
}
