import JSON
import Metrics

/// The sections "prometheus" and "metrics": how metric servers are reached.
extension ConfigurationDecoder {
  private static let serverKeys = [
    "url", "bearer_file", "basic_file", "headers_file", "ca_file", "cert_file", "key_file", "proxy", "timeout",
    "headers",
  ]
  private static let kinds = MetricServerKind.allCases.map(\.rawValue)

  /// Reads servers; those of "metrics" (`kind` nil) say what they speak.
  mutating func readServers(_ section: JSONMember, kind: MetricServerKind?) {
    for member in members(of: section.node, "\"\(section.name)\"") {
      var server = MetricServerConfiguration(name: member.name, url: "")
      server.kind = kind ?? .prometheus
      var isTyped = kind != nil
      for member in members(of: member.node, "a server") {
        switch member.name {
        case "type" where kind == nil:
          isTyped = true
          if let type = self.kind(member) { server.kind = type }
        case "database" where kind == nil: server.database = string(member)
        case "interval" where kind == nil:
          if let seconds = number(member, above: 0) { server.interval = seconds }
        default: readServer(member, into: &server, others: kind == nil ? ["type", "database", "interval"] : [])
        }
      }
      if !isTyped {
        note(member, "the source \"\(member.name)\" needs a \"type\": \(Self.kinds.joined(separator: ", "))")
      }
      add(server, member)
    }
  }

  private mutating func kind(_ member: JSONMember) -> MetricServerKind? {
    guard let name = string(member) else { return nil }
    if let kind = MetricServerKind(rawValue: name) { return kind }
    suggest(
      member.node, "no type \"\(name)\"; there are \(Self.kinds.joined(separator: ", "))", name, among: Self.kinds)
    return nil
  }

  private mutating func readServer(
    _ member: JSONMember, into server: inout MetricServerConfiguration, others: [String]
  ) {
    switch member.name {
    case "url": server.url = string(member) ?? ""
    case "bearer_file": server.bearerFile = string(member)
    case "basic_file": server.basicFile = string(member)
    case "headers_file": server.headersFile = string(member)
    case "ca_file": server.certificateAuthorityFile = string(member)
    case "cert_file": server.certificateFile = string(member)
    case "key_file": server.keyFile = string(member)
    case "proxy": server.proxy = string(member)
    case "timeout": if let seconds = number(member, above: 0) { server.timeout = seconds }
    case "headers":
      for header in members(of: member.node, "\"headers\"") {
        if let value = string(header) { server.headers.append((name: header.name, value: value)) }
      }
    default: unknown(member, among: Self.serverKeys + others)
    }
  }

  private mutating func add(_ server: MetricServerConfiguration, _ member: JSONMember) {
    let schemes = ["http://", "https://", "unix:"] + (server.kind == .uwsgi ? ["tcp://"] : [])
    let isKnown = schemes.contains { server.url.hasPrefix($0) }
    if server.url.isEmpty {
      note(member, "the server \"\(member.name)\" needs a \"url\"")
    } else if !isKnown {
      let list = schemes.dropLast().joined(separator: ", ")
      note(member, "the url of \"\(member.name)\" must begin with \(list) or \(schemes.last ?? "")")
    } else {
      result.metricServers.append(server)
    }
  }
}
