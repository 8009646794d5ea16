import QueryLanguage
import Quantities
import Records

/// What is kept of a record for a tree.
struct TreeRecord: Sendable {
  /// Where it stands in its trace.
  enum Place: Sendable {
    /// Somewhere.
    case plain
    /// At a level of an eliot task: `[3, 2, 1]` is the first message of the second thing in the third.
    case task([Int])
    /// In a span, which may stand in another.
    case span(Identity, parent: String?)
    /// In spans that have no ids, the outermost first, as Rust's `tracing` writes them.
    case path([TreeSpan])
  }

  /// The id of a span and the field that says it.
  struct Identity: Hashable, Sendable {
    var field: FieldName
    var text: String
  }

  /// When and where; records without a stamp come first.
  var moment: Edge.Moment
  var stamp: Timestamp?
  var level: Level?
  /// What the trace is called.
  var trace: String
  /// The field that says so; nil where the outermost span does.
  var field: FieldName?
  var place: Place
  /// The message, or what the record itself is called.
  var name: String
  /// What the span is called that it stands in.
  var spanName: String?
  /// Nanoseconds.
  var duration: Double?
  /// How far an action has come: `started`, `failed`.
  var status: String?
  /// Its other fields, as text.
  var fields: String?

  /// About how many bytes it holds.
  var byteCount: Int {
    var bytes = MemoryLayout<TreeRecord>.stride + trace.utf8.count + name.utf8.count + (fields?.utf8.count ?? 0)
    switch place {
    case .plain: break
    case .task(let level): bytes += level.count * 8
    case .span(let identity, let parent): bytes += 128 + identity.text.utf8.count + (parent?.utf8.count ?? 0)
    case .path(let spans): for span in spans { bytes += span.byteCount }
    }
    return bytes
  }
}

/// A span as a record describes it that has no ids for spans.
struct TreeSpan: Hashable, Sendable {
  /// One of its fields.
  struct Member: Hashable, Sendable {
    var name: String
    var value: Value
  }

  var name = ""
  var members: [Member] = []

  /// As `tracing` shows it: `request{id=7 user=ann}`.
  var label: String {
    if members.isEmpty { return name }
    return name + "{" + members.map { $0.name + "=" + ValueText.plain($0.value) }.joined(separator: " ") + "}"
  }

  var byteCount: Int {
    members.reduce(64 + name.utf8.count) { $0 + 96 + $1.name.utf8.count + ValueText.plain($1.value).utf8.count }
  }

  /// The tests that find it at a place among the spans of a record.
  func tests(at index: Int) -> [String] {
    ([Member(name: "name", value: .text(name))] + members).compactMap {
      let steps: [FieldName.Step] = [.member("spans"), .element(index), .member($0.name)]
      return RowFilter.test(FieldName(steps: steps), equals: $0.value)
    }
  }
}
