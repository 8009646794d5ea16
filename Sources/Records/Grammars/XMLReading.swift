import Quantities

/// One record of XML, over one line or many: an element with its attributes and the texts inside of it.
///
///     <log4j:event logger="shop.Pay" timestamp="1795355401250" level="ERROR" thread="main">
///       <log4j:message><![CDATA[payment failed]]></log4j:message>
///     </log4j:event>
///
/// Every attribute and every element that holds a text is a field: by its own name without its prefix, or by the name
/// that a `Name` or `name` beside it gives (`<Data Name='User'>`, `<log4j:data name="id" value="7"/>`, `<Provider
/// Name='Kernel'/>` is a `Provider`). No entity but the five of XML and characters by number is known, no DTD is read.
///
/// Sources: W3C, XML 1.0; log4j 1.2, `XMLLayout`; log4j 2, `XmlLayout`; java.util.logging, `XMLFormatter`; Windows, the
/// event schema (`http://schemas.microsoft.com/win/2004/08/events/event`); .NET, `XmlWriterTraceListener`.
struct XMLReading {
  /// One field of a record.
  struct Member {
    var name: Range<Int>
    var value: Range<Int>
    var isEncoded: Bool
  }

  /// How far into its first line an element may begin, after the end of the one before or the root.
  static let margin = 320

  let record: UnsafeRawBufferPointer
  let form: XMLForm
  private var index: Int
  private var depth = 0
  /// The element that has been opened and held no other yet.
  private var leaf: Range<Int>?
  /// Whether attributes come next, of the element `owner`.
  private var isInTag = false
  private var owner = 0..<0
  /// What an attribute says that the element's text or value is called.
  private var label: Range<Int>?
  /// Whether the record is over, and where.
  private(set) var end: Int?

  /// Reads the element that begins on the first line of `bytes`, which may hold more than that; nil if none does.
  init?(_ bytes: UnsafeRawBufferPointer, _ form: XMLForm) {
    guard let start = form.start(in: bytes.part(0..<min(bytes.firstLineEnd, Self.margin))) else { return nil }
    record = bytes
    self.form = form
    index = start
  }

  /// The next field; nil at the end of the record.
  mutating func next() -> Member? {
    while end == nil, index < record.count {
      if isInTag {
        if let member = attribute() { return member }
      } else if let member = content() {
        return member
      }
    }
    return nil
  }

  // MARK: Tags

  /// What stands at `index` inside of a tag: an attribute, which is given if it is a field, or the tag's end.
  private mutating func attribute() -> Member? {
    while index < record.count, record[index].isSpace { index += 1 }
    guard index < record.count else { return nil }
    switch record[index] {
    case UInt8(ascii: ">"):
      index += 1
      isInTag = false
      return nil
    case UInt8(ascii: "/"):
      index = (record.nextIndex(of: UInt8(ascii: ">"), from: index) ?? record.count - 1) + 1
      (isInTag, leaf) = (false, nil)
      close()
      return nil
    case UInt8(ascii: "<"):
      // A tag without an end.
      isInTag = false
      return nil
    default: break
    }
    let name = word()
    guard !name.isEmpty else {
      index += 1
      return nil
    }
    return value(of: name)
  }

  private mutating func value(of name: Range<Int>) -> Member? {
    var start = record.skippingBlanks(index)
    guard record.at(start) == UInt8(ascii: "=") else { return nil }
    start = record.skippingBlanks(start + 1)
    let quote = record.at(start)
    guard quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
      index = start
      return nil
    }
    let end = record.nextIndex(of: quote, from: start + 1) ?? record.count
    index = min(end + 1, record.count)
    let value = start + 1..<max(end, start + 1)
    let bytes = record.part(name)
    if bytes.has("xmlns", at: 0) { return nil }
    if bytes.count == 4, bytes.has("Name", at: 0) || bytes.has("name", at: 0) {
      if Self.isLabelled(record.part(local(owner))) {
        label = value
        return nil
      }
      return member(local(owner), value)
    }
    if let label, bytes.count == 5, bytes.has("value", at: 0) || bytes.has("Value", at: 0) {
      return member(label, value)
    }
    return member(local(name), value)
  }

  /// Elements whose `name` says what their value is called.
  private static func isLabelled(_ element: UnsafeRawBufferPointer) -> Bool {
    switch element.count {
    case 4: element.has("ata", at: 1)  // Data, data
    case 5: element.has("param", at: 0) || element.has("Param", at: 0) || element.has("entry", at: 0)
    case 8: element.has("property", at: 0) || element.has("Property", at: 0)
    default: false
    }
  }

  // MARK: Content

  /// What stands at `index` outside of tags: a text, which is given if it is a field, or the next tag.
  private mutating func content() -> Member? {
    let start = index
    guard let mark = record.nextIndex(of: UInt8(ascii: "<"), from: index) else {
      index = record.count
      return nil
    }
    index = mark + 1
    switch record.at(index) {
    case UInt8(ascii: "!"): return section(from: start, mark)
    case UInt8(ascii: "?"): index = after("?>", from: index)
    case UInt8(ascii: "/"):
      let member = leaf.flatMap { text($0, start..<mark) }
      index = (record.nextIndex(of: UInt8(ascii: ">"), from: index) ?? record.count - 1) + 1
      close()
      return member
    default: open()
    }
    return nil
  }

  private mutating func open() {
    let name = word()
    guard !name.isEmpty else { return }
    depth += 1
    (owner, leaf, label, isInTag) = (name, name, nil, true)
    // The calls of a trace are no fields of their record.
    if depth > 2, record.part(local(name)).elementsEqual("frame".utf8) {
      index = after("</frame>", from: index)
      (isInTag, leaf) = (false, nil)
      close()
    }
  }

  private mutating func close() {
    depth -= 1
    (leaf, label) = (nil, nil)
    if depth <= 0 { end = index }
  }

  /// A comment, which is left out, or characters that are no markup.
  private mutating func section(from start: Int, _ mark: Int) -> Member? {
    guard record.has("![CDATA[", at: index) else {
      index = after(record.has("!--", at: index) ? "-->" : ">", from: index)
      return nil
    }
    let first = index + 8
    index = after("]]>", from: first)
    let isComplete = index >= first + 3 && record.has("]]>", at: index - 3)
    guard let name = leaf else { return nil }
    leaf = nil
    return member(label ?? local(name), first..<(isComplete ? index - 3 : index), mayBeEncoded: false)
  }

  private func text(_ element: Range<Int>, _ range: Range<Int>) -> Member? {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, record[start].isSpace { start += 1 }
    while end > start, record[end - 1].isSpace { end -= 1 }
    return start < end ? member(label ?? local(element), start..<end) : nil
  }

  // MARK: Bytes

  private func member(_ name: Range<Int>, _ value: Range<Int>, mayBeEncoded: Bool = true) -> Member {
    Member(name: name, value: value, isEncoded: mayBeEncoded && record.part(value).contains(UInt8(ascii: "&")))
  }

  /// The name at `index`, which moves behind it.
  private mutating func word() -> Range<Int> {
    let start = index
    while index < record.count, XMLForm.isNameByte(record[index]) { index += 1 }
    return start..<index
  }

  /// A name without its prefix.
  private func local(_ name: Range<Int>) -> Range<Int> {
    record.firstIndex(of: UInt8(ascii: ":"), in: name).map { $0 + 1..<name.upperBound } ?? name
  }

  private func after(_ text: StaticString, from start: Int) -> Int {
    record.offset(of: text, from: min(start, record.count), within: record.count).map { $0 + text.utf8CodeUnitCount }
      ?? record.count
  }
}

/// Which elements of a file are its records.
struct XMLForm: Sendable, Equatable {
  /// The element's name, with its prefix.
  let tag: [UInt8]

  init(_ tag: [UInt8]) { self.tag = tag }

  /// Where the element begins in the first bytes of a line: at the margin, indented, or after other tags.
  func start(in line: UnsafeRawBufferPointer) -> Int? {
    var mark = line.skippingBlanks(0)
    guard line.at(mark) == UInt8(ascii: "<") else { return nil }
    while true {
      if isTag(line, mark + 1) { return mark }
      guard let next = line.nextIndex(of: UInt8(ascii: "<"), from: mark + 1) else { return nil }
      mark = next
    }
  }

  /// Where the element ends that begins on the first line of `bytes`, with its last tag; nil if that is not among them.
  func end(of bytes: UnsafeRawBufferPointer) -> Int? {
    guard let start = start(in: bytes.part(0..<min(bytes.firstLineEnd, XMLReading.margin))) else { return nil }
    var index = start + 1
    while let mark = bytes.nextIndex(of: UInt8(ascii: "/"), from: index) {
      index = mark + 1
      if bytes[mark - 1] == UInt8(ascii: "<"), isTag(bytes, index) {
        return bytes.nextIndex(of: UInt8(ascii: ">"), from: index).map { $0 + 1 }
      }
      // An element that is nothing but a tag: no other begins before its end.
      if bytes.at(index) == UInt8(ascii: ">"), bytes.firstIndex(of: UInt8(ascii: "<"), in: start + 1..<mark) == nil {
        return index + 1
      }
    }
    return nil
  }

  @inline(__always) private func isTag(_ bytes: UnsafeRawBufferPointer, _ start: Int) -> Bool {
    guard start + tag.count <= bytes.count, !Self.isNameByte(bytes.at(start + tag.count)) else { return false }
    for offset in 0..<tag.count where bytes[start + offset] != tag[offset] { return false }
    return true
  }

  static func isNameByte(_ byte: UInt8) -> Bool {
    byte.isWordByte || byte == UInt8(ascii: ":") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
      || byte >= 128
  }
}
