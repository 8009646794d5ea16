import Glibc

/// Names of hosts to addresses.
///
/// Blocks for as long as the machine's resolver takes: for worker threads only. Numbers and the names in /etc/hosts are
/// answered without the C library's resolver, which a statically linked program has to load from the machine.
public enum Resolver {
  /// The addresses of `host`, best first, never empty.
  public static func addresses(of host: String, port: UInt16) throws(SocketError) -> [SocketAddress] {
    if let address = SocketAddress(numeric: host, port: port) { return [address] }
    let listed = hostsFile(for: host, port: port)
    if !listed.isEmpty { return listed }
    var hints = addrinfo()
    hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    hints.ai_flags = AI_ADDRCONFIG
    var list: UnsafeMutablePointer<addrinfo>?
    let status = getaddrinfo(host, nil, &hints, &list)
    guard status == 0 else {
      let reason = status == EAI_SYSTEM ? SystemError("getaddrinfo").reason : String(cString: gai_strerror(status))
      throw .unresolved(host: host, reason: reason.prefix(1).lowercased() + reason.dropFirst())
    }
    defer { freeaddrinfo(list) }
    var result: [SocketAddress] = []
    var next = list
    while let entry = next?.pointee {
      if let address = numeric(entry), let parsed = SocketAddress(numeric: address, port: port) {
        result.append(parsed)
      }
      next = entry.ai_next
    }
    if result.isEmpty { throw .unresolved(host: host, reason: "no address") }
    return result
  }

  private static func numeric(_ entry: addrinfo) -> String? {
    var name = [CChar](repeating: 0, count: 256)
    guard getnameinfo(entry.ai_addr, entry.ai_addrlen, &name, socklen_t(name.count), nil, 0, NI_NUMERICHOST) == 0
    else { return nil }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private static func hostsFile(for host: String, port: UInt16) -> [SocketAddress] {
    let number = open("/etc/hosts", O_RDONLY | O_CLOEXEC)
    guard number >= 0, let bytes = try? FileDescriptor(owning: number).readToEnd(limit: 1 << 20) else { return [] }
    return addresses(of: host, port: port, inHosts: String(decoding: bytes, as: UTF8.self))
  }

  /// The addresses that the text of a hosts file gives for `host`.
  static func addresses(of host: String, port: UInt16, inHosts text: String) -> [SocketAddress] {
    let wanted = host.lowercased()
    return text.split(whereSeparator: \.isNewline).compactMap { line in
      let words = line.prefix { $0 != "#" }.split(whereSeparator: \.isWhitespace)
      guard let address = words.first, words.dropFirst().contains(where: { $0.lowercased() == wanted })
      else { return nil }
      return SocketAddress(numeric: String(address), port: port)
    }
  }
}
