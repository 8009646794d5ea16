/// What name servers, DHCP servers and clients, and network managers write to syslog.
enum LookupMessages {
  static let all = [named, dnsmasq, dnsmasqDHCP, dhcpd, networkManager]

  static let query =
    "client {?@{:text} }{client:ip}#{client_port:number}{? ({:text})}: {?view {view}: }query: {query} {class:IN|CH|HS|ANY} {type:name} "
    + "{flags}{? ({server:ip})}"

  static let named = LineFormat(
    "named", "BIND's queries and refusals", source: "BIND 9 Administrator Reference Manual, category queries",
    programs: ["named"],
    [
      "{?queries: }{?info: }" + query,
      "client {?@{:text} }{client:ip}#{client_port:number}{? ({query:text})}: {message}",
    ])

  static let dnsmasq = LineFormat(
    "dnsmasq", "dnsmasq's queries and answers", source: "dnsmasq, src/cache.c, log_query", programs: ["dnsmasq"],
    [
      "{?{serial:number} {:ip}/{:number} }query[{type}] {query} from {client:ip}",
      "{?{serial:number} {:ip}/{:number} }{action:forwarded|dnssec-query} {query} to {server:ip}{?#{server_port:number}}",
      "{?{serial:number} {:ip}/{:number} }{action:reply|cached|cached-stale|config|validation|gravity blocked|exactly blacklisted} "
        + "{query} is {answer:text}",
    ])

  static let dnsmasqDHCP = LineFormat(
    "dnsmasq-dhcp", "dnsmasq's leases", source: "dnsmasq, src/rfc2131.c, log_packet", programs: ["dnsmasq-dhcp"],
    [
      "{?{transaction:number} }{action:DHCPDISCOVER|DHCPOFFER|DHCPREQUEST|DHCPACK|DHCPNAK|DHCPRELEASE|DHCPDECLINE|DHCPINFORM}({interface}) "
        + "{?{address:ip} }{mac}{? {hostname}}"
    ])

  static let dhcpd = LineFormat(
    "dhcpd", "ISC's DHCP server and client", source: "ISC DHCP, server/dhcp.c; client/dhclient.c",
    programs: ["dhcpd", "dhclient"],
    [
      "{action:DHCPACK|DHCPOFFER|DHCPNAK} on {address:ip} to {mac} {?({hostname}) }via {interface}",
      "{action:DHCPREQUEST|DHCPRELEASE|DHCPDECLINE} {:for|of} {address:ip} {?({server:ip}) }from {mac} {?({hostname}) }via {interface}{?:{:text}}"
        + "{? ({:text})}",
      "{action:DHCPDISCOVER|DHCPINFORM} from {mac} {?({hostname}) }via {interface}{?:{:text}}",
      "{action:DHCPDISCOVER|DHCPREQUEST} {?for {:ip} }on {interface} to {server:ip} port {server_port:number}{? {:text}}",
      "{action:DHCPACK|DHCPOFFER} {?of {address:ip} }from {server:ip}{? {:text}}",
      "bound to {address:ip} -- renewal in {renewal:number} seconds.",
    ])

  static let networkManager = LineFormat(
    "networkmanager", "NetworkManager", source: "NetworkManager, src/libnm-log-core/nm-logging.c",
    programs: ["NetworkManager"],
    [
      "<{:name}> [{:number}] {?{subsystem:name}: }{?({interface}): }{message}"
    ])
}
