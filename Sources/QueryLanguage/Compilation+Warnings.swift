extension Compilation {
  /// Warns of a field that no record seen so far has.
  mutating func warnIfUnknown(_ test: Test, at range: Range<Int>) {
    let path = test.field.path
    guard !context.knownFields.isEmpty, !isKnown(path) else { return }
    let names = context.knownFields.union(BuiltInField.allCases.map(\.rawValue)).sorted()
    let meant = Suggestion.nearest(to: path, among: names)
    let listed = context.knownFields.sorted().prefix(8).joined(separator: " ")
    let more = context.knownFields.count > 8 ? " ..." : ""
    var warning = Diagnostic(
      "no record has a field \"\(path)\"", range: savedRange ?? test.field.range,
      help: (meant.map { "did you mean \"\($0)\"? " } ?? "to search the text, quote it; ") + "fields: \(listed)\(more)",
      severity: .warning)
    if savedRange == nil {
      let bytes = Array(text.utf8)
      let written = String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
      warning.repair =
        meant.map { .init(range: test.field.range, replacement: $0) }
        ?? .init(range: range, replacement: QueryPrinter.quoted(written))
    }
    warnings.append(warning)
  }

  /// Whether a field of that path was seen, or one inside it; indices do not count.
  private func isKnown(_ path: String) -> Bool {
    if context.knownFields.contains(path) { return true }
    let path = path.withoutIndices
    return context.knownFields.contains { known in
      let known = known.withoutIndices
      return known.hasPrefix(path)
        && (known.utf8.count == path.utf8.count || ".[".contains(known.dropFirst(path.count).first ?? " "))
    }
  }

  /// Warns of a unit that the field does not have, and notes the fields whose units nobody knows.
  mutating func warnOfUnits(_ test: Test) {
    guard let literal = test.operand.literals.first(where: { $0.quantity.map { $0.dimension != .none } ?? false }),
      let quantity = literal.quantity
    else { return }
    let path = test.field.path
    if let unit = test.field.unit {
      guard unit.dimension != quantity.dimension else { return }
      warnings.append(
        Diagnostic(
          "\"\(path)\" is a \(unit.dimension.noun), \(literal.plainText ?? "") is a \(quantity.dimension.noun)",
          range: savedRange ?? literal.range, help: "nothing matches; use a unit such as \(unit.name)",
          severity: .warning))
      return
    }
    let field = FieldTest(path: path, test: ValueTest(.hasUnknownUnit))
    unitDoubts.append(
      CompiledFilter.UnitDoubt(
        field: path, predicate: .leaf(Leaf(key: "unit of \(path)", kind: .field(field))),
        range: savedRange ?? test.field.range, unit: quantity.dimension == .time ? "s" : "B"))
  }
}

extension Compilation {
  /// Warns of `duration>250 ms`, where `ms` is a word to search for.
  mutating func warnOfLooseUnits(_ parts: [Node]) {
    guard savedRange == nil else { return }
    for (part, next) in zip(parts, parts.dropFirst()) {
      guard case .test(let test) = part.kind, let value = test.operand.literals.last, case .text(let word) = next.kind,
        value.quantity?.dimension == Dimension.none, let name = word.bareText, let unit = Unit.named(name),
        unit.dimension != .none
      else { continue }
      let gap = value.range.upperBound..<max(value.range.upperBound, word.range.lowerBound)
      warnings.append(
        Diagnostic(
          "\"\(name)\" is searched for as a word", range: word.range,
          help: "a unit touches its number: \(value.plainText ?? "")\(name)", severity: .warning,
          repair: .init(range: gap, replacement: "")))
    }
  }

  /// Warns of `status=5xx`, which is the text 5xx.
  mutating func warnOfFamily(_ test: Test) {
    guard test.comparison == .equal || test.comparison == .notEqual, savedRange == nil,
      case .value(let literal) = test.operand, let text = literal.bareText, ContainedValue.family(text) != nil
    else { return }
    let start = test.field.range.upperBound
    let sign = test.comparison == .equal ? ":" : "!:"
    warnings.append(
      Diagnostic(
        "\(test.comparison.rawValue) compares with the text \(text)", range: literal.range,
        help: "for all such numbers write \(QueryPrinter.print(test.field))\(sign)\(text)", severity: .warning,
        repair: .init(range: start..<max(start, literal.range.lowerBound), replacement: sign)))
  }
}

extension Literal {
  /// The literal as a number; nil if it is text.
  var quantity: Quantity? { bareText.flatMap { Quantity($0) } }
}

extension Dimension {
  fileprivate var noun: String {
    switch self {
    case .none: "number"
    case .time: "duration"
    case .size: "size"
    }
  }
}

extension String {
  /// A path without `[...]`.
  fileprivate var withoutIndices: String {
    var result = ""
    var depth = 0
    for character in self {
      if character == "[" { depth += 1 }
      if depth == 0 { result.append(character) }
      if character == "]", depth > 0 { depth -= 1 }
    }
    return result
  }
}
