import Interface
import LogFiles
import Platform
import Quantities

/// The sources of a session, as the interface asks for them.
final class OpenedLogs: LogProvider {
  private let files: LogFileSet
  private let isSecure: Bool

  init(_ files: LogFileSet, isSecure: Bool) {
    self.files = files
    self.isSecure = isSecure
  }

  func snapshot() -> LogSnapshot { files.snapshot() }

  func open(name: String) {
    if name.hasPrefix("journal:"), !isSecure {
      let unit = String(name.dropFirst("journal:".count))
      files.open(.journal(unit: unit.isEmpty ? nil : unit))
    } else {
      files.open(.path(name))
    }
  }

  func setFormat(_ name: String?, for file: FileID) { files.setFormat(name, for: file) }

  func setAssumedZone(_ zone: Zone, for file: FileID) { files.setAssumedZone(zone, for: file) }

  func setClockOffset(_ offset: TimeSpan, for file: FileID) { files.setClockOffset(offset, for: file) }
}
