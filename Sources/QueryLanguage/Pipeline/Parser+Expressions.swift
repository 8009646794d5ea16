// `eval ms = took * 1000, slow = if(ms > 250, "yes", "no")`

extension Parser {
  mutating func evaluations(_ range: Range<Int>) throws(Diagnostic) -> [Stage.Kind] {
    var kinds: [Stage.Kind] = []
    repeat {
      lexer.skipSpace()
      let start = lexer.position
      guard let field = try columnName() else {
        throw missing("a name and an expression", after: "eval", range, example: "eval ms = took * 1000")
      }
      if field.builtIn != nil {
        throw Diagnostic(
          "\(lexer.text(field.range)) is a built-in field", range: field.range, help: "choose another name")
      }
      lexer.skipSpace()
      guard lexer.peek() == UInt8(ascii: "="), lexer.peek(1) != UInt8(ascii: "=") else {
        throw Diagnostic(
          "= is missing after the name", range: lexer.position..<lexer.position,
          help: "write eval \(lexer.text(start..<field.range.upperBound)) = expression")
      }
      lexer.position += 1
      lexer.note(.comparison, from: lexer.position - 1)
      kinds.append(.evaluate(field, try expression()))
    } while comma()
    return kinds
  }

  /// `sum = product { ("+" | "-") product }`; a minus between two blanks is one.
  mutating func expression() throws(Diagnostic) -> Expression {
    var left = try product()
    while true {
      let before = lexer.position
      lexer.skipSpace()
      let sign = lexer.peek()
      guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") && lexer.peek(1).isQuerySpace else {
        lexer.position = before
        return left
      }
      lexer.position += 1
      lexer.note(.comparison, from: lexer.position - 1)
      left = .binary(sign == UInt8(ascii: "+") ? .plus : .minus, left, try product())
    }
  }

  private mutating func product() throws(Diagnostic) -> Expression {
    var left = try factor()
    while true {
      let before = lexer.position
      lexer.skipSpace()
      let sign: Expression.Operator
      switch lexer.peek() {
      case UInt8(ascii: "*"): sign = .times
      case UInt8(ascii: "/"): sign = .divided
      case UInt8(ascii: "%"): sign = .remainder
      default:
        lexer.position = before
        return left
      }
      lexer.position += 1
      lexer.note(.comparison, from: lexer.position - 1)
      left = .binary(sign, left, try factor())
    }
  }

  private mutating func factor() throws(Diagnostic) -> Expression {
    lexer.skipSpace()
    let start = lexer.position
    try enter()
    defer { leave() }
    if lexer.peek() == UInt8(ascii: "-"), !lexer.peek(1).isQuerySpace {
      lexer.position += 1
      return .negative(try factor())
    }
    if lexer.peek() == UInt8(ascii: "(") {
      lexer.position += 1
      let inner = try expression()
      lexer.skipSpace()
      guard lexer.peek() == UInt8(ascii: ")") else { throw unclosed(start) }
      lexer.position += 1
      return inner
    }
    if lexer.isAtQuote {
      let literal = try lexer.quotedLiteral()
      lexer.note(.string, from: start)
      return .text(literal.pieces.joined())
    }
    if lexer.peek().isDigit { return try number() }
    if let field = extremum() { return .field(field) }
    if let call = try call() { return call }
    return try name()
  }

  private mutating func number() throws(Diagnostic) -> Expression {
    let start = lexer.position
    while lexer.peek().isDigit || lexer.peek().isLetter || lexer.peek() == UInt8(ascii: ".") { lexer.position += 1 }
    let text = lexer.text(start..<lexer.position)
    guard Quantity(text) != nil else {
      throw Diagnostic(
        "\"\(text)\" is no number", range: start..<lexer.position, help: "numbers: 12, 0.5, 250ms, 1.5MiB")
    }
    lexer.note(.number, from: start)
    return .number(text)
  }

  /// `max(duration)`: with one argument not the function but the column of an aggregation before.
  private mutating func extremum() -> FieldName? {
    guard lexer.has("max(") || lexer.has("min(") else { return nil }
    let start = lexer.position
    let known = lexer.tokens.count
    if let name = try? resultName() { return name }
    lexer.position = start
    lexer.tokens.removeSubrange(known...)
    return nil
  }

  private mutating func call() throws(Diagnostic) -> Expression? {
    let start = lexer.position
    let name = identifier()
    guard lexer.peek() == UInt8(ascii: "("), !StageName.isAggregate(name) || ExpressionFunction(rawValue: name) != nil,
      !name.isEmpty
    else {
      lexer.position = start
      return nil
    }
    guard let function = ExpressionFunction(rawValue: name) else {
      let names = ExpressionFunction.allCases.map(\.rawValue)
      let meant = Suggestion.nearest(to: name, among: names)
      throw Diagnostic(
        "unknown function \"\(name)\"", range: start..<lexer.position,
        help: (meant.map { "did you mean \"\($0)\"? " } ?? "") + "functions: " + names.joined(separator: " "),
        repair: meant.map { .init(range: start..<lexer.position, replacement: $0) })
    }
    lexer.note(.keyword, from: start)
    let nameEnd = lexer.position
    let open = lexer.position
    lexer.position += 1
    var arguments: [Expression] = []
    lexer.skipSpace()
    if lexer.peek() != UInt8(ascii: ")") {
      repeat { arguments.append(try argument(arguments.count, of: function)) } while comma()
    }
    lexer.skipSpace()
    guard lexer.peek() == UInt8(ascii: ")") else {
      if lexer.isAtEnd { throw unclosed(open) }
      throw Diagnostic(
        "a comma or ) is missing here", range: lexer.position..<lexer.position + 1, help: "write \(function.usage)")
    }
    lexer.position += 1
    guard function.arity.contains(arguments.count) else {
      throw Diagnostic(
        "\(name) takes \(function.arityText)", range: start..<nameEnd, help: "write \(function.usage)")
    }
    return .call(function, arguments)
  }

  private mutating func argument(_ number: Int, of function: ExpressionFunction) throws(Diagnostic) -> Expression {
    guard function == .if, number == 0 else { return try expression() }
    lexer.skipSpace()
    let outer = lexer.stopsAtComma
    lexer.stopsAtComma = true
    defer { lexer.stopsAtComma = outer }
    return .test(try disjunction())
  }

  private mutating func name() throws(Diagnostic) -> Expression {
    let start = lexer.position
    if let field = try columnName() { return .field(field) }
    let word = lexer.wordAhead()
    throw Diagnostic(
      word.isEmpty ? "an expression is missing here" : "\"\(word)\" is no part of an expression",
      range: start..<start + word.utf8.count,
      help: "expressions are made of fields, numbers, \"texts\", + - * / % and functions; - stands between blanks")
  }
}

extension ExpressionFunction {
  /// How many arguments it takes.
  public var arity: ClosedRange<Int> {
    switch self {
    case .abs, .floor, .ceil, .lower, .upper, .length, .seconds: 1...1
    case .round: 1...2
    case .bucket, .duration: 2...2
    case .if: 3...3
    case .min, .max: 2...20
    case .concat, .coalesce: 1...20
    }
  }

  /// How it is written.
  public var usage: String {
    switch self {
    case .abs, .floor, .ceil: "\(rawValue)(ms)"
    case .round: "round(ms, 1)"
    case .min, .max: "\(rawValue)(a, b)"
    case .lower, .upper, .length: "\(rawValue)(user)"
    case .concat: "concat(host, \":\", port)"
    case .if: "if(status>=500, \"bad\", \"good\")"
    case .coalesce: "coalesce(user, client)"
    case .bucket: "bucket(ms, 100)"
    case .seconds: "seconds(duration)"
    case .duration: "duration(took, \"ms\")"
    }
  }

  var arityText: String {
    switch arity {
    case 1...1: "one argument"
    case 1...2: "one or two arguments"
    case 2...2: "two arguments"
    case 3...3: "three arguments"
    case 2...20: "at least two arguments"
    default: "at least one argument"
    }
  }
}
