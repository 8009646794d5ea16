import Testing

@testable import Metrics

@Suite struct HTTPAddressTests {
  @Test(arguments: [
    ("http://localhost:9090", "http://localhost:9090"), ("localhost:9090", "http://localhost:9090"),
    ("http://h/", "http://h"), ("https://h:443/p/", "https://h/p"), ("http://[::1]:9090/x", "http://[::1]:9090/x"),
    ("http://h:9090/graph?g0.expr=up", "http://h:9090"), ("http://h/prometheus/api/v1", "http://h/prometheus"),
    ("unix:/run/p.sock", "unix:/run/p.sock"), ("unix:///run/p.sock", "unix:/run/p.sock"),
    ("http://user:p%40ss@h:1/x", "http://h:1/x"), ("HTTP://H", "http://H"),
  ]) func addressesAreReadAndShownWithoutSecrets(text: String, shown: String) throws {
    #expect(try HTTPAddress(text).text == shown)
  }

  @Test func credentialsAreDecoded() throws {
    #expect(try HTTPAddress("http://us%65r:p%40:ss@h").credentials == "user:p@:ss")
    #expect(try HTTPAddress("http://h/a@b").credentials == nil)
  }

  @Test(arguments: ["", "http://", "ftp://h", "http://h:99999", "http://h:x", "unix:", "http://a b/", "http://:90"])
  func mistakesAreTold(text: String) { #expect(throws: HTTPAddress.Mistake.self) { try HTTPAddress(text) } }

  @Test func redirectsStayOnTheServer() throws {
    let address = try HTTPAddress("http://h:9090")
    #expect(HTTPClient.localTarget("/p/api/v1/query?x=1", at: address, landmark: "/api/v1/") == "/p/api/v1/query?x=1")
    #expect(
      HTTPClient.localTarget("http://h:9090/p/api/v1/query", at: address, landmark: "/api/v1/") == "/p/api/v1/query")
    for place in [
      "http://evil/api/v1/query", "//evil/api/v1/query", "/login", "https://h:9090/api/v1/", "/api/v1/\r\nX: y",
    ] {
      #expect(HTTPClient.localTarget(place, at: address, landmark: "/api/v1/") == nil)
    }
  }
}

@Suite struct HTTPMessageTests {
  @Test func requestsAreWritten() {
    let request = HTTPRequest(path: "/api/v1/query", query: [("query", "a{b=\"c\"} + 1")], headers: [("X-A", "1")])
    let text = String(decoding: request.bytes(host: "h:1"), as: UTF8.self)
    #expect(text.hasPrefix("GET /api/v1/query?query=a%7Bb%3D%22c%22%7D%20%2B%201 HTTP/1.1\r\nHost: h:1\r\n"))
    #expect(text.hasSuffix("X-A: 1\r\n\r\n"))
  }

  @Test func longExpressionsArePosted() {
    let long = String(repeating: "x", count: 5000)
    let request = HTTPRequest(path: "/q", query: [("query", long)], headers: [])
    let text = String(decoding: request.bytes(host: "h"), as: UTF8.self)
    #expect(text.hasPrefix("POST /q HTTP/1.1\r\n"))
    #expect(text.contains("Content-Length: 5006\r\n"))
  }

  @Test func headersCannotBecomeTwo() {
    #expect(HTTPText.isSafe(name: "X-Scope-OrgID", value: "shop 1"))
    #expect(!HTTPText.isSafe(name: "X", value: "a\r\nEvil: 1"))
    #expect(!HTTPText.isSafe(name: "X:", value: "a"))
    #expect(!HTTPText.isSafe(name: "", value: "a"))
  }

  @Test(arguments: [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj"), ("user:pass", "dXNlcjpwYXNz")])
  func base64(text: String, encoded: String) { #expect(HTTPText.base64(Array(text.utf8)) == encoded) }
}

@Suite struct HTTPResponseParserTests {
  private static let answers = [
    "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;x=y\r\nllo\r\n0\r\nTrailer: 1\r\n\r\n",
    "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
    "HTTP/1.0 200 OK\nContent-Length: 5\n\nhello",
  ]

  @Test(arguments: answers) func anyCutGivesTheSameAnswer(text: String) throws {
    let bytes = Array(text.utf8)
    for cut in 0...bytes.count {
      var parser = HTTPResponseParser(limit: 100)
      try parser.feed(Array(bytes[..<cut]))
      try parser.feed(Array(bytes[cut...]))
      #expect(parser.isComplete)
      #expect(parser.response.status == 200)
      #expect(parser.response.body == Array("hello".utf8))
    }
    var parser = HTTPResponseParser(limit: 100)
    for byte in bytes { try parser.feed([byte]) }
    #expect(parser.response.body == Array("hello".utf8))
  }

  @Test func aBodyWithoutLengthEndsWithTheConnection() throws {
    var parser = HTTPResponseParser(limit: 100)
    try parser.feed(Array("HTTP/1.1 200 OK\r\n\r\nhel".utf8))
    try parser.feed(Array("lo".utf8))
    #expect(!parser.isComplete)
    try parser.finish()
    #expect(parser.response.body == Array("hello".utf8))
  }

  @Test(arguments: [
    "", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nhel",
    "HTTP/1.1 200 OK\r\nContent-Le",
  ]) func anAnswerThatBreaksOffIsToldSo(text: String) throws {
    var parser = HTTPResponseParser(limit: 100)
    try parser.feed(Array(text.utf8))
    #expect(throws: HTTPFailure.self) { try parser.finish() }
  }

  @Test(arguments: [
    "SSH-2.0-OpenSSH\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -4\r\n\r\n",
    "HTTP/1.1 200 OK\r\nContent-Length: 101\r\n\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffff\r\n",
    "HTTP/1.1 200 OK\r\n\r\n" + String(repeating: "x", count: 101),
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n",
    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffffffff\r\n",
  ]) func whatIsNoAnswerIsRefused(text: String) {
    var parser = HTTPResponseParser(limit: 100)
    #expect(throws: HTTPFailure.self) { try parser.feed(Array(text.utf8)) }
  }

  @Test func curlsAnswersAreTakenAsTheyStand() throws {
    var parser = HTTPResponseParser(limit: 100, framing: .decoded)
    let text = "HTTP/1.1 200 Connection established\r\n\r\nHTTP/2 200\r\ntransfer-encoding: chunked\r\n\r\nhello"
    try parser.feed(Array(text.utf8))
    try parser.finish()
    #expect(parser.response.body == Array("hello".utf8))
  }

  @Test func curlsConfigurationQuotesWhatItIsGiven() throws {
    let transport = CurlTransport(address: try HTTPAddress("https://h/p"), limits: HTTPLimits())
    let request = HTTPRequest(path: "/p/q", query: [("a", "b")], headers: [("Authorization", "Bearer \"x\\y\"")])
    let text = transport.configuration(for: request)
    #expect(text.contains("url = \"https://h:443/p/q?a=b\"\n"))
    #expect(text.contains("header = \"Authorization: Bearer \\\"x\\\\y\\\"\"\n"))
    let problem = CurlTransport.problem(in: "curl: (6) Could not resolve host: h\n", seconds: 1)
    #expect(problem == .broken("could not resolve host: h"))
    #expect(CurlTransport.problem(in: "curl: (28) Operation timed out", seconds: 3) == .timedOut(seconds: 3))
  }
}
