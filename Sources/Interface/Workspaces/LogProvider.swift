import LogFiles
import Quantities

/// Where the records come from: `LogFileSet`, or snapshots in memory in tests. Every method may be called from any thread.
public protocol LogProvider: AnyObject, Sendable {
  /// Everything that is known at this moment; cheap.
  func snapshot() -> LogSnapshot
  /// Opens a file, a directory, `journal:unit`; returns at once.
  func open(name: String)
  /// Forces a format on a source, or leaves it to detection.
  func setFormat(_ name: String?, for file: FileID)
  /// Sets the zone of stamps that name none.
  func setAssumedZone(_ zone: Zone, for file: FileID)
  /// Adds a span to every stamp of a source, whose clock was wrong.
  func setClockOffset(_ offset: TimeSpan, for file: FileID)
}

extension LogFileSet: LogProvider {
  /// Opens what a person named.
  public func open(name: String) {
    if name.hasPrefix("journal:") {
      let unit = String(name.dropFirst("journal:".count))
      open(.journal(unit: unit.isEmpty ? nil : unit))
    } else {
      open(.path(name))
    }
  }
}
