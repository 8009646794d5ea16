import Platform

/// HTTP through the `curl` program: for https, client certificates and proxies.
///
/// Everything that it is told, also what is secret, goes through its standard input (`-K -`), never through arguments
/// that every user of the machine can read.
struct CurlTransport: HTTPTransport {
  let address: HTTPAddress
  let limits: HTTPLimits
  var certificateAuthorityFile: String?
  var certificateFile: String?
  var keyFile: String?
  var proxy: String?
  var program = "curl"

  func send(_ request: HTTPRequest, cancellation: CancellationSignal) throws(HTTPFailure) -> HTTPResponse {
    // A little more than curl's own, so that curl's message wins.
    let deadline = limits.deadline + .milliseconds(500)
    let child = try start(configuration(for: request))
    defer {
      child.kill()
      _ = child.wait()
    }
    guard let output = child.standardOutput, let errors = child.standardError else {
      throw .broken("curl has no output")
    }
    do {
      var parser = HTTPResponseParser(limit: limits.bytes, framing: .decoded)
      var piece: [UInt8] = []
      while try output.readSome(into: &piece, deadline: deadline, cancellation: cancellation) {
        try parser.feed(piece)
        piece.removeAll(keepingCapacity: true)
      }
      var message: [UInt8] = []
      while message.count < 65_536,
        try errors.readSome(into: &message, deadline: deadline, cancellation: cancellation)
      {}
      let text = String(decoding: message, as: UTF8.self)
      if let problem = Self.problem(in: text, seconds: limits.seconds) { throw problem }
      try parser.finish()
      return parser.response
    } catch let error as HTTPFailure {
      throw error
    } catch SocketError.cancelled {
      throw .cancelled
    } catch SocketError.timedOut {
      throw .timedOut(seconds: limits.seconds)
    } catch {
      throw .broken("curl: \(error)")
    }
  }

  private func start(_ configuration: String) throws(HTTPFailure) -> ChildProcess {
    let bytes = Array(configuration.utf8)
    // The pipe is filled before curl starts: what fits into it can neither block nor meet a reader that has gone.
    guard bytes.count <= 60_000 else { throw .broken("the expression is too long for a request") }
    do {
      let pipe = try FileDescriptor.pipe()
      try bytes.withUnsafeBytes { try pipe.writing.write(all: $0) }
      return try ChildProcess.spawn(
        program, ["-q", "-K", "-"], stdin: .descriptor(pipe.reading), stdout: .pipe, stderr: .pipe)
    } catch let error as SystemError {
      if error.isMissingFile { throw .broken("https and proxies need the program curl, which is not installed here") }
      throw .broken("curl: \(error.reason)")
    } catch {
      throw .broken("curl: \(error)")
    }
  }

  /// The text of curl's configuration file for a request.
  func configuration(for request: HTTPRequest) -> String {
    var lines = ["silent", "show-error", "include", "suppress-connect-headers", "http1.1", "globoff"]
    lines.append("max-time = \(limits.seconds)")
    func add(_ name: String, _ value: String?) {
      if let value { lines.append("\(name) = \(Self.quoted(value))") }
    }
    let base: String
    switch address.transport {
    case .tcp(let host, let port): base = "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    case .tls(let host, let port): base = "https://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    case .unix(let path):
      base = "http://localhost"
      add("unix-socket", path)
    }
    add("url", base + request.target)
    add("proto", "=http,https")
    add("header", "Accept: application/json")
    add("user-agent", "chiplog")
    for header in request.headers { add("header", "\(header.name): \(header.value)") }
    add("data", request.form)
    add("cacert", certificateAuthorityFile)
    add("cert", certificateFile)
    add("key", keyFile)
    add("proxy", proxy)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What curl said on standard error, as a failure; nil if it said nothing.
  static func problem(in message: String, seconds: Double) -> HTTPFailure? {
    guard let line = message.split(whereSeparator: \.isNewline).last(where: { $0.hasPrefix("curl:") }) else {
      return nil
    }
    var text = line.dropFirst(5).drop { $0 == " " }
    if text.hasPrefix("(28)") { return .timedOut(seconds: seconds) }
    if text.hasPrefix("("), let close = text.firstIndex(of: ")") {
      text = text[text.index(after: close)...].drop { $0 == " " }
    }
    return .broken(text.prefix(1).lowercased() + text.dropFirst())
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text.unicodeScalars {
      switch character {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(character)
      }
    }
    return result + "\""
  }
}
