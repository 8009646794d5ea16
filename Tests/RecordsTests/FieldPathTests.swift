import Testing

@testable import Records

@Suite struct FieldPathTests {
  private let line =
    #"{"a": {"b": 1, "c": [10, {"d": "x"}, [20, 21]]}, "a.b": 2, "\u0061": 3, "e\"f": {"g": true}, "": {"h": 4}, "#
    + #""c[0]": 5, "items": [{"n": 1}, {"n": 2}, {"m": 3}]}"#

  private func values(_ path: String) -> [String] {
    let reader = RecordReader(formatName: "json")
    return withBytes(line) { bytes in
      var found: [String] = []
      reader.forEachValue(of: FieldPath(path), in: bytes) {
        found.append($0.text())
        return true
      }
      return found
    }
  }

  @Test(
    "Paths through objects, arrays, literal dots and escaped names",
    arguments: [
      ("a.b", ["1", "2"]), ("a.c[0]", ["10"]), ("a.c[1].d", ["x"]), ("a.c[2][1]", ["21"]), ("a.c[00]", []),
      ("a.c[3]", []), ("a.c[1", []), ("c[0]", ["5"]), ("e\"f.g", ["true"]), ("h", ["4"]), ("items[].n", ["1", "2"]),
      ("items[1].n", ["2"]), ("items[]", [#"{"n": 1}"#, #"{"n": 2}"#, #"{"m": 3}"#]), ("a.c[][1]", ["21"]), ("b", []),
      ("a.", []), (".a", []), ("a..b", []), ("items[].m", ["3"]), ("[]", []), ("a.b.c", []),
    ] as [(String, [String])])
  func paths(_ path: String, _ expected: [String]) {
    #expect(values(path) == expected)
  }

  @Test("What a search finds is what the listing holds under that path")
  func listing() {
    let reader = RecordReader(formatName: "json")
    let parsed = withBytes(line) { reader.parse($0, reference: reference) }
    for path in Set(parsed.fields.map(\.path)) {
      let expected = parsed.fields.filter { $0.path == path }.map { field in withBytes(line) { field.text(in: $0) } }
      #expect(values(path) == expected, "\(path)")
    }
    #expect(values("a") == [#"{"b": 1, "c": [10, {"d": "x"}, [20, 21]]}"#, "3"])
  }

  @Test("A search ends when the closure has had enough")
  func stops() {
    let reader = RecordReader(formatName: "json")
    withBytes(line) { bytes in
      var count = 0
      reader.forEachValue(of: FieldPath("items[].n"), in: bytes) { _ in
        count += 1
        return false
      }
      #expect(count == 1)
    }
  }

  @Test("Numbers, addresses and identifiers are told apart")
  func kinds() {
    func kind(_ text: String) -> FieldKind { withBytes(text) { FieldKinds.word($0) } }
    for text in ["1", "-2.5", "1e9", "18ms", "3.4KiB", "99%", "12µs"] { #expect(kind(text) == .number, "\(text)") }
    for text in [
      "10.0.0.1", "10.0.0.1:80", "10.0.0.0/8", "::1", "fe80::1", "2001:db8::7", "1:2:3:4:5:6:7:8", "https://a.b/c",
    ] {
      #expect(kind(text) == .address, "\(text)")
    }
    for text in ["0f8fad5b-d9cb-469f-a165-70867728950e", "4bf92f3577b34da6a3ce929d0e0e4736"] {
      #expect(kind(text) == .identifier, "\(text)")
    }
    for text in ["x", "", "1.2.3", "12:30", "12:30:05", "v2", "face", "2026-01-02", "1a2b"] {
      #expect(kind(text) != .address, "\(text)")
    }
    #expect(kind("true") == .boolean && kind("None") == .null)
  }

  @Test("The grammar of a line, its message and its level are told alone as with everything else")
  func parts() {
    for name in ["text", "json", "logfmt", "access", "syslog"] {
      let reader = RecordReader(formatName: name)
      for line in Pool.text + [#"{"msg":1,"event":{"message":"x"},"text":"y"}"#, #"{"MESSAGE":[104,105]}"#] {
        withBytes(line) { bytes in
          let parsed = reader.parse(bytes, reference: reference)
          #expect(reader.family(ofLine: bytes) == reader.head(bytes).family, "\(name): \(line)")
          #expect(reader.message(of: bytes).span == parsed.messageSpan, "\(name): \(line)")
          #expect(reader.message(of: bytes).encoding == parsed.messageEncoding, "\(name): \(line)")
          #expect(reader.levelSpan(of: bytes) == parsed.levelSpan, "\(name): \(line)")
          #expect(
            JSONReading(bytes, habits: reader.habits).message()
              == JSONReading(bytes, habits: reader.habits).survey()?.message)
        }
      }
    }
  }

  @Test("Newlines are counted in stretches of every length")
  func newlines() {
    let bytes = (0..<400).map { (number: Int) -> UInt8 in number * number % 7 == 0 ? 10 : 65 }
    bytes.withUnsafeBytes { bytes in
      for start in 0..<70 {
        for end in start...bytes.count {
          let count = bytes[start..<end].count { $0 == 10 }
          #expect(LineCounting.newlines(in: bytes, start..<end) == count)
        }
      }
    }
  }
}
