import Platform

/// Sends one request at a time to one server; blocks until the whole answer is there or the time is up.
protocol HTTPTransport: Sendable {
  /// The answer to `request`, whatever its status.
  func send(_ request: HTTPRequest, cancellation: CancellationSignal) throws(HTTPFailure) -> HTTPResponse
}

/// What bounds a request.
struct HTTPLimits: Hashable, Sendable {
  /// Seconds from the look-up of the name to the last byte.
  var seconds: Double = 10
  /// Bytes of an answer's body.
  var bytes = 32 << 20

  var deadline: ContinuousClock.Instant { .now + .seconds(seconds) }
}

/// HTTP/1.1 over a TCP or Unix socket of our own: one connection a request.
///
/// Each of a host's addresses gets its share of the time that is left, so that a dead IPv6 route does not use it up.
struct SocketTransport: HTTPTransport {
  let address: HTTPAddress
  let limits: HTTPLimits

  func send(_ request: HTTPRequest, cancellation: CancellationSignal) throws(HTTPFailure) -> HTTPResponse {
    let deadline = limits.deadline
    do {
      let stream = try connect(deadline: deadline, cancellation: cancellation)
      try stream.write(all: request.bytes(host: address.host), deadline: deadline)
      return try receive(from: stream, deadline: deadline)
    } catch let error as SocketError {
      throw failure(error)
    } catch let error as HTTPFailure {
      throw error
    } catch {
      throw .broken("\(error)")
    }
  }

  func connect(
    deadline: ContinuousClock.Instant, cancellation: CancellationSignal
  ) throws(SocketError) -> SocketStream {
    let addresses: [SocketAddress]
    switch address.transport {
    case .unix(let path): addresses = [try SocketAddress(path: path)]
    case .tcp(let host, let port), .tls(let host, let port):
      addresses = try Resolver.addresses(of: host, port: port, deadline: deadline, cancellation: cancellation)
    }
    var last = SocketError.timedOut
    for (index, candidate) in addresses.enumerated() {
      let share = (deadline - .now) / (addresses.count - index)
      do {
        return try SocketStream.connect(to: candidate, deadline: .now + share, cancellation: cancellation)
      } catch .cancelled {
        throw .cancelled
      } catch {
        last = error
      }
    }
    throw last
  }

  private func receive(from stream: SocketStream, deadline: ContinuousClock.Instant) throws -> HTTPResponse {
    var parser = HTTPResponseParser(limit: limits.bytes)
    while !parser.isComplete {
      var piece: [UInt8] = []
      let isOpen = try stream.read(into: &piece, deadline: deadline)
      if isOpen { try parser.feed(piece) } else { try parser.finish() }
    }
    return parser.response
  }

  func failure(_ error: SocketError) -> HTTPFailure {
    switch error {
    case .timedOut: .timedOut(seconds: limits.seconds)
    case .cancelled: .cancelled
    case .unresolved(let host, let reason): .broken("\(host): \(reason)")
    case .pathTooLong(let path): .broken("\(path): the path is too long for a socket")
    case .system(let error): .broken(error.reason)
    }
  }
}
