import Quantities
import QueryLanguage
import Testing

/// The examples of the language's description, on records that tell their readings apart.
@Suite struct ExampleTests {
  @Test func filters() {
    QueryScript.run(
      #"""
      now 2026-01-02 10:30:00
      load json app.log
        {"time":"2026-01-02T10:00:00Z","level":"error","service":"billing","msg":"connection refused","status":500,"route":"/api/orders"}
        {"time":"2026-01-02T10:05:00Z","level":"warn","service":"web","msg":"Connection refused by healthz","status":503,"method":"GET","route":"/API/carts"}
        {"time":"2026-01-02T10:14:59Z","level":"fatal","service":"web","msg":"timed out","status":"502","method":"POST","path":"/api/v2/orders/7"}
        {"time":"2026-01-02T10:15:00Z","level":"info","msg":"time ran out","status":200,"path":"/api/vx/orders","bytes":1572864,"user":{"id":42,"email":"a@b"}}
        {"time":"2026-01-02T10:20:00Z","level":"debug","took":"251ms","user":{"id":"42","role":"admin","email":"c@d"},"bytes":10}
        {"time":"2026-01-02T10:25:00Z","level":"error","trace":"4bf92f3577b34da6a3ce929d0e0e4736","parse_ms":3,"span":[{"name":"db query","ok":false}],"msg":"DEADLINE"}
      eval error
        1 6
      eval "connection refused" -healthz
        1
      eval level>=warn
        1 2 3 6
      eval level:(error or fatal) and not service=billing
        3 6
      eval status>=500 route:/api/
        1 2
      eval status in (500, 502, 503) method!=GET
        3
      eval took>250ms
        5
      eval bytes>=1.5MiB or user.id=42
        4 5
      eval path~/^\/api\/v\d+\/(orders|carts)/
        3
      eval msg:time*out time:10:00..10:15
        3
        resolved: msg:time*out and time:2026-01-02T10:00Z..2026-01-02T10:15Z
      eval time>=-15m level:error
        6
        resolved: time>=2026-01-02T10:10:00Z and level:error
      eval trace=4bf92f3577b34da6a3ce929d0e0e4736
        6
      eval user.email:* -user.role:*
        4
        reads as: user.email:* and not user.role:*
      eval ~/(time(d )?out|deadline)/i
        3 6
      eval span[].name="db query" and span[0].ok=false
        6
      eval parse_ms:* or msg:out
        3 4 6
      """#)
  }

  @Test func minusBelongsToValues() {
    QueryScript.run(
      #"""
      load logfmt
        x=-5 y=5
        x=-1 y=a-b
        x=3 y=-b
      eval x:-5
        1
      eval x in (-5, -1)
        1 2
      eval x:(-5 or 3)
        1 3
      eval x:-5..-1
        1 2
      eval x>-5
        2 3
      eval y=-b
        3
      eval -x:-5 -(y:a-b)
        3
      """#)
  }

  @Test func otherFormats() {
    QueryScript.run(
      #"""
      load auto access.log
        10.0.0.1 - - [02/Jan/2026:10:00:00 +0000] "GET /api/x?q=\x22a\x22 HTTP/1.1" 200 2000000 "-" "curl/8"
        2001:db8::1 - bob [02/Jan/2026:10:00:01 +0000] "POST /login HTTP/1.1" 503 10 "-" "Mozilla"
      eval status:5xx
        2
      eval status>=500
        2
      eval method=POST
        2
      eval bytes>1.5MiB
        1
      eval 2001:db8::1
        2
      eval 10.0.0.1
        1
      eval format:access
        all
      eval path:/api/
        1
      load auto app.log
        2026-01-02 10:00:00,123 ERROR [main] boom code=7 took=1.5s
        Traceback (most recent call last):
          File "x.py", line 1
        ValueError: bad
        2026-01-02 10:00:01,000 INFO ok code=8
      eval ValueError
        1
      eval -valueerror
        2
      eval code=7 took>1s
        1
      eval level>=error
        1
      """#)
  }

  /// Every example with a pipeline reads back as what it prints.
  @Test(arguments: [
    "level>=error | count by service", "| count by level",
    "status>=500 | count, uniq(user.id) by route | sort -count | limit 10",
    "route:/api/ | p50 p95 p99(duration) by route", "level>=warn | timeslice 1m | count by level",
    "* | timeslice 30s | rate, p99(duration) as p99 | chart line", #""payment failed" | top 5 error.code"#,
    #"parse_ms:* or msg:took | parse "took <ms>ms" | where ms>100 | avg(ms), max(ms) by 5m, host"#,
    "level>=warn | patterns", "| patterns diff 10:00..10:10 vs 09:00..09:10", "trace:* level>=error | tree by trace",
    #"status>=500 | count(level:error) as errs, count by 1m | panel "5xx/min""#,
  ])
  func pipelinesAreRead(query: String) throws {
    let tree = try QueryParser.parse(query)
    #expect(!tree.stages.isEmpty)
    let printed = QueryPrinter.print(tree)
    #expect(try QueryParser.parse(printed) == tree, "\(printed)")
  }
}
