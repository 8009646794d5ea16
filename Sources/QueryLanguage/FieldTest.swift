import Records

/// A test of a record's own field: it passes if any of its values does, or (inverted) if it is there and none does.
public final class FieldTest: Sendable {
  /// The field.
  public let path: FieldPath
  let test: ValueTest
  /// The elements of the field, of their elements, and so on, for values that are arrays.
  private let elements: [FieldPath]
  /// Where written numbers must lie to pass; nil if other values pass too, or if that is not known.
  private let numbers: NumberWindow?

  init(path: String, test: ValueTest) {
    self.path = FieldPath(path)
    self.test = test
    numbers = test.numberWindow
    elements = (1...4).map { FieldPath(path + String(repeating: "[]", count: $0)) }
  }

  /// What every record that passes has in its bytes, in a file read by `reader`; nil where nothing is known.
  public func trace(in reader: RecordReader) -> FieldTrace? { FieldTrace(path, in: reader, numbers: numbers) }

  /// Whether the value alone decides so much that looking for the field's name is worth more than looking for the value.
  public var asksForNumber: Bool { numbers != nil }

  /// What decides quickly about most records of a file read by `reader`; nil where nothing does.
  public func number(in reader: RecordReader) -> MemberNumber? {
    guard let numbers, let sure = test.sureWindow(numbers) else { return nil }
    return MemberNumber(path, in: reader, possible: numbers, sure: sure)
  }

  /// Whether the record passes.
  public func matches(_ record: RecordContext) -> Bool {
    guard record.mayHaveField(of: self) else { return false }
    var outcome = Outcome()
    look(at: path, in: record, &outcome)
    if outcome.hasArray, !outcome.holds { lookAtElements(in: record, &outcome) }
    return outcome.isThere && outcome.holds != test.isInverted
  }

  @inline(never) private func lookAtElements(in record: RecordContext, _ outcome: inout Outcome) {
    for element in elements where outcome.hasArray && !outcome.holds {
      outcome.hasArray = false
      look(at: element, in: record, &outcome)
    }
  }

  private struct Outcome {
    var isThere = false
    var hasArray = false
    var holds = false
  }

  private func look(at path: FieldPath, in record: RecordContext, _ outcome: inout Outcome) {
    record.forEachValue(of: path) { value in
      switch value.kind {
      case .null: return true
      case .array:
        outcome.isThere = true
        if case .anything = test.condition { outcome.holds = true } else { outcome.hasArray = true }
      default:
        outcome.isThere = true
        outcome.holds = test.holds(value)
      }
      return !outcome.holds
    }
  }
}

extension RecordContext {
  /// Gives every value of a field to `body` until it returns false; from the reading where there is one already. A field that a stage
  /// of a pipeline has computed stands in place of the record's own.
  ///
  /// With `name`, where `FieldTrace` found the name first, values after the first that is not null may be left out.
  public func forEachValue(of path: FieldPath, name: Int? = nil, _ body: (FieldValue) -> Bool) {
    if !computed.isEmpty, giveComputed(path, body) { return }
    guard let fields = fieldsIfAny else {
      if bytes.count <= RecordReader.reach {
        reader.forEachValue(of: path, inUnchanging: stable, name: name, body)
      } else {
        reader.forEachValue(of: path, in: bytes, body)
      }
      return
    }
    for field in fields where path.matches(field.path) {
      let span = field.valueSpan.clamped(to: 0..<bytes.count)
      let part = UnsafeRawBufferPointer(rebasing: copy[span])
      if !body(FieldValue(bytes: part, kind: field.kind, encoding: field.encoding)) { return }
    }
  }

  /// Whether the field was computed.
  @inline(never) private func giveComputed(_ path: FieldPath, _ body: (FieldValue) -> Bool) -> Bool {
    guard let field = computed.last(where: { path.matches($0.path) }) else { return false }
    field.value?.withUnsafeBytes { _ = body(FieldValue(bytes: $0, kind: field.kind, encoding: .plain)) }
    return true
  }
}
