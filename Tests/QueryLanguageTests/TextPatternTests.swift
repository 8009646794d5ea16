import QueryLanguage
import Testing

@Suite struct TextPatternTests {
  /// What a template finds in a text: `name=value`, in the order of the names.
  private func found(_ template: String, _ text: String) throws -> [String]? {
    let pattern = try CompiledTextPattern(.template(.quoted(template)))
    var values = [String](repeating: "", count: pattern.names.count)
    let bytes = Array(text.utf8)
    let isFound = bytes.withUnsafeBytes { bytes in
      pattern.match(bytes) { values[$0] = String(decoding: bytes[$1], as: UTF8.self) }
    }
    return isFound ? zip(pattern.names, values).map { "\($0)=\($1)" } : nil
  }

  private static let examples: [(template: String, text: String, values: String?)] = [
    ("took <ms>ms", "it took 18ms, then took 20ms", "ms=18"),
    ("took <ms>ms for <user>", "took 18ms for ann bell", "ms=18 user=ann bell"),
    ("took <ms>ms for <user>", "took 18ms for ann\nat pool", "ms=18 user=ann"),
    ("<a>=<b>", "x=1", "a=x b=1"),
    ("[<_>] <rest>", "[worker-1] done", "rest=done"),
    ("[*] <rest>", "[worker-1] done", "rest=done"),
    ("user <name> did", "user  did", "name="),
    ("took <ms>ms", "took long", nil),
    ("took <ms>ms", "took long\nbut took 7ms", "ms=7"),
    ("a<x>\nb<y>", "1 a2\nb3", "x=2 y=3"),
    ("é<x>é", "aéüé", "x=ü"),
    ("<x>", "", "x="),
  ]

  @Test func templates() throws {
    for example in Self.examples {
      #expect(
        try found(example.template, example.text)?.joined(separator: " ") == example.values, "\(example.template)")
    }
  }

  @Test(arguments: ["no names", "<a><b>", "<a> <a>", "<level>", "<1x>", ""]) func refused(template: String) {
    #expect(throws: Diagnostic.self) { try CompiledTextPattern(.template(.quoted(template))) }
  }

  /// Lines that begin like the template and never end like it are looked at once each.
  @Test func isLinear() throws {
    let text = String(repeating: "took took took\n", count: 100_000)
    #expect(try found("took <ms>ms", text) == nil)
  }
}
