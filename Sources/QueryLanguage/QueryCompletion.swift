/// Something that Tab could put into the filter bar.
public struct Completion: Hashable, Sendable {
  /// What is inserted.
  public var text: String
  /// What it replaces, in UTF-8 offsets.
  public var range: Range<Int>
  /// What is said of it; empty if the text says it.
  public var detail: String

  /// Makes a completion.
  public init(text: String, range: Range<Int>, detail: String = "") {
    self.text = text
    self.range = range
    self.detail = detail
  }
}

/// Completes field names, values, levels, keywords and saved filters, and in pipelines stages, functions and columns.
public enum QueryCompletion {
  /// The completions at the UTF-8 offset `cursor`, the best first.
  ///
  /// `fields` are paths of fields seen, the most frequent first; `values` gives values seen of a field (also of `source`
  /// and `format`), the most frequent first.
  public static func completions(
    _ query: String, cursor: Int, fields: [String], savedFilters: [String] = [],
    values: (_ field: String) -> [String] = { _ in [] }
  ) -> [Completion] {
    let bytes = Array(query.utf8.prefix(max(0, cursor)))
    if let stage = StageCompletion(String(decoding: bytes, as: UTF8.self)) {
      switch stage.place(fields: fields) {
      case .words(let candidates, let start):
        return ranked(candidates, String(decoding: bytes[start...], as: UTF8.self), start..<bytes.count)
      case .filter(let start):
        let test = String(decoding: bytes[start...], as: UTF8.self)
        return completions(
          test, cursor: test.utf8.count, fields: fields, savedFilters: savedFilters, values: values
        ).map { Completion(text: $0.text, range: $0.range.lowerBound + start..<bytes.count, detail: $0.detail) }
      }
    }
    guard let place = Place(bytes) else { return [] }
    let range = place.start..<bytes.count
    let typed = String(decoding: bytes[range], as: UTF8.self)
    switch place.kind {
    case .saved:
      return ranked(savedFilters.map { ("@" + $0, "saved filter") }, typed, range)
    case .value(let field):
      return ranked(self.values(of: field, values), typed, range)
    case .term:
      let builtIn = BuiltInField.allCases.map { ($0.rawValue, $0.summary) }
      let own = fields.map { (QueryRefinement.fieldName(ofPath: $0), "") }
      let isFirst = bytes[..<place.start].allSatisfy(\.isQuerySpace)
      let keywords = isFirst ? [("not", "leaves out")] : [("and", "both"), ("or", "either"), ("not", "leaves out")]
      return typed.isEmpty ? ranked(own + builtIn, typed, range) : ranked(own + builtIn + keywords, typed, range)
    }
  }

  private static func values(of field: FieldName, _ seen: (String) -> [String]) -> [(String, String)] {
    switch field.builtIn {
    case .level: return LevelName.ordered.reversed().map { ($0, "") }
    case .time:
      return [
        ("-15m", "15 minutes ago"), ("-1h", "an hour ago"), ("-1d", "a day ago"), ("today", ""), ("yesterday", ""),
        ("now", ""),
      ]
    default:
      let name = field.builtIn?.rawValue ?? field.path
      return seen(name).map { (QueryPrinter.value(QueryRefinement.literal($0, kind: .number)), "") }
    }
  }

  /// Those that begin with what was typed, then those that contain it; what is complete already is left out.
  private static func ranked(_ candidates: [(String, String)], _ typed: String, _ range: Range<Int>) -> [Completion] {
    let typed = typed.lowercased()
    var seen: Set<String> = []
    let unique = candidates.filter { seen.insert($0.0).inserted && $0.0 != typed }
    let first = unique.filter { $0.0.lowercased().hasPrefix(typed) }
    let second = unique.filter { !$0.0.lowercased().hasPrefix(typed) && $0.0.lowercased().contains(typed) }
    return (first + second).map { Completion(text: $0.0, range: range, detail: $0.1) }
  }

  /// Where the cursor stands.
  private struct Place {
    enum Kind {
      case term
      case saved
      case value(FieldName)
    }

    var kind: Kind
    /// Where the word at the cursor begins.
    var start: Int

    /// Nil inside quotes and behind a `|`.
    init?(_ bytes: [UInt8]) {
      var quote: UInt8?
      var opens: [Int] = []
      var start = 0
      var index = 0
      while index < bytes.count {
        let byte = bytes[index]
        if let open = quote {
          if byte == UInt8(ascii: "\\") { index += 1 } else if byte == open { quote = nil }
        } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
          quote = byte
        } else if byte == UInt8(ascii: "(") {
          opens.append(index)
          start = index + 1
        } else if byte == UInt8(ascii: ")") {
          opens = opens.dropLast()
          start = index + 1
        } else if byte.isQuerySpace || byte == UInt8(ascii: ",") {
          start = index + 1
        } else if byte == UInt8(ascii: "|") {
          guard index + 1 < bytes.count, bytes[index + 1] == byte else { return nil }
          index += 1
          start = index + 1
        }
        index += 1
      }
      guard quote == nil else { return nil }
      start = min(start, bytes.count)
      if let field = opens.last.flatMap({ Self.field(before: $0, in: bytes, isList: true) })
        ?? Self.field(before: start, in: bytes, isList: false)
      {
        self.init(kind: .value(field), start: start)
        return
      }
      while start < bytes.count, bytes[start] == UInt8(ascii: "-") || bytes[start] == UInt8(ascii: "!") { start += 1 }
      self.init(term: bytes, start: start)
    }

    private init(kind: Kind, start: Int) {
      self.kind = kind
      self.start = start
    }

    private init(term bytes: [UInt8], start: Int) {
      var lexer = Lexer(String(decoding: bytes[start...], as: UTF8.self))
      if let name = try? lexer.fieldName(), let length = Self.signs.first(where: { lexer.has($0) })?.utf8CodeUnitCount {
        self.init(kind: .value(name), start: start + lexer.position + length)
      } else {
        self.init(kind: start < bytes.count && bytes[start] == UInt8(ascii: "@") ? .saved : .term, start: start)
      }
    }

    private static let signs: [StaticString] = ["!=", "!:", ">=", "<=", "==", ":", "=", ">", "<"]

    /// The field of `level:(` and `status in (`, or of `status >= `.
    private static func field(before end: Int, in bytes: [UInt8], isList: Bool) -> FieldName? {
      var words = String(decoding: bytes[..<end], as: UTF8.self).split { $0 == " " || $0 == "(" }.map(String.init)[...]
      guard let last = words.popLast() else { return nil }
      if isList, last.hasSuffix(":") { return name(String(last.dropLast())) }
      if isList {
        guard last.isWord("in"), var previous = words.popLast() else { return nil }
        if previous.isWord("not"), let before = words.popLast() { previous = before }
        return name(previous)
      }
      guard ["=", "!=", ">", ">=", "<", "<=", "=="].contains(last), let previous = words.popLast() else { return nil }
      return name(previous)
    }

    private static func name(_ text: String) -> FieldName? {
      var lexer = Lexer(String(text.drop { $0 == "-" }))
      guard let name = try? lexer.fieldName(), lexer.isAtEnd else { return nil }
      return name
    }
  }
}
