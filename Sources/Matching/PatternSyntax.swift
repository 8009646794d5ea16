/// What a pattern may contain: the table that help and README quote.
///
/// The syntax of RE2, searched in time linear in the text, over UTF-8. Flags: `i` ignores case (ASCII letters among
/// themselves, others by Unicode's simple folding), `m` lets `^` and `$` match at lines, `s` lets `.` match a newline.
///
/// Refused, with a message that says where: back-references (`\1`, `\k<n>`, `(?P=n)`), look-around (`(?=` `(?!` `(?<=`
/// `(?<!`), atomic groups and possessive repeats, conditions, recursion, comments, scripts (`\p{Greek}`), unknown
/// escapes, counts over 1000, nesting deeper than 200, and patterns of more than 60,000 instructions once their repeats
/// are written out.
///
/// Where several matches begin at the same place, the one that Perl would prefer is found. One difference remains, as
/// in RE2: in an unbounded loop whose turns can be empty and would rather be (`(?:a??b*)*`), the match may end elsewhere.
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
    (#"`\pL` `\p{Lu}` `\P{N}` `\p{^N}`"#, #"Unicode general category; without it"#),
    (#"`\t` `\n` `\r` `\f` `\v` `\a` `\e` `\x41` `\x{20AC}`"#, #"a control character; a character by number"#),
    (#"`\Q...\E`"#, #"everything between for itself"#),
    (#"`xy` `x|y`"#, #"one after the other; one or the other, the first preferred"#),
    (#"`x*` `x+` `x?` `x{3}` `x{3,}` `x{3,5}`"#, #"repeats, as many as possible; counts up to 1000"#),
    (#"`x*?` `x+?` `x??` `x{3,5}?`"#, #"repeats, as few as possible"#),
    (#"`(x)` `(?<name>x)` `(?P<name>x)` `(?:x)`"#, #"group; with a name; not captured"#),
    (#"`(?i)` `(?m)` `(?s)` `(?i-s)` `(?i:x)`"#, #"flags from here to the end of the group; for the group only"#),
    (#"`^` `$`"#, #"beginning and end of the text (the record); with `m` of each line"#),
    (#"`\A` `\z`"#, #"beginning and end of the text, always"#),
    (#"`\b` `\B`"#, #"at, not at the edge of an ASCII word"#),
  ]
}
