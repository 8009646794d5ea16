import Interface
import JSON
import Metrics
import Platform

/// The text of `--print-config`: a configuration that says the same as what is in force, without any secret.
enum ConfigurationReport {
  static func text(of launch: Launch) -> String {
    let path = launch.options.configuration ?? ConfigurationFile.usualPath
    let exists = (try? FileFacts(path: Files.expanded(path))) != nil
    var members = [
      member("theme", JSONText.quoted(launch.themeName)),
      member(
        "time",
        "{ \"zone\": \(JSONText.quoted(launch.zone?.name ?? "auto")), \"unzoned\": \(JSONText.quoted(launch.files.assumedZone.name)) }"
      ),
      member("mouse", launch.settings.usesMouse ? "true" : "false"),
      member("connection", JSONText.quoted(launch.settings.connection.rawValue)),
      member("restore", launch.restores ? "true" : "false"),
    ]
    let otherKinds = MetricServerKind.allCases.filter { $0 != .prometheus }
    for (section, kinds) in [("prometheus", [MetricServerKind.prometheus]), ("metrics", otherKinds)] {
      let servers = launch.configuration.metricServers.filter { kinds.contains($0.kind) }.map { server in
        let type = section == "metrics" ? "\"type\": \(JSONText.quoted(server.kind.rawValue)), " : ""
        return "\(JSONText.quoted(server.name)): { \(type)\"url\": \(JSONText.quoted(server.url)) }"
      }
      if !servers.isEmpty { members.append(member(section, "{ \(servers.joined(separator: ", ")) }")) }
    }
    let panels = launch.panels.map(\.configurationText)
    if !panels.isEmpty { members.append(member("panels", "{ \"default\": [ \(panels.joined(separator: ", ")) ] }")) }
    let filters = launch.configuration.filters.sorted { $0.key < $1.key }.map {
      "\(JSONText.quoted($0.key)): \(JSONText.quoted($0.value))"
    }
    if !filters.isEmpty { members.append(member("filters", "{ \(filters.joined(separator: ", ")) }")) }
    let keys = launch.configuration.keys.map { binding in
      let keys = binding.keys.map(\.name).joined(separator: " ")
      return "\(JSONText.quoted(keys)): \(binding.action.map { JSONText.quoted($0.rawValue) } ?? "null")"
    }
    if !keys.isEmpty { members.append(member("keys", "{ \(keys.joined(separator: ", ")) }")) }
    return
      "// \(path)\(exists ? "" : " (does not exist; these are the defaults)")\n{\n\(members.joined(separator: ",\n"))\n}\n"
  }

  private static func member(_ name: String, _ value: String) -> String { "  \"\(name)\": \(value)" }
}
