import QueryLanguage
import Quantities
import Records

/// The fields that a pipeline asks of each record, each read once and kept until the next record.
///
/// A slot says what is needed of a field: its text for keys, its number for sums. Nothing is allocated for a record: texts go
/// into one buffer.
struct FieldSlots: Sendable {
  /// What is asked of one field.
  struct Request: Hashable, Sendable {
    var field: FieldName
    var needsText = false
    var needsNumber = false
  }

  /// What a record says.
  struct Reading: Sendable {
    var isThere = false
    /// Whether the log wrote it as a number.
    var isNumber = false
    var isBoolean = false
    /// Where the text lies in `text`.
    var range = 0..<0
    /// The number, if it was asked for and there is one.
    var quantity: Quantity?
    /// The level, the instant: for the built-in fields.
    var level: Level?
    var stamp: Timestamp?
  }

  /// An object, so that using it counts one reference and not each of those inside of it.
  private final class Slot: Sendable {
    let request: Request
    let builtIn: BuiltInField?
    let path: FieldPath
    let numbers: FieldNumbers

    init(_ request: Request) {
      self.request = request
      builtIn = request.field.builtIn
      path = FieldPath(request.field.path)
      numbers = FieldNumbers(request.field)
    }
  }

  private let slots: [Slot]
  /// By slot.
  private(set) var readings: [Reading]
  /// What each field leaves in the bytes of a record, in the file of the context with this identity; nil where that is not known.
  private var traces: [FieldTrace?] = []
  private var traced = -1
  /// The texts of the readings, one after the other.
  private(set) var text: [UInt8] = []

  /// The values that `readEach` found last.
  private var elements: [Reading] = []
  /// Elements of an array of which the rest is not looked at.
  private static let elementLimit = 1000

  /// Bytes of a text of which the rest is not looked at: keys are names, not documents.
  static let textLimit = 1024

  init(_ requests: [Request]) {
    slots = requests.map(Slot.init)
    readings = requests.map { _ in Reading() }
  }

  /// The bytes of a reading's text.
  func bytes(_ slot: Int) -> ArraySlice<UInt8> { text[readings[slot].range] }

  /// Appends the bytes of a reading's text.
  func append(_ slot: Int, to bytes: inout [UInt8]) {
    let range = readings[slot].range
    text.withUnsafeBufferPointer { bytes.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// Reads all fields of a record.
  mutating func read(_ record: PipelineRecord) {
    text.removeAll(keepingCapacity: true)
    if record.context.identity != traced { learn(record.context) }
    for number in slots.indices {
      readings[number] = Reading()
      if slots[number].builtIn == nil { readField(number, record.context) } else { readBuiltIn(number, record.context) }
    }
  }

  private mutating func learn(_ record: RecordContext) {
    traced = record.identity
    traces = slots.map {
      $0.builtIn == nil ? FieldTrace($0.path, in: record.reader, numbers: nil, seesRequests: true) : nil
    }
  }

  private mutating func readField(_ number: Int, _ record: RecordContext) {
    // To look for a name costs a fraction of reading all that stands before it.
    var name: Int?
    if record.computed.isEmpty, let trace = traces[number] {
      switch trace.sighting(in: record.bytes) {
      case .none: return
      case .possible: break
      case .named(let place): name = place
      }
    }
    record.forEachValue(of: slots[number].path, name: name) { value in
      switch value.kind {
      case .null, .object: return true
      case .array, .string, .number, .boolean, .address, .identifier: break
      }
      take(value, number)
      return false
    }
  }

  /// Reads every value of a slot whose field names all elements of an array; how many there are. `choose` takes one of them.
  mutating func readEach(_ number: Int, _ record: PipelineRecord) -> Int {
    elements.removeAll(keepingCapacity: true)
    guard readings[number].isThere else { return 0 }
    record.context.forEachValue(of: slots[number].path) { value in
      if value.kind == .null || value.kind == .object { return true }
      readings[number] = Reading()
      take(value, number)
      elements.append(readings[number])
      return elements.count < Self.elementLimit
    }
    return elements.count
  }

  /// Makes one of the values that `readEach` found the reading of the slot.
  mutating func choose(_ element: Int, of number: Int) { readings[number] = elements[element] }

  private mutating func take(_ value: FieldValue, _ number: Int) {
    readings[number].isThere = true
    readings[number].isNumber = value.kind == .number
    readings[number].isBoolean = value.kind == .boolean
    if slots[number].request.needsNumber { readings[number].quantity = slots[number].numbers.quantity(of: value) }
    if slots[number].request.needsText {
      let start = text.count
      value.withText { text.append(contentsOf: $0.prefix(Self.textLimit)) }
      readings[number].range = start..<text.count
    }
  }

  private mutating func readBuiltIn(_ number: Int, _ record: RecordContext) {
    switch slots[number].builtIn {
    case .level:
      readings[number].level = record.level
      readings[number].isThere = readings[number].level != nil
    case .time:
      readings[number].stamp = record.stamp
      readings[number].isThere = readings[number].stamp != nil
    case .source: takeText(record.source, number)
    case .format: takeText(record.format, number)
    case .line:
      guard let line = record.line else { return }
      takeText(String(line), number)
      readings[number].isNumber = true
      readings[number].quantity = Quantity(String(line))
    case .raw: take(FieldValue(bytes: record.bytes, kind: .string, encoding: .plain), number)
    case .msg:
      let message = record.message
      if let bytes = message.bytes {
        take(FieldValue(bytes: bytes, kind: .string, encoding: message.encoding), number)
      }
    case nil: break
    }
  }

  private mutating func takeText(_ string: String, _ number: Int) {
    let start = text.count
    text.append(contentsOf: string.utf8)
    readings[number].range = start..<text.count
    readings[number].isThere = true
  }
}
