import Platform

/// The headers that a server wants, put together anew for each request so that a rotated token is picked up.
struct Credentials: Sendable {
  var configuration: MetricServerConfiguration
  /// `user:password` from the address.
  var fromAddress: String?

  /// The header lines; secrets are read from their files now.
  func headers() throws(MetricError) -> [(name: String, value: String)] {
    var result = configuration.headers
    if let file = configuration.headersFile {
      for line in try text(of: file).split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
        guard let colon = line.firstIndex(of: ":") else {
          throw .configuration(reason: "\(file): a line is no \"Name: value\"")
        }
        result.append((String(line[..<colon]), Self.trimmed(line[line.index(after: colon)...])))
      }
    }
    if let file = configuration.bearerFile {
      result.append(("Authorization", "Bearer " + Self.trimmed(try text(of: file)[...])))
    } else if let file = configuration.basicFile {
      result.append(("Authorization", Self.basic(Self.trimmed(try text(of: file)[...]))))
    } else if let fromAddress {
      result.append(("Authorization", Self.basic(fromAddress)))
    }
    for header in result where !HTTPText.isSafe(name: header.name, value: header.value) {
      throw .configuration(reason: "the header \(header.name) has a character that no header can have")
    }
    return result
  }

  private func text(of file: String) throws(MetricError) -> String {
    do {
      return String(decoding: try SecretFile.read(file), as: UTF8.self)
    } catch {
      throw .configuration(reason: error.reason)
    }
  }

  private static func basic(_ text: String) -> String { "Basic " + HTTPText.base64(Array(text.utf8)) }

  private static func trimmed(_ text: Substring) -> String {
    var rest = text.drop(while: \.isWhitespace)
    while let last = rest.last, last.isWhitespace { rest.removeLast() }
    return String(rest)
  }
}
