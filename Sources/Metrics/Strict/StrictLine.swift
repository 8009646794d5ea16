import Series

/// One line of OpenMetrics, read by the letter of its grammar: single spaces, no more and no less.
struct StrictLine {
  struct Mistake: Error {
    var text: String
    /// The byte of the line that it is about; nil where the line as a whole does not fit those before it.
    var offset: Int?
    init(_ text: String, at offset: Int? = nil) {
      self.text = text
      self.offset = offset
    }
  }

  /// What a line says of a family.
  struct Metadata {
    var keyword: String
    var family: String
    var text: String
  }

  struct Sample {
    var name: String
    /// With the name, sorted.
    var labels: [Label]
    var value: Double
    var time: Double?
    var hasExemplar = false
    /// Where the value stands in the line.
    var valueOffset = 0

    func value(of label: String) -> String? { labels.first { $0.name == label }?.value }
  }

  private let bytes: UnsafeRawBufferPointer
  private var index = 0

  init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

  /// Whether the line is the last one.
  var isEnd: Bool { bytes.elementsEqual("# EOF".utf8) }

  /// `# TYPE family type` and its sisters.
  mutating func metadata() throws(Mistake) -> Metadata {
    try take("# ", "blank behind the #")
    let keyword = word()
    guard ["TYPE", "HELP", "UNIT"].contains(keyword) else {
      throw Mistake("a comment that is no TYPE, HELP, UNIT or EOF", at: 0)
    }
    try take(" ", "name behind \(keyword)")
    let family = try name(allowsColon: true)
    try take(" ", "text for the \(keyword) of \(family)")
    let rest = String(decoding: UnsafeRawBufferPointer(rebasing: bytes[index...]), as: UTF8.self)
    switch keyword {
    case "TYPE":
      guard OpenMetricsFamilies.suffixes[rest] != nil else { throw mistake("no type \(rest)") }
    case "UNIT":
      guard !rest.isEmpty, family.hasSuffix("_" + rest) else { throw mistake("\(family) does not end in its unit") }
    default: break
    }
    return Metadata(keyword: keyword, family: family, text: rest)
  }

  /// `name{labels} value timestamp # {labels} value timestamp`
  mutating func sample() throws(Mistake) -> Sample {
    let name = try name(allowsColon: true)
    var labels: [Label] = []
    if peek == UInt8(ascii: "{") { labels = try self.labels() }
    labels.append(Label(name: "__name__", value: name))
    try take(" ", "value")
    let valueOffset = index
    var result = Sample(name: name, labels: labels.sorted { $0.name < $1.name }, value: try number())
    result.valueOffset = valueOffset
    if index < bytes.count, !startsExemplar {
      try take(" ", "timestamp")
      result.time = try time()
    }
    if startsExemplar {
      index += 3
      _ = try self.labels()
      try take(" ", "value of the exemplar")
      _ = try number()
      if index < bytes.count {
        try take(" ", "timestamp of the exemplar")
        _ = try time()
      }
      result.hasExemplar = true
    }
    guard index == bytes.count else { throw mistake("more than a sample") }
    return result
  }

  /// A mistake where reading stands.
  private func mistake(_ text: String) -> Mistake { Mistake(text, at: index) }

  private var peek: UInt8? { index < bytes.count ? bytes[index] : nil }

  private var startsExemplar: Bool { bytes[index...].starts(with: " # {".utf8) }

  private mutating func take(_ text: String, _ what: String) throws(Mistake) {
    guard bytes[index...].starts(with: text.utf8) else { throw mistake("no \(what) where it should be") }
    index += text.utf8.count
  }

  private mutating func word() -> String {
    let start = index
    while let byte = peek, byte != 32 { index += 1 }
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
  }

  private mutating func name(allowsColon: Bool) throws(Mistake) -> String {
    let start = index
    while let byte = peek, Self.isNamePart(byte, isFirst: index == start, allowsColon: allowsColon) { index += 1 }
    guard index > start else { throw mistake("no name where it should be") }
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[start..<index]), as: UTF8.self)
  }

  private static func isNamePart(_ byte: UInt8, isFirst: Bool, allowsColon: Bool) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte) || byte == 95 || (allowsColon && byte == 58)
      || (!isFirst && (48...57).contains(byte))
  }

  private mutating func labels() throws(Mistake) -> [Label] {
    try take("{", "labels")
    var result: [Label] = []
    while peek != UInt8(ascii: "}") {
      if !result.isEmpty { try take(",", "comma between labels") }
      let start = index
      let name = try name(allowsColon: false)
      try take("=\"", "value of the label \(name)")
      if result.contains(where: { $0.name == name }) { throw Mistake("the label \(name) twice", at: start) }
      result.append(Label(name: name, value: try rest(ofLabel: name)))
    }
    index += 1
    return result
  }

  private mutating func rest(ofLabel name: String) throws(Mistake) -> String {
    var value: [UInt8] = []
    while let byte = peek {
      index += 1
      if byte == UInt8(ascii: "\"") { return String(decoding: value, as: UTF8.self) }
      guard byte == UInt8(ascii: "\\"), let next = peek else {
        value.append(byte)
        continue
      }
      index += 1
      switch next {
      case UInt8(ascii: "n"): value.append(10)
      case UInt8(ascii: "\\"), UInt8(ascii: "\""): value.append(next)
      default: value += [byte, next]
      }
    }
    throw mistake("the label \(name) does not end")
  }

  private mutating func number() throws(Mistake) -> Double {
    let start = index
    let text = word()
    let value = Array(text.utf8).withUnsafeBytes { DecimalNumber.value(of: $0) }
    guard let value else { throw Mistake(text.isEmpty ? "no value" : "\(text) is no number", at: start) }
    return value
  }

  private mutating func time() throws(Mistake) -> Double {
    let start = index
    let value = try number()
    guard value.isFinite else { throw Mistake("a timestamp must be finite", at: start) }
    return value
  }

  /// Whether name, label names and escapes of a tolerantly read line of Prometheus text are those that it allows.
  static func areLabelsSound(_ line: ExpositionLine) -> Bool {
    var index = line.name.lowerBound
    for place in line.name {
      guard isNamePart(line.bytes[place], isFirst: place == index, allowsColon: true) else { return false }
    }
    guard let range = line.labels else { return !line.name.isEmpty }
    guard let labels = line.readLabels() else { return false }
    let areNamed = labels.allSatisfy { label in
      label.name.utf8.enumerated().allSatisfy { isNamePart($1, isFirst: $0 == 0, allowsColon: false) }
    }
    index = range.lowerBound
    while index < range.upperBound {
      if line.bytes[index] == UInt8(ascii: "\\") {
        guard index + 1 < range.upperBound, "\\\"n".utf8.contains(line.bytes[index + 1]) else { return false }
        index += 1
      }
      index += 1
    }
    return areNamed && Set(labels.map(\.name)).count == labels.count
  }
}
