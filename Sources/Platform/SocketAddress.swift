import Glibc

/// Where a stream socket connects to: IPv4, IPv6 or a path.
public struct SocketAddress: Hashable, Sendable, CustomStringConvertible {
  /// The kernel's form: a `sockaddr` of the family.
  let bytes: [UInt8]
  /// `127.0.0.1:9090`, `[::1]:9090`, `/run/prometheus.sock`.
  public let description: String

  /// AF_INET, AF_INET6 or AF_UNIX.
  var family: Int32 {
    bytes.count >= 2 ? Int32(UInt16(bytes[0]) | UInt16(bytes[1]) << 8) : AF_UNSPEC
  }

  init(bytes: [UInt8], description: String) {
    self.bytes = bytes
    self.description = description
  }

  /// A numeric address; nil if `host` is a name.
  public init?(numeric host: String, port: UInt16) {
    var four = sockaddr_in()
    if inet_pton(AF_INET, host, &four.sin_addr) == 1 {
      four.sin_family = sa_family_t(AF_INET)
      four.sin_port = port.bigEndian
      self.init(bytes: withUnsafeBytes(of: four) { Array($0) }, description: "\(host):\(port)")
      return
    }
    var six = sockaddr_in6()
    let parts = host.split(separator: "%", maxSplits: 1)
    guard let address = parts.first, inet_pton(AF_INET6, String(address), &six.sin6_addr) == 1 else { return nil }
    six.sin6_family = sa_family_t(AF_INET6)
    six.sin6_port = port.bigEndian
    if parts.count == 2 { six.sin6_scope_id = UInt32(parts[1]) ?? if_nametoindex(String(parts[1])) }
    self.init(bytes: withUnsafeBytes(of: six) { Array($0) }, description: "[\(host)]:\(port)")
  }

  /// A Unix socket; throws if the path is longer than 107 bytes.
  public init(path: String) throws(SocketError) {
    let name = Array(path.utf8)
    let room = MemoryLayout<sockaddr_un>.size - MemoryLayout<sa_family_t>.size
    guard name.count < room else { throw .pathTooLong(path) }
    let family = sa_family_t(AF_UNIX)
    self.init(
      bytes: withUnsafeBytes(of: family) { Array($0) } + name + [UInt8](repeating: 0, count: room - name.count),
      description: path)
  }
}
