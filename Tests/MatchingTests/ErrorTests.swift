import Testing

@testable import Matching

@Suite struct ErrorTests {
  @Test(arguments: [
    ("a(b", "this ( is never closed", 1..<2), ("a)b", "this ) closes no group", 1..<2),
    ("x[a", "this [ is never closed", 1..<2), ("*a", "there is nothing before * to repeat", 0..<1),
    ("é+*", "a repeat cannot follow a repeat", 3..<4), ("a++", "possessive repeats are not supported", 1..<3),
    ("a{3,2}", "this repeat counts down", 1..<6), ("a{2000}", "a counted repeat goes up to 1000", 1..<7),
    ("[z-a]", "this range runs backwards", 2..<4), ("[[:foo:]]", "unknown class [:foo:]", 1..<8),
    (#"a\"#, #"the pattern ends in \"#, 1..<2), (#"\y"#, #"unknown escape \y"#, 0..<2),
    (#"(a)\1"#, "back-references are not supported: they cannot be searched in linear time", 3..<5),
    ("a(?=b)", "look-around is not supported: it cannot be searched in linear time", 1..<4),
    ("(?<!a)b", "look-around is not supported: it cannot be searched in linear time", 0..<4),
    ("(?P<n>a)(?P<n>b)", "the group name n is used twice", 12..<13), ("(?z)", "unknown group (?z", 0..<3),
    (#"\p{Foo}"#, #"unknown Unicode class \p{Foo}"#, 0..<7),
    (#"\x{110000}"#, #"\x{110000} is no Unicode character"#, 0..<10),
  ])
  func saysWhatAndWhere(source: String, message: String, range: Range<Int>) {
    do {
      _ = try Pattern(source)
      Issue.record("\(source) was accepted")
    } catch {
      #expect(error.message == message)
      #expect(error.range == range)
    }
  }
}
