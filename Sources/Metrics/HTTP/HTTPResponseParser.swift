/// Puts an HTTP/1.1 answer together from the pieces in which it arrives (RFC 9112).
///
///     var parser = HTTPResponseParser(limit: 1 << 20)
///     while try !parser.isComplete { try parser.feed(nextPiece()) }
///
/// A value without input or output of its own: the states are the head, a body of known length, chunks, a body that
/// ends with the connection, and the end.
struct HTTPResponseParser {
  private enum Phase: Hashable {
    case head
    case length(Int)
    case chunkSize
    case chunk(Int)
    case chunkEnd
    case trailers
    case untilEnd
    case complete
  }

  /// How the body is delimited: by the headers, or (curl has decoded it) by the end of the stream.
  enum Framing: Hashable {
    case http
    case decoded
  }

  private var phase = Phase.head
  private var pending: [UInt8] = []
  private var position = 0
  private let limit: Int
  private let framing: Framing
  private(set) var response = HTTPResponse()

  init(limit: Int, framing: Framing = .http) {
    self.limit = limit
    self.framing = framing
  }

  var isComplete: Bool { phase == .complete }

  /// Takes the next bytes of the stream.
  mutating func feed(_ bytes: [UInt8]) throws(HTTPFailure) {
    pending.append(contentsOf: bytes)
    while try advance() {}
    pending.removeFirst(position)
    position = 0
    if phase == .head, pending.count > 65_536 { throw .broken("the answer's header does not end") }
    if response.body.count > limit { throw .tooLarge(limit: limit) }
  }

  /// Tells that the stream has ended.
  mutating func finish() throws(HTTPFailure) {
    switch phase {
    case .complete: return
    case .untilEnd: phase = .complete
    case .head where pending.isEmpty: throw .broken("the server closed the connection without an answer")
    default: throw .broken("the answer broke off")
    }
  }

  private var rest: Int { pending.count - position }

  /// Makes one step; false if more bytes are needed.
  private mutating func advance() throws(HTTPFailure) -> Bool {
    switch phase {
    case .head: return try readHead()
    case .length(let count): return readBody(count, then: .complete)
    case .chunk(let count): return readBody(count, then: .chunkEnd)
    case .chunkSize: return try readChunkSize()
    case .chunkEnd:
      guard let line = nextLine() else { return false }
      guard line.isEmpty else { throw .broken("a chunk of the answer has a wrong length") }
      phase = .chunkSize
    case .trailers:
      guard let line = nextLine() else { return false }
      if line.isEmpty { phase = .complete }
    case .untilEnd:
      guard rest > 0 else { return false }
      response.body.append(contentsOf: pending[position...])
      position = pending.count
    case .complete: return false
    }
    return true
  }

  private mutating func readBody(_ count: Int, then next: Phase) -> Bool {
    let part = min(count, rest)
    response.body.append(contentsOf: pending[position..<position + part])
    position += part
    if part == count {
      phase = next
      return true
    }
    phase = next == .complete ? .length(count - part) : .chunk(count - part)
    return false
  }

  private mutating func readChunkSize() throws(HTTPFailure) -> Bool {
    guard let line = nextLine() else {
      if rest > 1024 { throw .broken("a chunk of the answer has no length") }
      return false
    }
    let digits = line.prefix { $0 != UInt8(ascii: ";") && $0 != UInt8(ascii: " ") }
    guard digits.count <= 8, let size = Int(String(decoding: digits, as: UTF8.self), radix: 16), size >= 0 else {
      throw .broken("a chunk of the answer has no length")
    }
    if size > limit { throw .tooLarge(limit: limit) }
    phase = size == 0 ? .trailers : .chunk(size)
    return true
  }

  private mutating func readHead() throws(HTTPFailure) -> Bool {
    let signature = Array("HTTP/".utf8)
    if rest >= 5, !pending[position..<position + 5].elementsEqual(signature) {
      throw .broken("the server does not speak HTTP")
    }
    guard let end = endOfHead() else { return false }
    let lines = String(decoding: pending[position..<end], as: UTF8.self).split(whereSeparator: \.isNewline)
    position = end
    let words = (lines.first ?? "").split(separator: " ", maxSplits: 2)
    guard words.count >= 2, let status = Int(words[1]), (100...599).contains(status) else {
      throw .broken("the server does not speak HTTP")
    }
    response = HTTPResponse(status: status)
    for line in lines.dropFirst() {
      guard let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      response.headers[line[..<colon].lowercased()] = String(value)
    }
    try choosePhase(isTunnel: words.count == 3 && words[2].lowercased().contains("connection established"))
    return true
  }

  private mutating func choosePhase(isTunnel: Bool) throws(HTTPFailure) {
    if response.status < 200 || (framing == .decoded && isTunnel) { return }
    if response.status == 204 || response.status == 304 {
      phase = .complete
    } else if framing == .decoded {
      phase = .untilEnd
    } else if let coding = response.headers["transfer-encoding"] {
      guard coding.lowercased() == "chunked" else { throw .broken("the server answers in the coding \(coding)") }
      phase = .chunkSize
    } else if let text = response.headers["content-length"] {
      guard let length = Int(text), length >= 0 else { throw .broken("the answer's length is \(text)") }
      if length > limit { throw .tooLarge(limit: limit) }
      phase = length == 0 ? .complete : .length(length)
    } else {
      phase = .untilEnd
    }
  }

  /// The offset behind the empty line that ends the head.
  private func endOfHead() -> Int? {
    var index = position
    var lineStart = position
    while index < pending.count {
      if pending[index] == 10 {
        let length = index - lineStart
        if length == 0 || (length == 1 && pending[lineStart] == 13) { return index + 1 }
        lineStart = index + 1
      }
      index += 1
    }
    return nil
  }

  private mutating func nextLine() -> ArraySlice<UInt8>? {
    guard let end = pending[position...].firstIndex(of: 10) else { return nil }
    let line = pending[position..<end]
    position = end + 1
    return line.last == 13 ? line.dropLast() : line
  }
}
