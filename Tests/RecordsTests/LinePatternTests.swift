import Testing

@testable import Records

/// The parts of `line` that `pattern` finds, by name; nil if it does not fit.
private func partsFound(_ pattern: String, _ line: String) throws -> [String: String]? {
  let pattern = try LinePattern(pattern)
  return withBytes(line) { bytes in
    PatternMatch(pattern, bytes).map { match in
      var found: [String: String] = [:]
      for (number, part) in pattern.parts.enumerated() {
        if let range = match[number] { found[part.name] = String(decoding: bytes.part(range), as: UTF8.self) }
      }
      return found
    }
  }
}

@Suite struct LinePatternTests {
  @Test(
    "Parts by kind",
    arguments: [
      ("{a} {b}", "one  two", ["a": "one", "b": "two"]),
      ("{a}:{b}", "x:y:z", ["a": "x", "b": "y:z"]),
      ("{a:longest}:{b}", "x:y:z", ["a": "x:y", "b": "z"]),
      ("[{a:text}] {message}", "[two words] and the rest", ["a": "two words", "message": "and the rest"]),
      ("{a:text}, {b:text}", ", x, y", ["b": "x, y"]),
      ("{n:number}{u:name}", "-12.5ms", ["n": "-12.5", "u": "ms"]),
      ("{h:hex} {b}", "0x1fA z", ["h": "0x1fA", "b": "z"]),
      ("{h:hex}!", "beef!", ["h": "beef"]),
      ("{c:ip}:{p:number}", "10.0.0.1:80", ["c": "10.0.0.1", "p": "80"]),
      ("{c:ip}:{p:number}", "[::1]:80", ["c": "::1", "p": "80"]),
      ("{c:ip} {b}", "fe80::1%eth0 b", ["c": "fe80::1%eth0", "b": "b"]),
      ("{c:host}:{p:number}", "db-1.local:5432", ["c": "db-1.local", "p": "5432"]),
      ("{q:quoted} {b}", #""a \" b" c"#, ["q": #"a \" b"#, "b": "c"]),
      ("{q:quoted},{b}", #""a ""b""",c"#, ["q": #"a ""b"""#, "b": "c"]),
      ("\"{r:request}\" {s:number}", #""GET /a b HTTP/1.1" 200"#, ["r": "GET /a b HTTP/1.1", "s": "200"]),
      (
        "{time} {level} {message}", "2026-01-02 03:04:05,678 WARN low disk",
        ["time": "2026-01-02 03:04:05,678", "level": "WARN", "message": "low disk"]
      ),
      ("{a}{?[{pid:number}]}: {message}", "cron[12]: run", ["a": "cron", "pid": "12", "message": "run"]),
      ("{a}{?[{pid:number}]}: {message}", "cron: run", ["a": "cron", "message": "run"]),
      ("{a} {?({b}) }{c}", "x (y) z", ["a": "x", "b": "y", "c": "z"]),
      ("{a} {?({b}) }{c}", "x z", ["a": "x", "c": "z"]),
      ("{?{?{a}/}{b} }{c}", "p/q r", ["a": "p", "b": "q", "c": "r"]),
      ("{{{a}}}", "{x}", ["a": "x"]),
      ("{} {:number} {a}", "x 1 y", ["": "1", "a": "y"]),
      ("{a:on|off} {b}", "off x", ["a": "off", "b": "x"]), ("{a:|only|}{b:number}", "only7", ["a": "only", "b": "7"]),
      ("{a:Full GC|GC} {b}", "Full GC 7", ["a": "Full GC", "b": "7"]),
      ("{e:code}: {b}", "AH01234: x", ["e": "AH01234", "b": "x"]),
      ("{e:code} {b}", "ORA-00600 x", ["e": "ORA-00600", "b": "x"]),
      ("{message:here}{a} is {b}", "x is y", ["message": "x is y", "a": "x", "b": "y"]),
      ("{a}{?[{b}{?:{c}}]}", "x[y:z]", ["a": "x", "b": "y", "c": "z"]),
      ("{a}{? {{{b}}}}", "x {y}", ["a": "x", "b": "y"]),
    ] as [(String, String, [String: String])])
  func parts(pattern: String, line: String, expected: [String: String]) throws {
    #expect(try partsFound(pattern, line) == expected)
  }

  @Test(
    "What does not fit",
    arguments: [
      ("{a} {b}", "one"), ("{a} {b}", "one two three"), ("[{a}]", "[two words]"), ("{n:number}", "x"),
      ("{c:ip}", "1.2.3"), ("{c:ip}", "10.0.0.1x"), ("{h:hex}", "0x"), ("{q:quoted}", "\"open"), ("{time} x", "noon x"),
      ("{r:request}", "hello"), ("{a}: {b}", ""), ("{n:name}: x", "9a: x"),
      ("{a:on|off} x", "of x"), ("{e:code}", "AH"), ("{e:code}", "123"), ("{e:code}", "AH1a"),
    ])
  func refuses(pattern: String, line: String) throws {
    #expect(try partsFound(pattern, line) == nil)
  }

  @Test(
    "Mistakes in a pattern say where and what instead",
    arguments: [
      ("{a", "{ is not closed", 0), ("x {?{a}", "{? is not closed", 2), ("{a}}", "closes nothing", 3),
      ("plain", "no parts", 5), ("{a:nimber}", "\"nimber\"", 3), ("{a}{b}", "nothing says where {a} ends", 0),
      ("{a b}", "a name has letters", 1), ("{time:number}", "always of the kind time", 0),
      ("{level} {level}", "twice", 8), ("{?}{a}", "nothing in", 0), ("{m:rest}{b}", "nothing says where", 0),
      ("{a:here}x", "only {message}", 0), ("{a:|}", "nothing between the bars", 3),
    ])
  func mistakes(pattern: String, message: String, offset: Int) {
    do throws(PatternError) {
      _ = try LinePattern(pattern)
      Issue.record("\(pattern) was accepted")
    } catch {
      #expect(error.message.contains(message))
      #expect(error.offset == offset)
    }
  }

  @Test("A line cannot make a pattern slow: matching gives up")
  func bounded() throws {
    let pattern = String(repeating: "{:text}a", count: 30) + "!"
    #expect(try partsFound(pattern, String(repeating: "a", count: 60_000)) == nil)
    let nested = String(repeating: "{?{:text}-}", count: 8) + "{:number}"
    #expect(try partsFound(nested, String(repeating: "-", count: 60_000)) == nil)
  }

  @Test("Every kind has its line of help, and every built-in pattern compiles")
  func builtIn() {
    #expect(Set(PartKind.allCases.map(\.summary)).count == PartKind.allCases.count)
    for format in LineFormats.lines + LineFormats.messages {
      #expect(format.mistakes.isEmpty, "\(format.name)")
      #expect(!format.summary.isEmpty && !format.source.isEmpty)
    }
    #expect(Set(LineFormats.lines.map(\.name)).count == LineFormats.lines.count)
  }
}
