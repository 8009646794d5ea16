/// A JSON value as a tree that remembers where each part was written, so that mistakes can be pointed at.
public indirect enum JSONValue: Sendable {
  /// `null`.
  case null
  /// `true` or `false`.
  case bool(Bool)
  /// A number, and how it was spelt.
  case number(Double, text: String)
  /// Text, its escapes resolved.
  case string(String)
  /// Values in order.
  case array([JSONNode])
  /// Named values in the order in which they were written; a repeated name is kept.
  case object([JSONMember])

  /// What kind of value this is, for messages: `a number`, `an object`.
  public var kindDescription: String {
    switch self {
    case .null: "null"
    case .bool: "true or false"
    case .number: "a number"
    case .string: "a text"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// A value and the place where it begins.
public struct JSONNode: Sendable {
  /// The value.
  public var value: JSONValue
  /// The line on which it begins, counted from 1.
  public var line: Int
  /// The column at which it begins, counted from 1, in characters.
  public var column: Int

  /// Makes a node.
  public init(_ value: JSONValue, line: Int = 0, column: Int = 0) {
    self.value = value
    self.line = line
    self.column = column
  }

  /// The text, if it is one.
  public var string: String? {
    if case .string(let text) = value { text } else { nil }
  }
  /// The number, if it is one.
  public var number: Double? {
    if case .number(let number, _) = value { number } else { nil }
  }
  /// The Boolean, if it is one.
  public var bool: Bool? {
    if case .bool(let bool) = value { bool } else { nil }
  }
  /// The elements, if it is an array.
  public var array: [JSONNode]? {
    if case .array(let elements) = value { elements } else { nil }
  }
  /// The members, if it is an object.
  public var members: [JSONMember]? {
    if case .object(let members) = value { members } else { nil }
  }
  /// Whether it is `null`.
  public var isNull: Bool {
    if case .null = value { true } else { false }
  }

  /// The value of the last member called `name`, if this is an object that has one.
  public subscript(name: String) -> JSONNode? { members?.last { $0.name == name }?.node }

  /// An error at this place.
  public func mistake(_ message: String) -> JSONError { JSONError(message: message, line: line, column: column) }
}

/// One named value of an object.
public struct JSONMember: Sendable {
  /// The name, its escapes resolved.
  public var name: String
  /// The line on which the name begins, counted from 1.
  public var line: Int
  /// The column at which the name begins, counted from 1.
  public var column: Int
  /// The value.
  public var node: JSONNode

  /// Makes a member.
  public init(name: String, line: Int = 0, column: Int = 0, node: JSONNode) {
    self.name = name
    self.line = line
    self.column = column
    self.node = node
  }

  /// An error at the name.
  public func mistake(_ message: String) -> JSONError { JSONError(message: message, line: line, column: column) }
}

/// A mistake in a JSON document, and where it is.
public struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong, in a clause that can follow a place: `expected a value, found "}"`.
  public var message: String
  /// The line, counted from 1.
  public var line: Int
  /// The column, counted from 1, in characters.
  public var column: Int

  /// Makes an error.
  public init(message: String, line: Int, column: Int) {
    self.message = message
    self.line = line
    self.column = column
  }

  /// `3:14: expected a value, found "}"`.
  public var description: String { "\(line):\(column): \(message)" }
}
