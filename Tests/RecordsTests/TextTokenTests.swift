import TestSupport
import Testing

@testable import Records

@Suite struct TextTokenTests {
  private func tokens(_ text: String) -> [String] {
    var found: [String] = []
    withBytes(text) { bytes in
      TextTokens.forEach(in: bytes, 0..<bytes.count) { range, kind in
        found.append("\(kind):\(String(decoding: bytes.part(range), as: UTF8.self))")
      }
    }
    return found
  }

  @Test(
    "Tokens of a line",
    arguments: [
      ("took 18ms of 3.5 s", ["duration:18ms", "number:3.5"]),
      (
        "wrote 3 buffers (0.0%); -12 0x1F 1e-7 2.4MiB",
        ["number:3", "number:0.0%", "number:-12", "number:0x1F", "number:1e-7", "number:2.4MiB"]
      ),
      (
        "from 10.0.0.1:8080 to ::1 and fe80::1, [2001:db8::1]",
        ["address:10.0.0.1:8080", "address:::1", "address:fe80::1", "address:2001:db8::1"]
      ),
      (
        "10.0.0.0/8 version 1.2.3 and 1.2.3.4.5 or 999.1.1.1",
        ["address:10.0.0.0/8", "number:1.2.3", "number:1.2.3.4.5", "number:999.1.1.1"]
      ),
      ("mac 00:1b:44:11:3a:b7 at 12:30:01", ["address:00:1b:44:11:3a:b7", "number:12:30:01"]),
      ("see https://example.com/a?b=c. Then", ["url:https://example.com/a?b=c"]),
      (
        "open /var/log/x.log: ./y ~/z and/or a/b C:\\Windows\\x",
        ["path:/var/log/x.log", "path:./y", "path:~/z", "path:C:\\Windows\\x"]
      ),
      (
        "id 550e8400-e29b-41d4-a716-446655440000 trace 4bf92f3577b34da6a3ce929d0e0e4736",
        ["identifier:550e8400-e29b-41d4-a716-446655440000", "identifier:4bf92f3577b34da6a3ce929d0e0e4736"]
      ),
      ("user \"bob \\\" x\" didn't say 'hello you' or it's", ["string:\"bob \\\" x\"", "string:'hello you'"]),
      ("mail to a.b@example.com now", ["address:a.b@example.com"]),
      (
        "ok=true false null nil None", ["boolean:true", "boolean:false", "boolean:null", "boolean:nil", "boolean:None"]
      ),
      (
        "ERROR then error, WARNING and INFORMATION",
        [
          "level(Records.Level.error):ERROR", "level(Records.Level.warn):WARNING",
          "level(Records.Level.info):INFORMATION",
        ]
      ),
      ("abc123 x86_64 deadbeef v1 utf8 3rd", ["number:3rd"]),
      ("[worker-12] on 2026-01-02, main.go:45 a-1", ["number:2026-01-02", "number:45"]),
      ("", []),
    ])
  func lines(text: String, expected: [String]) { #expect(tokens(text) == expected) }

  @Test("A whole value is of one kind or none")
  func values() {
    func kind(_ text: String) -> TextTokens.Kind? { withBytes(text) { TextTokens.kind(of: $0) } }
    #expect(kind("18ms") == .duration)
    #expect(kind("/a/b") == .path)
    #expect(kind("http://x") == .url)
    #expect(kind("18 ms") == nil)
    #expect(kind("text") == nil)
    #expect(kind("") == nil)
  }

  @Test("Any bytes give tokens in order, inside, and without overlap")
  func total() {
    var generator = SeededGenerator(7)
    let alphabet = Array("0123456789abcdef.:-/\"'\\@x~ %EROR\u{e9}".utf8) + [0, 27, 255]
    for _ in 0..<3000 {
      let bytes = (0..<Int.random(in: 0..<60, using: &generator)).map { _ in alphabet.randomElement(using: &generator)!
      }
      bytes.withUnsafeBytes { bytes in
        var last = 0
        TextTokens.forEach(in: bytes, 0..<bytes.count) { range, _ in
          #expect(range.lowerBound >= last && range.upperBound <= bytes.count && !range.isEmpty)
          last = range.upperBound
        }
      }
    }
  }
}
