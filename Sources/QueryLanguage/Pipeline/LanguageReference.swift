/// The whole language, one line a word: what help and completion show.
public enum LanguageReference {
  /// A word or sign, and what it does.
  public struct Entry: Hashable, Sendable {
    /// How it is written; `...` stands for what a person fills in.
    public var syntax: String
    /// What it does, in one line.
    public var summary: String
    /// A query that has it, which can be read as it stands.
    public var example: String

    init(_ syntax: String, _ summary: String, _ example: String) {
      self.syntax = syntax
      self.summary = summary
      self.example = example
    }

    /// The first word.
    var word: String { String(syntax.prefix { $0.isLetter || $0.isNumber || $0 == "_" }) }
  }

  /// Entries of one kind.
  public struct Section: Hashable, Sendable {
    /// Its heading.
    public var title: String
    /// Its entries, in the order of the help.
    public var entries: [Entry]
  }

  /// Everything.
  public static let sections = [
    Section(title: "Filters", entries: filters), Section(title: "Values", entries: values),
    Section(title: "Stages: filter | stage | stage", entries: stages),
    Section(title: "Aggregates: ... by field, 1m", entries: aggregates),
    Section(title: "Functions of eval", entries: functions),
  ]

  static let filters = [
    Entry("error timeout", "records that have both words, anywhere in their text", "error timeout"),
    Entry("\"connection refused\"", "that phrase", "\"connection refused\""),
    Entry("-healthz, not healthz", "without the word", "level>=warn -healthz"),
    Entry("a or b, (a or b) c", "either; and binds tighter than or, blanks mean and", "(timeout or refused) db"),
    Entry("~/a|b/i", "the text matches an expression; i ignores case, m and s as usual", "~/time(d )?out/i"),
    Entry("user=alice, user!=alice", "is exactly, has the field and is not", "user=alice method!=GET"),
    Entry("route:/api/, route!:/api/", "contains; equals where numbers or levels are compared", "route:/api/"),
    Entry("path~/^\\/api/, path!~...", "the field matches an expression", "path~/^\\/api\\/v\\d/"),
    Entry("status>=500, duration>250ms", "numbers, durations, sizes, times, levels", "status>=500 duration>250ms"),
    Entry("status in (500, 502), not in", "any of them, none of them", "status in (500, 502) host not in (a, b)"),
    Entry("level:(error or fatal)", "any of them, without repeating the field", "level:(error or fatal)"),
    Entry("user:*", "the field has a value", "user:* -role:*"),
    Entry("status:500..599", "a range, with both ends", "status:500..599"),
    Entry("time:14:00..14:15", "by time: a range, a minute, today, yesterday", "time:14:00..14:15"),
    Entry("time>=-15m", "the last 15 minutes", "time>=-15m"),
    Entry("time*out", "* stands for any text, but not in quotes", "time*out"),
    Entry("duration(s)>250ms", "states the unit of a field that names none", "duration(s)>250ms"),
    Entry(
      "span[].name, .source, `a b`", "any element; the record's own field; a name with odd letters", "span[].name=db"),
    Entry("@noise", "a filter that was saved; :save NAME saves one", "@noise"),
  ]

  static let values = [
    Entry("level", "trace debug info notice warn error critical fatal, in this order", "level>=warn"),
    Entry("time, line, source, format", "of every record", "source:nginx"),
    Entry("msg, raw", "the message, the whole text", "msg:timeout"),
    Entry("250ms 1m30s 2h 1d", "durations: ns us ms s m h d w", "duration>1m30s"),
    Entry("1.5MiB 10kB 4096", "sizes: B kB MB GB KiB MiB GiB", "bytes>=1.5MiB"),
  ]

  static let stages = [
    Entry("where ...", "keeps the records, or rows, that pass a test", "* | count by host | where count>100"),
    Entry("count ..., p95(f), ...", "computes for each group; see aggregates", "status>=500 | count by route"),
    Entry("top n f", "the most frequent values of a field", "\"payment failed\" | top 5 error.code"),
    Entry("rare n f", "the least frequent ones", "* | rare 5 user"),
    Entry("timeslice 1m", "the next aggregation by slices of time, as by 1m", "* | timeslice 1m | count by level"),
    Entry("sort -f, g", "by columns; - begins with the greatest", "* | count by host | sort -count"),
    Entry("limit n", "the first n", "* | count by host | limit 10"),
    Entry("fields f, g", "these columns only, in this order", "level>=warn | fields time, source, msg"),
    Entry("drop f, g", "all columns but these", "* | drop referer, agent"),
    Entry("eval f = ...", "computes a field; see functions", "* | eval ms = seconds(duration) * 1000"),
    Entry("parse \"... <f> ...\" from g", "names parts of a text", "msg:took | parse \"took <ms>ms\" | avg(ms)"),
    Entry("json from f", "the members of JSON inside a field become fields", "* | json from payload"),
    Entry("logfmt from f", "the pairs inside a field become fields", "* | logfmt from msg"),
    Entry("patterns by f", "messages grouped by their form", "level>=warn | patterns"),
    Entry("patterns diff a vs b", "what is new, gone or changed", "| patterns diff 10:00..10:10 vs 09:00..09:10"),
    Entry("tree by f", "tasks, traces and requests as trees", "trace:* level>=error | tree by trace"),
    Entry("context n", "the records around each, within its file", "panic | context 5"),
    Entry("dedup by f", "the first of equal records that follow each other", "* | dedup by user"),
    Entry("chart line", "draws it over the time axis: line, bar or spark", "* | count by 1m, level | chart bar"),
    Entry("panel \"name\"", "keeps it as a panel above the log", "status>=500 | count by 1m | panel \"5xx/min\""),
  ]

  static let aggregates = [
    Entry("count", "records", "* | count by level"),
    Entry("count(test)", "records that pass a test", "* | count(level:error) as errors, count by host"),
    Entry("rate", "records a second", "* | rate by 1m"),
    Entry("sum(f)", "the sum of its numbers", "* | sum(bytes) by route"),
    Entry("avg(f)", "their mean; look at percentiles too", "* | avg(duration) by route"),
    Entry("min(f)", "the least", "* | min(duration)"),
    Entry("max(f)", "the greatest", "* | max(duration) by 5m"),
    Entry(
      "p50 p95 p99(f)", "percentiles, any pNN; median(f) is p50(f)", "route:/api/ | p50 p95 p99(duration) by route"),
    Entry("median(f)", "as p50(f)", "* | median(duration)"),
    Entry("stdev(f)", "standard deviation", "* | stdev(duration) by route"),
    Entry("distinct(f)", "how many different values", "* | distinct(user) by 1h"),
    Entry("first(f)", "its value in the earliest record", "* | first(msg) by host"),
    Entry("last(f)", "its value in the latest record", "* | last(status) by host"),
    Entry("... as name", "names a column", "* | p99(duration) as slow by route"),
  ]

  static let functions = [
    Entry("+ - * / %", "with spaces around minus; + joins texts", "* | eval rest = total - used"),
    Entry("abs(x)", "without its sign", "* | eval d = abs(drift)"),
    Entry("round(x, digits)", "rounded", "* | eval r = round(ratio, 2)"),
    Entry("floor(x)", "the whole number below", "* | eval n = floor(x)"),
    Entry("ceil(x)", "the whole number above", "* | eval n = ceil(x)"),
    Entry("min(a, b)", "the least of them", "* | eval m = min(a, b)"),
    Entry("max(a, b)", "the greatest of them", "* | eval m = max(a, b)"),
    Entry("lower(text)", "in lower case", "* | eval h = lower(host)"),
    Entry("upper(text)", "in upper case", "* | eval h = upper(host)"),
    Entry("length(text)", "how many characters", "* | eval n = length(msg)"),
    Entry("concat(a, b)", "one text after the other", "* | eval id = concat(host, \"/\", pid)"),
    Entry("if(test, a, b)", "one or the other", "* | eval k = if(status>=500, \"bad\", \"good\")"),
    Entry("coalesce(a, b)", "the first that is there", "* | eval who = coalesce(user, client)"),
    Entry(
      "bucket(x, width)", "the multiple of the width at or below x", "* | eval b = bucket(duration, 100ms) | count by b"
    ),
    Entry("seconds(x)", "a duration as a number of seconds", "* | eval s = seconds(duration)"),
    Entry("duration(x, \"ms\")", "a number as a duration", "* | eval d = duration(took, \"ms\")"),
  ]
}
