import QueryLanguage
import Quantities
import Testing

@Suite struct ErrorScriptTests {
  /// The five messages that the specification spells out, to the column.
  @Test(arguments: [
    (
      "level>=wran",
      """
      error: unknown level "wran"
        level>=wran
               ^^^^
        help: did you mean "warn"? levels: trace debug info notice warn error critical fatal
      """
    ),
    (
      "| p95 by route",
      """
      error: p95 needs a field
        | p95 by route
          ^^^
        help: write p95(duration)
      """
    ),
    (
      "error: cannot open",
      """
      error: space after "error:"
        error: cannot open
              ^
        help: a field test is error:value; to search the text, quote it: "error: cannot open"
      """
    ),
    (
      "path~/api/(v1",
      #"""
      error: the regex literal ended here
        path~/api/(v1
                 ^
        help: write \/ for a slash inside /.../, or quote it: path~"..."
      """#
    ),
    (
      "status> five",
      """
      error: > compares numbers, durations, sizes and times, not "five"
        status> five
                ^^^^
        help: for text use = : or ~
      """
    ),
    (
      "日本 \u{65}\u{301} level>=wran",
      """
      error: unknown level "wran"
        日本 \u{65}\u{301} level>=wran
                      ^^^^
        help: did you mean "warn"? levels: trace debug info notice warn error critical fatal
      """
    ),
  ])
  func rendered(query: String, expected: String) {
    #expect(throws: (any Error).self) { try QueryParser.parse(query) }
    do throws(Diagnostic) {
      _ = try QueryParser.parse(query)
    } catch {
      #expect(error.rendered(query: query) == expected)
    }
  }

  @Test func mistakes() {
    QueryScript.run(
      #"""
      expect fail level:error and
        msg: nothing follows "and"
        at: and
      expect fail (status>=500 or status=404
        msg: this ( is never closed
        at: (
      expect fail "connection refused
        msg: this quote is never closed
        at: "
        help: write "connection refused"
      expect fail | cuont by level
        msg: unknown stage "cuont"
        at: cuont
        help: did you mean "count"?
        repair: | count by level
      expect fail | timeslice 1
        msg: "1" has no unit
        at: 1
        help: timeslice 1s, 1m or 1h
      expect fail | count service
        msg: count takes no field: "service"
        at: service
        help: write count by service
      expect fail time>=15 minutes
        msg: "15" is not a time
        at: 15
        help: for 15 minutes ago write time>=-15m
      expect fail time>=15m
        msg: "15m" is a duration, not a time
        repair: time>=-15m
      expect fail duration:
        msg: "duration:" needs a value
        at: duration:
        help: duration:*
      expect fail level:error || | count
        msg: nothing follows "||"
        at: ||
      expect fail level>=
        msg: "level>=" needs a value
      expect fail error or
        msg: nothing follows "or"
      expect fail or error
        msg: nothing stands before "or"
      expect fail && error
        msg: nothing stands before "&&"
      expect fail || error
        msg: nothing stands before "||"
      expect fail error not
        msg: nothing follows "not"
      expect fail ()
        msg: nothing stands between the parentheses
      expect fail main()
        msg: nothing stands between the parentheses
      expect fail error)
        msg: this ) closes nothing
        at: )
      expect fail (error | warn)
        msg: | starts a pipeline, which cannot stand in parentheses
        help: write or
      expect fail (~time|out) error
        msg: | starts a pipeline, which cannot stand in parentheses
        help: write ~/time|out/
      expect fail status in (500 502)
        msg: values of in are separated by commas
        at: 502
      expect fail status in (500,)
        msg: a value is missing here
      expect fail status in (500, 502
        msg: this ( is never closed
      expect fail level:(error fatal)
        msg: values after : are joined by or
        at: fatal
      expect fail level:(error, fatal)
        msg: values after : are joined by or
      expect fail status=(500 or 502)
        msg: = takes one value
        help: status in (500, 502)
      expect fail status:>=500
        msg: a test has one sign, not ":>="
        help: write status>=value
      expect fail "level":error
        msg: a quoted text is no field
        help: write level:value
      expect fail status!=*
        msg: * stands for any value, which != cannot compare
        help: not status:*
      expect fail `odd name`
        msg: a name in backquotes is a field, and needs a test
      expect fail `odd
        msg: this backquote is never closed
      expect fail ~/a(b/
        at: (
      expect fail path~/x\/y(/
        at: (
      expect fail ~/a
        msg: this regular expression is never closed
      expect fail ~/a/x
        msg: unknown flag after the regular expression: x
        at: x
      expect fail ~//
        msg: the regular expression is empty
      expect fail ~
        msg: nothing follows "~"
      expect fail ~a\
        msg: the regular expression ends in a backslash
      expect fail ~time|out
        msg: unknown stage "out"
        help: write ~/time|out/
      expect fail error |= "x"
        msg: |= is LogQL
        at: |=
        help: write "text"
      expect fail error |~ x
        msg: |~ is LogQL
      expect fail error |
        msg: nothing follows "|"
        at: |
      expect fail error | count by level
        msg: only a filter can stand here, without a pipeline
        at: count by level
      expect fail | timeslice
        msg: timeslice needs a duration
      expect fail | avg
        msg: avg needs a field
      expect fail time:2026-01-02 14:05
        msg: a date and a clock are joined by T
        repair: time:2026-01-02T14:05
      expect fail time:25:00
        msg: "25:00" is not a time
      expect fail time:2026-02-30
        msg: "2026-02-30" is not a time
      expect fail time:-15m
        msg: -15m is an instant, which no record hits
        help: write time>=-15m
      expect fail time~10
        msg: a time has no text to match
      expect fail time:2026-01-03..2026-01-02
        msg: this range ends before it begins
      expect fail level:error..info
        msg: this range ends before it begins
        at: error..info
      expect fail bytes:9..1
        msg: this range ends before it begins
      expect fail duration:1..5ms
        msg: the ends of this range have different units
      expect fail level>40
        msg: unknown level "40"
      expect fail level:x*
        msg: unknown level "x*"
      expect fail status>"500"
        msg: > compares numbers, durations, sizes and times, not "500"
      expect fail status<>5
        msg: < compares numbers, durations, sizes and times, not ">5"
        help: not equal is !=
      expect fail status>=5xx
        help: write status>=500
      expect fail level:ERROR,FATAL
        msg: unknown level "ERROR,FATAL"
        repair: level:(error or fatal)
      expect fail time:10:00-10:15
        msg: "10:00-10:15" is not a time
        repair: time:10:00..10:15
      expect fail error: cannot open (x) y
        repair: "error: cannot open (x) y"
      expect fail (error: cannot open) y
        repair: ("error: cannot open") y
      expect fail error|warn
        msg: unknown stage "warn"
        help: "either" is or
      expect fail a > -> b
        msg: > compares numbers, durations, sizes and times, not "->"
      """#)
  }

  @Test func deepNestingIsAnError() {
    for opening in ["(", "not ", "-("] {
      let query = String(repeating: opening, count: 100_000) + "x"
      #expect(throws: Diagnostic.self) { try QueryParser.parse(query) }
    }
  }
}
