import Testing

/// What is said of stages that cannot be read, or cannot do anything where they stand.
@Suite struct StageErrorScriptTests {
  @Test func stagesThatCannotBeRead() {
    QueryScript.run(
      #"""
      expect fail | eval
        msg: eval needs a name and an expression
        at: eval
        help: write eval ms = took * 1000
      expect fail | eval x
        msg: = is missing after the name
        help: write eval x = expression
      expect fail | eval x =
        msg: an expression is missing here
        help: expressions are made of fields, numbers, "texts", + - * / % and functions; - stands between blanks
      expect fail | eval x = 1 +
        msg: an expression is missing here
        help: expressions are made of fields, numbers, "texts", + - * / % and functions; - stands between blanks
      expect fail | eval x = (1 + 2
        msg: this ( is never closed
        at: (
        help: close it with ), or quote it: "("
      expect fail | eval x = foo(1)
        msg: unknown function "foo"
        at: foo
        help: did you mean "floor"? functions: abs round floor ceil min max lower upper length concat if coalesce bucket seconds duration
      expect fail | eval x = round()
        msg: round takes one or two arguments
        at: round
        help: write round(ms, 1)
      expect fail | eval x = abs(1, 2)
        msg: abs takes one argument
        at: abs
        help: write abs(ms)
      expect fail | eval level = 1
        msg: level is a built-in field
        at: level
        help: choose another name
      expect fail | eval x = 1 2
        msg: eval does not take "2"
        at: 2
        help: a new stage begins with |; see the language reference for what eval takes
      expect fail | parse
        msg: parse needs a text in quotes with <names>, or ~/expression/
        at: parse
        help: write parse "took <ms>ms", or parse ~/took (?<ms>\d+)ms/
      expect fail | parse "no part"
        msg: this names no field
        at: "no part"
        help: put names in angle brackets: parse "took <ms>ms"
      expect fail | parse "<level> x"
        msg: level is a built-in field
        at: "<level> x"
        help: choose another name
      expect fail | parse "<a><b>"
        msg: two gaps touch each other
        at: "<a><b>"
        help: put the text that stands between them there
      expect fail | parse "<a> <a>"
        msg: two parts are called a
        at: "<a> <a>"
        help: choose another name, or <_> for what is not needed
      expect fail | parse /no groups/
        msg: parse needs a text in quotes with <names>, or ~/expression/
        at: parse
        help: write parse "took <ms>ms", or parse ~/took (?<ms>\d+)ms/
      expect fail | parse "<a> x" from
        msg: a field is missing after from
        help: a field is a name such as status or user.id; odd names stand in backquotes
      expect fail | parse "<a"
        msg: this names no field
        at: "<a"
        help: put names in angle brackets: parse "took <ms>ms"
      expect fail | sort
        msg: sort needs a column
        at: sort
        help: write sort -count
      expect fail | sort by
        msg: sort needs a column
        at: sort
        help: write sort -count
      expect fail | count by level | sort nope
        msg: there is no column "nope"
        at: nope
        help: columns: level, count
      expect fail | count by level | sort level level
        msg: sort does not take "level"
        at: level
        help: a new stage begins with |; see the language reference for what sort takes
      expect fail | limit
        msg: limit needs a number
        at: limit
        help: write limit 10
      expect fail | limit x
        msg: limit needs a number, not "x"
        at: x
        help: write limit 10
      expect fail | limit -1
        msg: limit needs a number, not "-1"
        at: -1
        help: write limit 10
      expect fail | top
        msg: top needs a field
        at: top
        help: write top 10 path
      expect fail | top 5
        msg: top needs a field
        at: top
        help: write top 10 path
      expect fail | top x path
        msg: top does not take "path"
        at: path
        help: a new stage begins with |; see the language reference for what top takes
      expect fail | rare
        msg: rare needs a field
        at: rare
        help: write rare 10 path
      expect fail | fields
        msg: fields needs a field
        at: fields
        help: write fields time, status, path
      expect fail | drop
        msg: drop needs a field
        at: drop
        help: write drop user, referer
      expect fail | where
        msg: where needs a test
        at: where
        help: write where status>=500
      expect fail | where |
        msg: where needs a test
        at: where
        help: write where status>=500
      expect fail | chart
        msg: chart needs a kind
        at: chart
        help: write chart line; kinds: line, bar, spark
      expect fail | chart pie
        msg: unknown kind of chart "pie"
        at: pie
        help: kinds: line, bar, spark
      expect fail | count by 1m | chart pie
        msg: unknown kind of chart "pie"
        at: pie
        help: kinds: line, bar, spark
      expect fail | chart line | count
        msg: chart draws what was computed
        at: chart line 
        help: write | count by 1m | chart line
      expect fail | panel
        msg: panel needs a title in quotes
        at: panel
        help: write panel "errors a minute"
      expect fail | count by 1m | panel
        msg: panel needs a title in quotes
        at: panel
        help: write panel "errors a minute"
      expect fail | panel "x"
        msg: panel needs values over time
        at: panel "x"
        help: write | count by 1m | panel "title"
      expect fail | count by 1m, 5m
        msg: there are two slices of time
        at: count by 1m, 5m
        help: leave one of them out
      expect fail | count by level, level
        msg: two keys are the same
        at: count by level, level
        help: leave one of them out
      expect fail | count, count by level
        msg: two columns are called count
        at: count
        help: name one of them: count as other
      expect fail | count as a, rate as a
        msg: two columns are called a
        at: rate as a
        help: name one of them: rate as other
      expect fail | count as level by level
        msg: two columns are called level
        at: count as level
        help: name one of them: count as other
      expect fail | timeslice 1m | timeslice 5m | count
        msg: there is a timeslice already
        at: timeslice 5m 
        help: leave one of them out
      expect fail | timeslice 1m
        msg: timeslice needs an aggregation after it
        at: timeslice 1m
        help: write | timeslice 1m | count, or | count by 1m
      expect fail | timeslice 0s | count
        msg: this is no length for a slice of time
        at: 0s
        help: from 1ns to 366d
      expect fail | timeslice 999d | count
        msg: this is no length for a slice of time
        at: 999d
        help: from 1ns to 366d
      expect fail | timeslice x | count
        msg: "x" is no duration
        at: x
        help: write timeslice 30s, 1m or 1h
      expect fail | count by 1m | timeslice 1m
        msg: timeslice needs an aggregation after it
        at: timeslice 1m
        help: write | timeslice 1m | count, or | count by 1m
      expect fail | count by level | parse "<a> x"
        msg: parse looks at records, and count has made rows of them
        at: parse "<a> x"
        help: put parse before count
      expect fail | count by level | json
        msg: json looks at records, and count has made rows of them
        at: json
        help: put json before count
      expect fail | count by level | tree by x
        msg: tree looks at records, and count has made rows of them
        at: tree by x
        help: put tree before count
      expect fail | count by level | context 3
        msg: context looks at records, and count has made rows of them
        at: context 3
        help: put context before count
      expect fail | context x
        msg: context does not take "x"
        at: x
        help: a new stage begins with |; see the language reference for what context takes
      expect fail | patterns by
        msg: a field is missing after by
        help: a field is a name such as status or user.id; odd names stand in backquotes
      expect fail | patterns diff
        msg: a range of time is missing
        help: write patterns diff 10:00..10:10 vs 09:00..09:10
      expect fail | patterns diff 10:00..10:05
        msg: a second range is missing
        help: write patterns diff 10:00..10:10 vs 09:00..09:10
      expect fail | patterns diff 10:00..10:05 vs
        msg: a range of time is missing
        help: write patterns diff 10:00..10:10 vs 09:00..09:10
      expect fail | patterns diff a vs b
        msg: a range of time is missing
        at: a
        help: write patterns diff 10:00..10:10 vs 09:00..09:10
      expect fail | tree by
        msg: a field is missing after by
        help: a field is a name such as status or user.id; odd names stand in backquotes
      expect fail | dedup by
        msg: by needs a field
        at: dedup
        help: write dedup by user
      expect fail | count by level | dedup by nope
        msg: there is no column "nope"
        at: nope
        help: columns: level, count
      expect fail | pxx(x)
        msg: unknown stage "pxx"
        at: pxx
        help: did you mean "max"? stages: where count rate top rare timeslice sort limit fields drop eval parse json logfmt patterns tree context dedup chart panel
      expect fail | avg by x
        msg: avg needs a field
        at: avg
        help: write avg(duration)
      expect fail | sum()
        msg: sum needs a field
        at: sum
        help: write sum(duration)
      expect fail | sum(a, b)
        msg: sum takes one field
        at: ,
        help: write sum(a)
      expect fail | distinct
        msg: distinct needs a field
        at: distinct
        help: write distinct(duration)
      expect fail | count(
        msg: this ( is never closed
        at: (
        help: close it with ), or quote it: "("
      expect fail | count(status>=500 by x
        msg: this ( is never closed
        at: (
        help: close it with ), or quote it: "("
      expect fail | median
        msg: median needs a field
        at: median
        help: write median(duration)
      expect fail | count by
        msg: a field is missing after by
        help: a field is a name such as status or user.id; odd names stand in backquotes
      expect fail | count by level where x=1
        msg: count does not take "where"
        at: where
        help: a new stage begins with |; see the language reference for what count takes
      expect fail | count extra
        msg: count takes no field: "extra"
        at: extra
        help: write count by extra; for those that have it count(extra:*)
      expect fail | json extra(
        msg: json does not take "extra"
        at: extra
        help: a new stage begins with |; see the language reference for what json takes
      expect fail | count by level | eval level = 1
        msg: level is a built-in field
        at: level
        help: choose another name
      expect fail | count by level | fields nope
        msg: there is no column "nope"
        at: nope
        help: columns: level, count
      expect fail | foo
        msg: unknown stage "foo"
        at: foo
        help: did you mean "top"? stages: where count rate top rare timeslice sort limit fields drop eval parse json logfmt patterns tree context dedup chart panel
      expect fail | fields a, a
        msg: two columns are called a
        at: a
        help: leave one of them out
      expect fail | top 5 path, path
        msg: two columns are called path
      expect fail | count by level | where nope=1
        msg: there is no column "nope"
        at: nope
        help: columns: level, count
      expect fail | count by level | eval x = cuont * 2
        msg: there is no column "cuont"
        at: cuont
        help: did you mean "count"? columns: level, count
      expect fail | count by level | sum(nope)
        msg: there is no column "nope"
      expect fail | count by level | drop level, count
        msg: this drops every column
        at: drop level, count
        help: keep one, or leave drop out
      expect fail | p101(x)
        msg: p101 is no percentile
        at: p101
        help: write p50, p95, p99 or p999
      expect fail | count by level | context 3
        msg: context looks at records, and count has made rows of them
      """#)

  }
}
