/// What one panel shows: an expression, where it is asked, and how its values read.
///
///     try PanelSpecification(parsing: #"5xx: sum(rate(http_requests_total{code=~"5.."}[1m]))"#).title     // "5xx"
public struct PanelSpecification: Hashable, Sendable {
  /// The panel's name on the screen; as given, else the expression itself.
  public var title: String
  /// The name of the metric source that answers; nil for the first one.
  public var source: String?
  /// The PromQL expression, or a query of the logs.
  public var expression: String
  /// The unit as written in the configuration; nil to infer it.
  public var unit: String?
  /// The value at which the sparkline is full; nil for the greatest value shown. Takes no part in `==`, as `look`.
  public var maximum: Double?
  /// The value at which the sparkline is empty; nil for zero, or the least value shown where that is below.
  public var minimum: Double?
  /// The value from which the panel warns.
  public var warn: Double?
  /// The value from which the panel shows an error.
  public var error: Double?
  /// How it is drawn; takes no part in `==`, so that whoever holds its data finds it again.
  public var look = PanelLook()

  /// Makes a specification; an empty title becomes the expression.
  public init(
    title: String = "", source: String? = nil, expression: String, unit: String? = nil, maximum: Double? = nil,
    minimum: Double? = nil, warn: Double? = nil, error: Double? = nil
  ) {
    self.title = title.isEmpty ? expression : title
    self.source = source
    self.expression = expression
    self.unit = unit
    self.maximum = maximum
    self.minimum = minimum
    self.warn = warn
    self.error = error
  }

  /// Whether both ask the same and mean the same by it, however they are drawn.
  public static func == (left: PanelSpecification, right: PanelSpecification) -> Bool {
    left.title == right.title && left.source == right.source && left.expression == right.expression
      && left.unit == right.unit && left.warn == right.warn && left.error == right.error
  }

  /// Hashes what tells panels apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(title)
    hasher.combine(source)
    hasher.combine(expression)
  }

  /// Reads the text of `--panel` or of a panel in the configuration: `[TITLE: ]PROMQL`.
  ///
  /// A title ends at the first `: ` and holds none of `{}()[]"`; a recording rule's colons have no space behind.
  ///
  /// - Throws: `PanelTextError` if there is no expression.
  public init(parsing text: String) throws(PanelTextError) {
    let bytes = Array(text.utf8)
    var title = ""
    var expression = Self.trimmed(bytes[...])
    for index in bytes.indices {
      if "{}()[]\"'`".utf8.contains(bytes[index]) { break }
      guard bytes[index] == UInt8(ascii: ":") else { continue }
      let rest = bytes[(index + 1)...]
      if let next = rest.first, next != UInt8(ascii: " "), next != UInt8(ascii: "\t") { continue }
      let head = Self.trimmed(bytes[..<index])
      if head.isEmpty { break }
      title = head
      expression = Self.trimmed(rest)
      break
    }
    if expression.isEmpty {
      throw PanelTextError(
        message: title.isEmpty ? "a panel needs an expression" : "the panel \"\(title)\" has no expression",
        offset: bytes.count)
    }
    self.init(title: title, expression: expression)
  }

  /// Whether the logs are asked, rather than a metric source: the expression has a pipeline, `level>=error | count`. PromQL has
  /// no `|` outside of quotes.
  public var asksLogs: Bool {
    var quote: UInt8?
    var isEscaped = false
    for byte in expression.utf8 {
      if isEscaped {
        isEscaped = false
      } else if byte == UInt8(ascii: "\\"), quote != nil, quote != UInt8(ascii: "`") {
        isEscaped = true
      } else if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`") {
        quote = byte
      } else if byte == UInt8(ascii: "|") {
        return true
      }
    }
    return false
  }

  /// The text that `init(parsing:)` reads back to the same title and expression.
  public var text: String { title == expression ? expression : "\(title): \(expression)" }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> String {
    let isBlank = { (byte: UInt8) in byte == 32 || (9...13).contains(byte) }
    let rest = bytes.drop(while: isBlank)
    let end = rest.lastIndex { !isBlank($0) }.map { $0 + 1 } ?? rest.startIndex
    return String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
  }
}

/// A panel text that cannot be read.
public struct PanelTextError: Error, Hashable, Sendable {
  /// What is wrong, in words.
  public var message: String
  /// Where, in UTF-8 bytes from the beginning of the text.
  public var offset: Int
}
