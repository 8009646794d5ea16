import CSystem
import Glibc

/// Names of hosts to addresses.
///
/// Numbers and the names in /etc/hosts are answered at once. For the rest the C library's resolver blocks for as long as
/// it takes: for worker threads only. A statically linked program asks the machine's `getent` instead, where there is one:
/// the resolver inside it would have to load libraries of just the C library that it was built with.
public enum Resolver {
  /// The addresses of `host`, best first, never empty.
  public static func addresses(
    of host: String, port: UInt16, deadline: ContinuousClock.Instant = .now + .seconds(10),
    cancellation: CancellationSignal = CancellationSignal()
  ) throws(SocketError) -> [SocketAddress] {
    if let address = SocketAddress(numeric: host, port: port) { return [address] }
    let listed = hostsFile(for: host, port: port)
    if !listed.isEmpty { return listed }
    if isOurselves(host) { return ["::1", "127.0.0.1"].compactMap { SocketAddress(numeric: $0, port: port) } }
    if isStaticallyLinked {
      do {
        return try asked(host, port: port, deadline: deadline, cancellation: cancellation)
      } catch .system(let error) where error.isMissingFile {
        // No getent here; the C library has to do.
      }
    }
    return try resolved(host, port: port)
  }

  /// Whether a name means this machine by its meaning (RFC 6761), also where no hosts file says so.
  static func isOurselves(_ host: String) -> Bool {
    let name = host.lowercased()
    return name == "localhost" || name == "localhost." || name.hasSuffix(".localhost")
  }

  /// A program without an interpreter has no place where one was loaded (AT_BASE).
  private static var isStaticallyLinked: Bool { getauxval(UInt(AT_BASE)) == 0 }

  /// The answer of `getent ahosts`.
  static func asked(
    _ host: String, port: UInt16, deadline: ContinuousClock.Instant, cancellation: CancellationSignal
  ) throws(SocketError) -> [SocketAddress] {
    let child: ChildProcess
    do {
      // "--" would be taken for a name by some; a name that begins with a dash is none.
      guard !host.hasPrefix("-") else { throw SocketError.unresolved(host: host, reason: "no name of a host") }
      child = try ChildProcess.spawn("getent", ["ahosts", host], stdout: .pipe)
    } catch let error as SystemError {
      throw .system(error)
    } catch {
      throw .unresolved(host: host, reason: "no name of a host")
    }
    defer {
      child.kill()
      _ = child.wait()
    }
    var bytes: [UInt8] = []
    while bytes.count < 65_536,
      try child.standardOutput?.readSome(into: &bytes, deadline: deadline, cancellation: cancellation) == true
    {}
    let result = addresses(inAnswer: String(decoding: bytes, as: UTF8.self), port: port)
    if result.isEmpty { throw .unresolved(host: host, reason: "name or service not known") }
    return result
  }

  /// The stream addresses in what `getent ahosts` printed, each once.
  static func addresses(inAnswer text: String, port: UInt16) -> [SocketAddress] {
    var result: [SocketAddress] = []
    for line in text.split(whereSeparator: \.isNewline) {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard words.count >= 2, words[1] == "STREAM",
        let address = SocketAddress(numeric: String(words[0]), port: port), !result.contains(address)
      else { continue }
      result.append(address)
    }
    return result
  }

  private static func resolved(_ host: String, port: UInt16) throws(SocketError) -> [SocketAddress] {
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
