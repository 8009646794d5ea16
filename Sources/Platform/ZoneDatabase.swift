import Glibc
import Quantities

/// The time zones that this machine knows: compiled files of the tz database, and the zone it is set to.
public enum ZoneDatabase {
  /// The zone called `name`: `UTC`, `local`, `+02:00`, or a file such as `Europe/Zurich`; nil if there is none.
  public static func zone(named name: String) -> Zone? {
    if name.lowercased() == "local" { return local }
    if let fixed = Zone(fixed: name) { return fixed }
    guard !name.isEmpty, !name.contains(".."), !name.hasPrefix("/") else { return nil }
    for folder in folders {
      if let bytes = read("\(folder)/\(name)"), let zone = Zone(name: name, tzif: bytes) { return zone }
    }
    return nil
  }

  /// The zone that this machine is set to: `$TZ`, else /etc/localtime, else UTC.
  public static let local: Zone = {
    if let value = getenv("TZ") {
      var name = String(cString: value)
      if name.hasPrefix(":") { name.removeFirst() }
      if name.hasPrefix("/"), let bytes = read(name), let zone = Zone(name: lastParts(of: name), tzif: bytes) {
        return zone
      }
      if name.isEmpty { return .utc }
      if name.lowercased() != "local", let found = ZoneDatabase.zone(named: name) ?? Zone(posix: name) { return found }
    }
    guard let bytes = read("/etc/localtime") else { return .utc }
    return Zone(name: localName ?? "local", tzif: bytes) ?? .utc
  }()

  /// The names of all zones whose name contains `part`, for completion and suggestions; sorted, at most `limit`.
  public static func names(containing part: String, limit: Int = 50) -> [String] {
    guard let bytes = folders.lazy.compactMap({ read("\($0)/tzdata.zi") }).first else { return [] }
    var names: Set<String> = ["UTC", "local"]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.first == "Z", words.count > 1 { names.insert(String(words[1])) }
      if words.first == "L", words.count > 2 { names.insert(String(words[2])) }
    }
    let wanted = part.lowercased()
    return Array(names.filter { $0.lowercased().contains(wanted) }.sorted().prefix(limit))
  }

  private static let folders = ["/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/etc/zoneinfo"]

  /// What /etc/localtime points to, below the database's folder.
  private static var localName: String? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = readlink("/etc/localtime", &buffer, buffer.count - 1)
    guard count > 0 else { return nil }
    return lastParts(of: String(decoding: buffer[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  private static func lastParts(of path: String) -> String {
    let parts = path.split(separator: "/").map(String.init)
    guard let index = parts.lastIndex(of: "zoneinfo"), index + 1 < parts.count else { return parts.last ?? "local" }
    let name = parts[(index + 1)...].joined(separator: "/")
    return name == "Etc/UTC" ? "UTC" : name
  }

  private static func read(_ path: String) -> [UInt8]? {
    let number = open(path, O_RDONLY | O_CLOEXEC)
    guard number >= 0 else { return nil }
    return try? FileDescriptor(owning: number).readToEnd(limit: 1 << 20)
  }
}
