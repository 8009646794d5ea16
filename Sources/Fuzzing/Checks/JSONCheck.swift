import JSON

/// The walker and the document parser read what the other reads.
enum JSONCheck {
  static let seeds = [
    "{\"a\":1,\"b\":[true,null,\"x\\u00e9\\n\"],\"c\":{\"d\":-1.5e3}}", "[]", "{\"a\":{\"a\":{\"a\":[[[[]]]]}}}",
    "{\"a\":\"\\ud83d\\ude00\",\"a\":\"\\\\\\\"\"}", "// c\n{\"a\":1,/* d */}",
  ]

  static func run(_ input: [UInt8]) throws(Violation) {
    let input = Array(input.prefix(8192))
    _ = try? JSONDocument.parse(input, allowingComments: true)
    let document = try? JSONDocument.parse(input, allowingComments: false)
    try input.withBytes { (bytes) throws(Violation) in
      var names: [String] = []
      if let start = bytes.firstIndex(where: { ![9, 10, 13, 32].contains($0) }) {
        try walk(bytes, start..<bytes.count, &names)
      }
      guard let document, case .object(let members) = document.value else { return }
      try require(names == members.map(\.name), "members \(names), parsed \(members.map(\.name))")
    }
  }

  private static func walk(
    _ bytes: UnsafeRawBufferPointer, _ object: Range<Int>, _ names: inout [String]
  ) throws(Violation) {
    guard var members = JSONMembers(bytes, object: object) else { return }
    var end = 0
    while let (name, value) = members.next() {
      try require(
        name.range.lowerBound >= end && value.range.lowerBound >= name.range.upperBound, "members out of order")
      end = value.range.upperBound
      try require(end <= bytes.count, "a value beyond the text: \(value.range)")
      names.append(JSONText.decode(bytes.part(name.range)))
      if value.kind == .string { _ = JSONText.decode(bytes.part(value.range)) }
      var inner: [String] = []
      if value.kind == .object, object.count > value.range.count { try walk(bytes, value.range, &inner) }
      if value.kind == .array, var elements = JSONElements(bytes, array: value.range) {
        while elements.next() != nil {}
      }
    }
  }
}
