/// A request to a metric server.
struct HTTPRequest: Sendable {
  /// Path and query, already encoded.
  var target: String
  /// Header lines in order; values hold no line ends.
  var headers: [(name: String, value: String)]
  /// The form of a POST; nil for a GET.
  var form: String?

  /// Expressions are sent in the address while it stays short (what caches and read-only proxies like), else as a form.
  init(path: String, query: [(name: String, value: String)], headers: [(name: String, value: String)]) {
    let form = query.map { "\(HTTPText.encoded($0.name))=\(HTTPText.encoded($0.value))" }.joined(separator: "&")
    self.headers = headers
    if form.isEmpty {
      target = path
    } else if form.utf8.count <= 4000 {
      target = path + "?" + form
    } else {
      target = path
      self.form = form
    }
  }

  /// The bytes of the request as HTTP/1.1 has them.
  func bytes(host: String) -> [UInt8] {
    var text = "\(form == nil ? "GET" : "POST") \(target) HTTP/1.1\r\nHost: \(host)\r\nConnection: close\r\n"
    text += "Accept: application/json\r\nUser-Agent: chiplog\r\n"
    for header in headers { text += "\(header.name): \(header.value)\r\n" }
    if let form {
      text += "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: \(form.utf8.count)\r\n"
    }
    return Array((text + "\r\n" + (form ?? "")).utf8)
  }
}

/// An answer with its whole body.
struct HTTPResponse: Hashable, Sendable {
  var status = 0
  /// Names are in lower case.
  var headers: [String: String] = [:]
  var body: [UInt8] = []

  /// The media type without parameters, in lower case.
  var mediaType: String {
    let value = headers["content-type"] ?? ""
    return String(value.prefix { $0 != ";" && $0 != " " }).lowercased()
  }
}

/// Why there is no answer.
enum HTTPFailure: Error, Hashable, Sendable {
  /// The reason in words: no connection, an answer that breaks off, one that is no HTTP.
  case broken(String)
  case timedOut(seconds: Double)
  case tooLarge(limit: Int)
  case cancelled
}

/// Small texts of HTTP.
enum HTTPText {
  /// `text` as a form or query value (RFC 3986: all but unreserved characters in percent).
  static func encoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var result: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case 48...57, 65...90, 97...122, 45, 46, 95, 126: result.append(byte)
      default: result += [37, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// `bytes` in base 64 (RFC 4648).
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var result: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let rest = min(3, bytes.count - start)
      var word = 0
      for offset in 0..<3 { word = word << 8 | (offset < rest ? Int(bytes[start + offset]) : 0) }
      for place in 0..<4 { result.append(place <= rest ? alphabet[word >> (18 - 6 * place) & 63] : 61) }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether a header can be sent without becoming two.
  static func isSafe(name: String, value: String) -> Bool {
    let letters = name.utf8.allSatisfy { byte in
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 45 || byte == 95
    }
    return letters && !name.isEmpty && value.utf8.allSatisfy { $0 == 9 || ($0 >= 32 && $0 != 127) }
  }
}
