import Analysis
import QueryLanguage
import Records
import Testing

/// What pipelines compute, said by example: a query, and the rows that come out of the same few records.
@Suite struct PipelineScriptTests {
  static let orders = """
    2026-01-02T10:00:05Z INFO [http] request route=/orders status=200 took=18ms user=ann bytes=1200
    2026-01-02T10:00:20Z INFO [http] request route=/orders status=200 took=22ms user=bob bytes=800
    2026-01-02T10:00:40Z ERROR [http] request route=/carts status=503 took=1.5s user=ann bytes=90
    2026-01-02T10:01:10Z WARN [http] request route=/carts status=429 took=5ms user=cid
    2026-01-02T10:01:30Z ERROR [db] query failed code=57014 took=30s
      at pool.acquire
    2026-01-02T10:02:00Z INFO [http] request route=/orders status=200 took=40ms user=ann bytes=1000

    """

  /// `eval` and a query, then header and rows; cells are parted by ` | `.
  private static let script = #"""
    eval * | count
      count
      6
    eval nothing | count
      count
      0
    eval nothing | count by level
      level | count
    eval * | count by level
      level | count
      error | 2
      warn | 1
      info | 3
    eval * | count by route
      route | count
      /orders | 3
      /carts | 2
       | 1
    eval * | count by 1m, level
      time | level | count
      2026-01-02T10:00:00Z | error | 1
      2026-01-02T10:00:00Z | info | 2
      2026-01-02T10:01:00Z | error | 1
      2026-01-02T10:01:00Z | warn | 1
      2026-01-02T10:02:00Z | info | 1
    eval * | timeslice 1m | count
      time | count
      2026-01-02T10:00:00Z | 3
      2026-01-02T10:01:00Z | 2
      2026-01-02T10:02:00Z | 1
    eval * | rate
      rate
      0.05217391304347826
    eval * | rate by 1m
      time | rate
      2026-01-02T10:00:00Z | 0.05
      2026-01-02T10:01:00Z | 0.03333333333333333
      2026-01-02T10:02:00Z | 0.016666666666666666
    eval route:* | p50 p95(took), min(took), max(took) by route
      route | p50(took) | p95(took) | min(took) | max(took)
      /orders | 22ms | 40ms | 18ms | 40ms
      /carts | 5ms | 1.5s | 5ms | 1.5s
    eval * | sum(bytes), avg(bytes), stdev(bytes)
      sum(bytes) | avg(bytes) | stdev(bytes)
      3090B | 772.5B | 418.6511077257529B
    eval * | distinct(user), uniq(route) as routes
      distinct(user) | routes
      3 | 2
    eval * | count(status>=500) as bad, count(level:error), count by route
      route | bad | count(level:error) | count
      /carts | 1 | 1 | 2
      /orders | 0 | 0 | 3
       | 0 | 1 | 1
    eval * | first(user), last(user), last(msg)
      first(user) | last(user) | last(msg)
      ann | ann | [http] request route=/orders status=200 took=40ms user=ann bytes=1000
    eval * | min(time), max(level)
      min(time) | max(level)
      2026-01-02T10:00:05Z | error
    eval * | top 2 user
      user | count | share
      ann | 3 | 0.6
      bob | 1 | 0.2
    eval * | rare 1 route
      route | count | share
      /carts | 2 | 0.4
    eval * | count by route | sort -route | limit 1
      route | count
      /orders | 3
    eval * | count, max(took) by route | sort -max(took) | fields route, max(took)
      route | max(took)
       | 30s
      /carts | 1.5s
      /orders | 40ms
    eval * | count by route | where count>1 | drop count
      route
      /orders
      /carts
    eval * | p95(took) by route | where p95(took)>100ms | sort route
      route | p95(took)
      /carts | 1.5s
       | 30s
    eval * | count as n by route | eval twice = n * 2, big = if(n>2, "yes", "no") | limit 2
      route | n | twice | big
      /orders | 3 | 6 | yes
      /carts | 2 | 4 | no
    eval * | count by route, user | count as users by route | sort -users, route | limit 1
      route | users
      /carts | 2
    eval * | eval ms = seconds(took) * 1000 | max(ms), sum(ms) by level
      level | max(ms) | sum(ms)
      error | 30000 | 31500
      warn | 5 | 5
      info | 40 | 80
    eval * | where took>1s | count
      count
      2
    eval * | parse "took=<ms>ms" | avg(ms)
      avg(ms)
      21.25
    eval * | parse ~/status=(?<class>\d)\d\d/ | count by class | sort class
      class | count
      2 | 3
      4 | 1
      5 | 1
       | 1
    eval * | logfmt | count by status | limit 1
      status | count
      200 | 3
    eval level:error | fields time, route, took
      time | route | took
      2026-01-02T10:00:40Z | /carts | 1.5s
      2026-01-02T10:01:30Z |  | 30s
    eval * | sort -took | limit 2 | fields took
      took
      30s
      1.5s
    eval * | dedup by route | count
      count
      4
    eval "at pool" | count by level
      level | count
      error | 1
    """#

  private static let examples: [Example] = script.split(separator: "\n").reduce(into: []) { examples, line in
    if line.hasPrefix("eval ") {
      examples.append(Example(query: String(line.dropFirst(5)), rows: []))
    } else {
      examples[examples.count - 1].rows.append(String(line.dropFirst(2)))
    }
  }

  struct Example: Sendable {
    var query: String
    var rows: [String]
  }

  @Test(arguments: examples)
  func computes(_ example: Example) throws {
    #expect(Pipelines.text(try Pipelines.table(example.query, Self.orders)) == example.rows, "\(example.query)")
  }

  @Test func namesTheMethod() throws {
    let table = try Pipelines.table("* | p95(took)", Self.orders)
    #expect(table.notes == ["p95(took): exact, nearest rank"])
    let sketch = try Pipelines.table(
      "* | p95(took)", Self.orders, limits: .init(groups: 10, exactNumbers: 2, bytes: 1 << 20))
    #expect(sketch.notes == ["p95(took): UDDSketch, within 0.4 % of the value"])
  }

  /// The filter of each row finds as many records as the row counts.
  @Test(arguments: [
    "* | count by route", "* | count by level", "* | count by 1m, user", "* | count by status, source",
    "* | top 5 took",
  ])
  func rowsAreFoundAgain(query: String) throws {
    let table = try Pipelines.table(query, Self.orders)
    #expect(!table.rows.isEmpty)
    let place = try #require(table.columns.firstIndex { $0.name == "count" })
    for row in table.rows {
      let filter = try #require(row.filter)
      let found = try Pipelines.table("\(filter) | count", Self.orders)
      #expect(found.rows[0].cells[0] == row.cells[place], "\(filter)")
    }
  }

  @Test func saysWhichFieldNobodyHas() throws {
    let table = try Pipelines.table("* | count by rote", Self.orders)
    #expect(table.notes == ["no record has a field rote; did you mean route?"])
    #expect(try Pipelines.table("* | count by route", Self.orders).notes.isEmpty)
  }

  /// What cannot be computed, or not be written as a number, is absent.
  @Test(arguments: [
    "1 / 0", "1 % 0", "round(1, 400)", "round(big, 15)", "bucket(big, 0.000001)", "bucket(5, 0)",
    "duration(big, \"ms\")",
    "big * big", "time + big * 1s", "ceil(nothing)", "took + 5", "msg * 2",
  ])
  func isAbsent(expression: String) throws {
    let log = "2026-01-02T10:00:05Z INFO big=\(String(repeating: "9", count: 308)) took=18ms\n"
    let table = try Pipelines.table("* | eval x = \(expression) | fields x", log)
    #expect(Pipelines.text(table) == ["x", ""])
  }

  @Test(arguments: [
    ("9223372036854775807 + 1", "9223372036854775807.0"), ("0 - 7 % 2", "-1"), ("bucket(-7, 5)", "-10"),
    ("7 / 2", "3.5"),
    ("6 / 2", "3"), ("took * 2", "36ms"), ("took / 9ms", "2"), ("1s - took", "982ms"), ("\"a\" + 1", "a1"),
  ])
  func computes(expression: String, value: String) throws {
    let log = "2026-01-02T10:00:05Z INFO took=18ms\n"
    let table = try Pipelines.table("* | eval x = \(expression) | fields x", log)
    if value.hasSuffix(".0") {
      #expect(table.rows[0].cells[0].magnitude == Double(value))
    } else {
      #expect(Pipelines.text(table) == ["x", value])
    }
  }

  @Test func slicesBeginAtMidnightOfTheZone() throws {
    let table = try Pipelines.table("* | count by 1d", Self.orders, zone: .init(fixedOffset: 5400))
    #expect(Pipelines.text(table) == ["time | count", "2026-01-01T22:30:00Z | 6"])
  }

  @Test func saysWhatIsMissing() throws {
    let table = try Pipelines.table(
      "* | count by user", Self.orders, limits: .init(groups: 1, exactNumbers: 10, bytes: 1 << 20))
    #expect(Pipelines.text(table) == ["user | count", "ann | 3", "(other) | 3"])
    #expect(table.notes.contains { $0.hasPrefix("the 1 most frequent groups are kept") })
  }

  /// `tags[]` names every element: a record counts once for each, and once for none.
  @Test func elementsOfArraysCountOneByOne() throws {
    let log = """
      {"time":"2026-01-02T10:00:00Z","tags":["a","b"],"ms":1}
      {"time":"2026-01-02T10:00:01Z","tags":["b"],"ms":3}
      {"time":"2026-01-02T10:00:02Z","ms":5}
      {"time":"2026-01-02T10:00:03Z","tags":[null,"b"],"ms":7}

      """
    let table = try Pipelines.table("* | count, max(ms) by tags[]", log)
    #expect(Pipelines.text(table) == ["tags[] | count | max(ms)", "b | 3 | 7", "a | 1 | 1", " | 1 | 5"])
    let top = try Pipelines.table("ms>1 | top 1 tags[]", log)
    #expect(Pipelines.text(top)[1].hasPrefix("b | 2 | "))
  }

  @Test func saysWhichTestOfRowsLeftNone() throws {
    let table = try Pipelines.table("* | count by level | where count>3 | where count>9", Self.orders)
    #expect(table.rows.isEmpty && table.notes == ["none of 3 rows passes where count>3"])
  }

  @Test(
    "What emptied a result is said: the filter, or the first stage that did nothing for any record",
    arguments: [
      ("nobody | count", ["no record passes nobody"]),
      ("* | where ms>100000 | avg(ms)", ["none of 6 records passes where ms>100000"]),
      ("* | where level=error | where user=nobody | count", ["none of 2 records passes where user=nobody"]),
      ("* | parse \"tooook <t>ms\" | where t>5 | count", ["parse \"tooook <t>ms\" fits none of 6 records"]),
      ("* | json from user | count", ["json from user finds no field in any of 6 records"]),
      ("* | eval x = nothing * 2 | count", ["eval x = nothing * 2 has no value in any of 6 records"]),
      ("* | where user=ann | count", []), ("* | where user=ann | dedup by user | drop user | count", []),
    ])
  func saysWhatEmptiedTheResult(query: String, notes: [String]) throws {
    #expect(try Pipelines.table(query, Self.orders).notes == notes)
  }

  /// Partial results come before there is anything to say.
  @Test func saysNothingOfAResultThatIsPartial() throws {
    let plan = try PipelinePlan(
      QueryParser.parse("* | where ms>100000 | count"), context: QueryContext(now: .distantFuture))
    #expect(try plan.table(of: plan.makeSink(), isPartial: true).notes == [])
  }

  @Test func saysThatFieldsFarBehindAreNotRead() throws {
    let long = String(repeating: "x", count: RecordReader.reach + 10)
    let log = """
      {"time":"2026-01-02T10:00:00Z","text":"\(long)","k":"a"}
      {"time":"2026-01-02T10:00:00Z","text":"short"}

      """
    let table = try Pipelines.table("* | count by k", log)
    #expect(table.notes.count == 1 && table.notes[0].hasSuffix("KB of a record, and 1 is longer"), "\(table.notes)")
  }
}
