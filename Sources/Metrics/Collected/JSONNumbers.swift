import JSON
import Quantities
import Series

/// The numbers of a JSON document as metrics.
///
/// The names of members make the metric's name, joined by `_`; an element of an array is told by a label called as the
/// array, without its plural s: `{"workers": [{"id": 1, "rss": 5}]}` is `workers_rss{worker="1"} 5`. An element goes by
/// its `id` or `name` if all of the array have different ones, else by its place. `true` is 1, `false` is 0; text and
/// null are left out.
struct JSONNumbers {
  /// A leaf: labels with the name among them, sorted.
  private(set) var series: [TimeSeries] = []
  private let time: Timestamp
  /// More leaves or levels than these are not read.
  private static let mostLeaves = 20_000
  private static let mostLevels = 32

  /// Reads all numbers of `view`, named from `prefix` on.
  init(_ view: JSONView, prefix: String = "", at time: Timestamp) {
    self.time = time
    add(view, name: prefix, labels: [], level: 0)
  }

  /// Adds a value under a name of our own.
  mutating func add(_ value: Double, name: String, labels: [Label]) {
    guard series.count < Self.mostLeaves else { return }
    var all = labels
    all.append(Label(name: "__name__", value: name.isEmpty ? "value" : name))
    all.sort { $0.name < $1.name }
    let sample = Sample(time: time, value: value.isFinite ? value : .nan)
    series.append(TimeSeries(labels: all, samples: [sample], step: .seconds(1 as Int64)))
  }

  private mutating func add(_ view: JSONView, name: String, labels: [Label], level: Int) {
    guard level < Self.mostLevels else { return }
    switch view.span.kind {
    case .number: if let number = view.number { add(number, name: name, labels: labels) }
    case .true: add(1, name: name, labels: labels)
    case .false: add(0, name: name, labels: labels)
    case .object:
      var members: [(String, JSONView)] = []
      view.forEachMember { members.append(($0, $1)) }
      for (member, value) in members {
        add(value, name: Self.joined(name, member), labels: labels, level: level + 1)
      }
    case .array:
      let elements = view.elements
      let names = Self.names(of: elements)
      let label = Self.label(for: name, among: labels)
      for (element, value) in zip(elements, names) {
        add(element, name: name, labels: labels + [Label(name: label, value: value)], level: level + 1)
      }
    case .string, .null: break
    }
  }

  /// What tells the elements of an array.
  private static func names(of elements: [JSONView]) -> [String] {
    for key in ["id", "name"] {
      let names = elements.compactMap { element -> String? in
        guard element.span.kind == .object, let value = element[key] else { return nil }
        return value.span.kind == .number ? String(decoding: value.raw, as: UTF8.self) : value.text
      }
      if names.count == elements.count, Set(names).count == names.count { return names }
    }
    return elements.indices.map { "\($0)" }
  }

  private static func label(for name: String, among labels: [Label]) -> String {
    let last = String(name.split(separator: "_").last ?? "index")
    var label = last.count > 1 && last.hasSuffix("s") ? String(last.dropLast()) : last
    if label.first?.isNumber == true { label = "_" + label }
    while labels.contains(where: { $0.name == label }) { label += "_" }
    return label
  }

  /// A name with a member's behind it, of letters, digits and `_` as expressions can write it.
  static func joined(_ name: String, _ member: String) -> String {
    var result = name.isEmpty ? "" : name + "_"
    for scalar in member.unicodeScalars {
      let isPlain = scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      result.unicodeScalars.append(isPlain ? scalar : "_")
    }
    if let first = result.first, first.isNumber { result = "_" + result }
    return result
  }
}
