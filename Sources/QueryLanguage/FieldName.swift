/// The name of a field in a query: `status`, `user.id`, `span[0].ok`, `.source`, `` `odd name` ``, `duration(s)`.
public struct FieldName: Hashable, Sendable {
  /// One step of a name.
  public enum Step: Hashable, Sendable {
    /// The member of that name.
    case member(String)
    /// `[0]`: the element at that index.
    case element(Int)
    /// `[]`: any element.
    case anyElement
  }

  /// The steps from the record inwards; the first is a member.
  public var steps: [Step]
  /// Whether a leading dot asks for the record's own key where a built-in field has the same name.
  public var isOwn: Bool
  /// The unit that the query states for the field's numbers: `s` in `duration(s)>250ms`.
  public var statedUnit: String?
  /// Where the name was written, in UTF-8 offsets; takes no part in `==`.
  public var range: Range<Int>

  /// Makes a name from its steps.
  public init(steps: [Step], isOwn: Bool = false, statedUnit: String? = nil, range: Range<Int> = 0..<0) {
    self.steps = steps
    self.isOwn = isOwn
    self.statedUnit = statedUnit
    self.range = range
  }

  /// The built-in field that is meant; nil if the record's own key is.
  public var builtIn: BuiltInField? {
    guard !isOwn, steps.count == 1, case .member(let name) = steps[0] else { return nil }
    return BuiltInField(name: name)
  }

  /// The dotted path as `Records` spells it: `user.id`, `span[].name`.
  public var path: String {
    steps.reduce(into: "") { path, step in
      switch step {
      case .member(let name): path += path.isEmpty ? name : "." + name
      case .element(let index): path += "[\(index)]"
      case .anyElement: path += "[]"
      }
    }
  }

  /// Whether both name the same field, wherever they were written.
  public static func == (left: FieldName, right: FieldName) -> Bool {
    left.steps == right.steps && left.isOwn == right.isOwn && left.statedUnit == right.statedUnit
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(steps)
    hasher.combine(isOwn)
    hasher.combine(statedUnit)
  }
}

/// A field that every record has, whatever its format.
public enum BuiltInField: String, CaseIterable, Hashable, Sendable {
  /// The instant of the record.
  case time
  /// The level on the common scale.
  case level
  /// The file or stream.
  case source
  /// The format that the record was read in.
  case format
  /// The message.
  case msg
  /// The whole text of the record.
  case raw
  /// The number of its first line.
  case line

  /// The field of that name or alias (`file`, `message`); nil if there is none.
  public init?(name: String) {
    switch name {
    case "file": self = .source
    case "message": self = .msg
    default: self.init(rawValue: name)
    }
  }

  /// What help says of it.
  public var summary: String {
    switch self {
    case .time: "when: 10:00, -15m, 2026-01-02T10:00, today; 10:00..10:15"
    case .level: "trace debug info notice warn error critical fatal, in this order"
    case .source: "the file or stream (also: file)"
    case .format: "the format that the record was read in"
    case .msg: "the message (also: message)"
    case .raw: "the whole text of the record"
    case .line: "the number of the first line in its file"
    }
  }
}
