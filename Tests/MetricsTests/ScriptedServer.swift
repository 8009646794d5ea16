import Foundation
import Synchronization

/// A small HTTP server on a loopback port that does what a test tells it, also what no server should.
final class ScriptedServer: Sendable {
  struct Request: Sendable {
    var target: String
    var headers: [String]
    var body: String

    /// The decoded value of a query parameter, from the target or the form.
    func parameter(_ name: String) -> String? {
      let query = body.isEmpty ? String(target.split(separator: "?", maxSplits: 1).dropFirst().first ?? "") : body
      for pair in query.split(separator: "&") {
        let parts = pair.split(separator: "=", maxSplits: 1)
        if parts.first.map(String.init) == name { return String(parts.dropFirst().first ?? "").removingPercentEncoding }
      }
      return nil
    }

    var path: String { String(target.prefix { $0 != "?" }) }
  }

  enum Act: Sendable {
    case send(String)
    case wait(Double)
    case reset
  }

  typealias Script = @Sendable (Request) -> [Act]

  let port: UInt16
  private let listener: Int32
  private let script: Mutex<Script>
  private let log = Mutex<[Request]>([])
  private let isStopped = Mutex(false)
  private let threads = DispatchGroup()

  /// Listens on a free port of 127.0.0.1, or of ::1, or on a Unix socket.
  init(isIPv6: Bool = false, path: String? = nil, _ script: @escaping Script) throws {
    self.script = Mutex(script)
    let family = path != nil ? AF_UNIX : isIPv6 ? AF_INET6 : AF_INET
    listener = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    var bytes = [UInt8](repeating: 0, count: 128)
    withUnsafeBytes(of: sa_family_t(family)) { bytes.replaceSubrange(0..<2, with: $0) }
    if let path {
      bytes.replaceSubrange(2..<2 + path.utf8.count, with: path.utf8)
    } else if isIPv6 {
      bytes[23] = 1
    } else {
      bytes.replaceSubrange(4..<8, with: [127, 0, 0, 1])
    }
    var size = socklen_t(path != nil ? 110 : isIPv6 ? 28 : 16)
    let number = listener
    let isListening = bytes.withUnsafeMutableBytes { buffer in
      guard let address = buffer.baseAddress?.assumingMemoryBound(to: sockaddr.self) else { return false }
      return bind(number, address, size) == 0 && listen(number, 64) == 0 && getsockname(number, address, &size) == 0
    }
    guard isListening else { throw POSIXError(.EADDRINUSE) }
    port = UInt16(bytes[2]) << 8 | UInt16(bytes[3])
    let group = threads
    group.enter()
    Thread.detachNewThread { [self] in
      serve()
      group.leave()
    }
  }

  var url: String { "http://127.0.0.1:\(port)" }
  var requests: [Request] { log.withLock { $0 } }
  func answer(_ script: @escaping Script) { self.script.withLock { $0 = script } }

  /// Ends the server; connections that wait are cut.
  func stop() {
    isStopped.withLock { $0 = true }
    shutdown(listener, Int32(SHUT_RDWR))
    _ = threads.wait(timeout: .now() + 5)
    close(listener)
  }

  private func serve() {
    while true {
      let connection = accept(listener, nil, nil)
      guard connection >= 0 else { return }
      threads.enter()
      Thread.detachNewThread { [self] in
        handle(connection)
        threads.leave()
      }
    }
  }

  private func handle(_ connection: Int32) {
    defer { close(connection) }
    guard let request = read(connection) else { return }
    log.withLock { $0.append(request) }
    for act in script.withLock({ $0 })(request) {
      switch act {
      case .send(let text):
        let bytes = Array(text.utf8)
        var sent = 0
        while sent < bytes.count {
          let count = bytes[sent...].withUnsafeBytes { send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
          if count <= 0 { return }
          sent += count
        }
      case .wait(let seconds):
        let end = Date().addingTimeInterval(seconds)
        while Date() < end, !isStopped.withLock({ $0 }) { usleep(5000) }
      case .reset:
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        return
      }
    }
  }

  private func read(_ connection: Int32) -> Request? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let text = String(decoding: bytes, as: UTF8.self)
      if let end = text.range(of: "\r\n\r\n") {
        let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
        let length =
          lines.first { $0.lowercased().hasPrefix("content-length:") }
          .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) } ?? 0
        let body = text[end.upperBound...]
        if body.utf8.count >= length {
          return Request(
            target: lines.first?.components(separatedBy: " ").dropFirst().first ?? "",
            headers: Array(lines.dropFirst()), body: String(body))
        }
      }
      let count = recv(connection, &chunk, chunk.count, 0)
      guard count > 0 else { return nil }
      bytes += chunk[0..<count]
    }
  }
}

extension ScriptedServer.Act {
  /// A whole answer with its length.
  static func answer(
    _ body: String, status: Int = 200, type: String = "application/json", headers: [String] = []
  ) -> ScriptedServer.Act {
    let head =
      ["HTTP/1.1 \(status) Some Reason", "Content-Type: \(type)", "Content-Length: \(body.utf8.count)"] + headers
    return .send(head.joined(separator: "\r\n") + "\r\n\r\n" + body)
  }

  /// A matrix with one point a step between the `start` and `end` that were asked for.
  static func matrix(
    _ request: ScriptedServer.Request, labels: [String] = [#""job":"a""#], value: String = "1", extra: String = ""
  ) -> ScriptedServer.Act {
    let start = Double(request.parameter("start") ?? "") ?? 0
    let end = Double(request.parameter("end") ?? "") ?? 0
    let text = request.parameter("step") ?? "1s"
    let step = text.hasSuffix("ms") ? (Double(text.dropLast(2)) ?? 1) / 1000 : Double(text.dropLast()) ?? 1
    var values: [String] = []
    var time = start
    while time <= end + 1e-6, values.count < 12_000 {
      values.append("[\(time),\"\(value)\"]")
      time += step
    }
    let all = labels.map { "{\"metric\":{\($0)},\"values\":[\(values.joined(separator: ","))]}" }
    let body =
      #"{"status":"success","data":{"resultType":"matrix","result":[\#(all.joined(separator: ","))]}\#(extra)}"#
    return .answer(body)
  }
}
