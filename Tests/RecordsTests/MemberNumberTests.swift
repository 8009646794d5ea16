import TestSupport
import Testing

@testable import Records

@Suite struct MemberNumberTests {
  private let reader = RecordReader(formatName: "json")
  private let window = NumberWindow(least: 500_000_000, most: 600_000_000)  // millionths

  private func isHeld(_ record: String, _ name: String = "status") throws -> Bool? {
    let number = try #require(MemberNumber(FieldPath(name), in: reader, possible: window, sure: window))
    return withBytes(record) { number.isHeld(by: $0) }
  }

  @Test(
    "What is decided without reading the record as a whole",
    arguments: [
      (#"{"event": "done", "status": 503}"#, true), (#"{"event": "done", "status": 200}"#, false),
      (#"{"event": "idle"}"#, false), (#"{"status": 200, "status": 503}"#, true), (#"{"status": 500}"#, true),
      (#"{"a": {"status": 503}}"#, false), (#"{"Status": 503}"#, false), (#"{}"#, false),
    ] as [(String, Bool)])
  func decided(record: String, passes: Bool) throws { #expect(try isHeld(record) == passes) }

  @Test(
    "What is not",
    arguments: [
      #"{"status": "503"}"#, #"{"status": 5.03e2}"#, #"{"st\u0061tus": 503}"#, #"{"status": null}"#,
      #"{"status": [503]}"#, "503", "", "{",
    ])
  func undecided(record: String) throws { #expect(try isHeld(record) != true) }

  @Test("Names and files that it does not know", arguments: ["a.b", "a[0]", ""])
  func others(name: String) {
    #expect(MemberNumber(FieldPath(name), in: reader, possible: window, sure: window) == nil)
    let text = RecordReader(formatName: "text")
    #expect(MemberNumber(FieldPath("status"), in: text, possible: window, sure: window) == nil)
  }

  @Test("Whatever is decided is what the values tell", arguments: 1...20)
  func values(seed: UInt64) throws {
    var generator = SeededGenerator(seed)
    let names = ["status", "stat", "s\\u0074atus", "a"]
    let values = [
      "499", "500", "550", "600", "601", "-550", "0550", "5.5e2", "550.0", "5500", "55", "\"550\"", "{\"status\":550}",
      "null",
    ]
    let number = try #require(MemberNumber(FieldPath("status"), in: reader, possible: window, sure: window))
    var decided = 0
    for _ in 0..<300 {
      let members = (0..<Int.random(in: 0..<4, using: &generator)).map { _ in
        "\"\(names.randomElement(using: &generator) ?? "")\": \(values.randomElement(using: &generator) ?? "")"
      }
      let record = "{" + members.joined(separator: ", ") + "}"
      guard let isHeld = withBytes(record, { number.isHeld(by: $0) }) else { continue }
      decided += 1
      var expected = false
      withBytes(record) { bytes in
        reader.forEachValue(of: FieldPath("status"), in: bytes) { value in
          if value.kind == .number, let number = Double(value.text()), (500...600).contains(number) { expected = true }
          return true
        }
      }
      #expect(isHeld == expected, "\(record)")
    }
    #expect(decided > 100)
  }
}
