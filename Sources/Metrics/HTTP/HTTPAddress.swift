/// Where an HTTP server is: what the user wrote, taken apart.
///
///     try HTTPAddress("http://mimir:8080/prometheus").path(to: "/api/v1/query")     // "/prometheus/api/v1/query"
struct HTTPAddress: Hashable, Sendable {
  /// The way to the server.
  enum Transport: Hashable, Sendable {
    case tcp(host: String, port: UInt16)
    case tls(host: String, port: UInt16)
    case unix(path: String)
  }

  /// A text that is no address; the message says why.
  struct Mistake: Error, Hashable {
    var message: String
  }

  let transport: Transport
  /// The path under which the API lies, without a slash at its end.
  let prefix: String
  /// `user:password` from the address, decoded.
  let credentials: String?

  /// Reads `http://`, `https://`, `unix:` and `host:port`.
  init(_ text: String) throws(Mistake) {
    if text.hasPrefix("unix:") {
      let path = text.dropFirst(5).drop { $0 == "/" }
      guard !path.isEmpty else { throw Mistake(message: "unix: needs the path of a socket") }
      transport = .unix(path: "/" + path)
      (prefix, credentials) = ("", nil)
      return
    }
    var rest = text[...]
    var isSecure = false
    if let scheme = Self.scheme(of: text) {
      guard scheme.lowercased() == "http" || scheme.lowercased() == "https" else {
        throw Mistake(message: "\(scheme): is not a way to reach metrics; use http://, https:// or unix:")
      }
      isSecure = scheme.lowercased() == "https"
      rest = rest.dropFirst(scheme.count + 3)
    }
    let authority = rest.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
    prefix = Self.prefix(ofPath: rest.dropFirst(authority.count).prefix { $0 != "?" && $0 != "#" })
    var place = authority
    if let sign = authority.lastIndex(of: "@") {
      credentials = Self.decoded(authority[..<sign])
      place = authority[authority.index(after: sign)...]
    } else {
      credentials = nil
    }
    let (host, port) = try Self.hostAndPort(place, standard: isSecure ? 443 : 80)
    transport = isSecure ? .tls(host: host, port: port) : .tcp(host: host, port: port)
  }

  /// The address without credentials.
  var text: String {
    switch transport {
    case .tcp(let host, let port): "http://\(Self.bracketed(host))\(port == 80 ? "" : ":\(port)")\(prefix)"
    case .tls(let host, let port): "https://\(Self.bracketed(host))\(port == 443 ? "" : ":\(port)")\(prefix)"
    case .unix(let path): "unix:\(path)"
    }
  }

  /// What stands in the Host header.
  var host: String {
    switch transport {
    case .tcp(let host, let port): Self.bracketed(host) + (port == 80 ? "" : ":\(port)")
    case .tls(let host, let port): Self.bracketed(host) + (port == 443 ? "" : ":\(port)")
    case .unix: "localhost"
    }
  }

  /// The path of an endpoint behind the prefix.
  func path(to endpoint: String) -> String { prefix + endpoint }

  private static func scheme(of text: String) -> String? {
    let head = text.prefix { $0.isLetter || $0.isNumber || $0 == "+" }
    return text.dropFirst(head.count).hasPrefix("://") ? String(head) : nil
  }

  /// The part of a pasted path that is not already the API or a page of the web interface.
  private static func prefix(ofPath path: Substring) -> String {
    var result = path
    while result.hasSuffix("/") { result.removeLast() }
    for page in ["/api/v1", "/classic/graph", "/graph", "/query", "/vmui"] where result.hasSuffix(page) {
      result.removeLast(page.count)
      break
    }
    return String(result)
  }

  private static func hostAndPort(
    _ text: Substring, standard: UInt16
  ) throws(Mistake) -> (host: String, port: UInt16) {
    var host = text
    var port = Substring()
    if text.hasPrefix("["), let close = text.firstIndex(of: "]") {
      host = text[text.index(after: text.startIndex)..<close]
      port = text[text.index(after: close)...]
    } else if let colon = text.lastIndex(of: ":") {
      host = text[..<colon]
      port = text[colon...]
    }
    guard !host.isEmpty else { throw Mistake(message: "the address names no host") }
    guard host.utf8.allSatisfy({ $0 > 32 && $0 != 127 && $0 != 34 && $0 != 92 }) else {
      throw Mistake(message: "the host's name holds a character that none can")
    }
    if port.isEmpty || port == ":" { return (String(host), standard) }
    guard port.hasPrefix(":"), let number = UInt16(port.dropFirst()), number > 0 else {
      throw Mistake(message: "\(port.drop { $0 == ":" }) is not a port")
    }
    return (String(host), number)
  }

  private static func bracketed(_ host: String) -> String { host.contains(":") ? "[\(host)]" : host }

  private static func decoded(_ text: Substring) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "%"), index + 2 < bytes.count,
        let value = UInt8(String(decoding: bytes[(index + 1)...(index + 2)], as: UTF8.self), radix: 16)
      {
        result.append(value)
        index += 3
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
