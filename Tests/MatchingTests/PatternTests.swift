import Testing

@testable import Matching

/// Where `pattern` first matches in `text`, as text.
func firstMatch(_ pattern: String, _ text: String, options: PatternOptions = .init()) throws -> String? {
  let pattern = try Pattern(pattern, options: options)
  return Array(text.utf8).withUnsafeBytes { bytes in
    pattern.firstMatch(in: bytes).map { String(decoding: bytes[$0], as: UTF8.self) }
  }
}

@Suite struct PatternTests {
  @Test(arguments: [
    ("abc", "xxabcxx", "abc"), ("a|ab", "xab", "a"), ("(?:a|ab)$", "xab", "ab"), ("a*", "baa", ""),
    ("a+?", "aaa", "a"), ("a{2,3}", "aaaa", "aaa"), ("a{2,3}?", "aaaa", "aa"), ("[^a]+", "aüöa", "üö"),
    (#"\bfoo\b"#, "xfoo foo", "foo"), ("(?i)ERROR", "an error", "error"), ("(?i)ÄÖ", "xäö", "äö"),
    (#"\p{Lu}+"#, "abÀÉc", "ÀÉ"), (#"status=5\d\d"#, "status=200 status=503", "status=503"), (".", "é", "é"),
    (#"\Qa.b\E+"#, "a.bbb", "a.bbb"), ("[[:digit:]]+", "ab12", "12"), ("[]a]+", "x]a", "]a"), ("{", "a{b", "{"),
    (#"\x{e9}\x41"#, "éA", "éA"), ("(?s)a.b", "a\nb", "a\nb"), ("(?m)^b$", "a\nb\nc", "b"), ("(|a)*", "aa", ""),
    ("(|a)+", "aa", ""), ("x*y", "xxz xxy", "xxy"), ("(?i:a)B", "AB", "AB"),
  ])
  func findsTheFirstMatch(pattern: String, text: String, expected: String) throws {
    #expect(try firstMatch(pattern, text) == expected)
  }

  @Test(arguments: [
    ("a.b", "a\nb"), ("(?i:a)B", "Ab"), (#"\bfoo\b"#, "xfoox"), ("^b", "a\nb"), ("b$", "b\n"), ("[^é]", "é"),
    (#"\D"#, "123"), ("a{3}", "aa"),
  ])
  func findsNothing(pattern: String, text: String) throws {
    #expect(try firstMatch(pattern, text) == nil)
  }
}
