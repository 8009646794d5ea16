/// What a pattern may contain: the tables that help and README quote.
///
/// The syntax of RE2, searched in time linear in the text, over UTF-8. `README.md` beside this file shows the tables; the
/// tests hold that everything in them is so.
public enum PatternSyntax {
  /// What to write and what it stands for, in Markdown without the bars of a table.
  public static let rows: [(write: String, meaning: String)] = [
    (#"`x` `é`"#, #"the character itself; `. * + ? ( ) [ ] { } | ^ $ \` need a `\` before them"#),
    (#"`.`"#, #"any character but a newline; with `s` any character"#),
    (#"`[abc]` `[a-z]` `[^a-z]`"#, #"one of these; none of these (which a newline is)"#),
    (
      #"`\d` `\w` `\s` `\D` `\W` `\S`"#,
      #"ASCII digit, word character, white space; anything else. Also inside brackets"#
    ),
    (
      #"`[[:alpha:]]` `[[:^digit:]]`"#,
      #"alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit"#
    ),
    (
      #"`\pL` `\p{Lu}` `\p{Greek}` `\P{N}` `\p{^N}`"#,
      #"Unicode general category or script (the common ones); without it. Also inside brackets"#
    ),
    (#"`\t` `\n` `\r` `\f` `\v` `\a` `\e` `\x41` `\x{20AC}`"#, #"a control character; a character by number"#),
    (#"`\Q...\E`"#, #"everything between for itself"#),
    (#"`xy` `x|y`"#, #"one after the other; one or the other, the first preferred"#),
    (#"`x*` `x+` `x?` `x{3}` `x{3,}` `x{3,5}`"#, #"repeats, as many as possible; counts up to 1000"#),
    (#"`x*?` `x+?` `x??` `x{3,5}?`"#, #"repeats, as few as possible"#),
    (#"`(x)` `(?<name>x)` `(?P<name>x)` `(?:x)`"#, #"group; with a name; not captured"#),
    (
      #"`(?i)` `(?m)` `(?s)` `(?U)` `(?i-s)` `(?i:x)`"#,
      #"flags from here to the end of the group; for the group only. `i` ignores case, `m` lets `^` and `$` match at lines, `s` lets `.` match a newline, `U` swaps `*` and `*?`"#
    ),
    (#"`^` `$`"#, #"beginning and end of the text (the record); with `m` of each line"#),
    (#"`\A` `\z`"#, #"beginning and end of the text, always"#),
    (#"`\b` `\B`"#, #"at, not at the edge of an ASCII word"#),
  ]

  /// What is refused, and how the message begins.
  public static let refusals: [(write: String, message: String)] = [
    (#"`(x)\1` `(?<n>x)\k<n>` `(?P=n)`"#, "back-references are not supported"),
    (#"`(?=x)` `(?!x)` `(?<=x)` `(?<!x)`"#, "look-around is not supported"),
    (#"`(?>x)`"#, "atomic groups are not supported"),
    (#"`x*+` `x++` `x?+` `x{2}+`"#, "possessive repeats are not supported"),
    (#"`(?(1)x)`"#, "conditional groups are not supported"),
    (#"`(?R)` `(?1)` `(?&n)` `(?P>n)`"#, "recursion is not supported"),
    (#"`(?|x)`"#, "branch-reset groups are not supported"),
    (#"`(?#x)`"#, "comments are not supported in a pattern"),
    (#"`x**`"#, "a repeat cannot follow a repeat"),
    (#"`x{1001}`"#, "a counted repeat goes up to 1000"),
    (#"`(x{1000}){1000}`"#, "the pattern is too large when its repeats are written out"),
    (#"`\p{Foo}`"#, "unknown Unicode class"),
    (#"`[[:foo:]]`"#, "unknown class"),
    (#"`\C`"#, #"\C is not supported"#),
    (#"`\Z` `\G` `\K` `\X` `\R` `\h` `\N` `\012` `\u0041`"#, "unknown escape"),
    (#"`(?x)`"#, "unknown group"),
  ]
}
