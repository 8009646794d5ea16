import Glibc
import JSON
import Platform

/// Every single measurement, as JSON lines in a file.
struct RawNumbers {
  let path: String
  private let file: FileDescriptor

  init(path: String) throws(SystemError) {
    self.path = path
    file = try FileDescriptor.open(path, flags: O_WRONLY | O_CREAT | O_TRUNC)
    _ = fchmod(file.number, 0o644)
  }

  /// Appends the machine, and what it was doing at the time.
  func begin(_ settings: Settings) throws(SystemError) {
    try write([
      ("processor", Self.quoted(Machine.processor)), ("cores", "\(Machine.coreCount)"),
      ("load", Self.quoted(Machine.load)), ("size", "\(settings.size)"), ("rounds", "\(settings.rounds)"),
    ])
  }

  /// Appends one measurement.
  func append(row: String, contender: String, round: Int, _ measurement: Measurement) throws(SystemError) {
    var members = [
      ("row", Self.quoted(row)), ("contender", Self.quoted(contender)), ("round", "\(round)"),
      ("seconds", "\(measurement.seconds)"),
    ]
    if measurement.processorSeconds.isFinite { members.append(("cpu_seconds", "\(measurement.processorSeconds)")) }
    if let count = measurement.count { members.append(("count", "\(count)")) }
    for (name, value) in measurement.extra where value.isFinite { members.append((name, "\(value)")) }
    members.append(("load", Self.quoted(String(Machine.load.prefix { $0 != " " }))))
    try write(members)
  }

  private func write(_ members: [(String, String)]) throws(SystemError) {
    let line = "{" + members.map { "\(Self.quoted($0.0)):\($0.1)" }.joined(separator: ",") + "}\n"
    var failure: SystemError?
    Array(line.utf8).withUnsafeBytes { bytes in
      do throws(SystemError) { try file.write(all: bytes) } catch { failure = error }
    }
    if let failure { throw failure }
  }

  private static func quoted(_ text: String) -> String {
    var bytes: [UInt8] = []
    JSONText.appendQuoted(text, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}
