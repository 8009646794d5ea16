import Quantities
import TestSupport
import Testing

@testable import Analysis

/// Lines of an imagined service.
private func lines(_ count: Int, seed: UInt64 = 1) -> String {
  var dice = SeededGenerator(seed)
  let users = ["ann", "bob", "cy", "dee", "eve", "flo", "gus", "hal", "ida", "jo", "kim", "lou"]
  return (0..<count).map { number in
    let second = number * 3_000 / max(count, 1)
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let stamp = "2026-01-02T10:\(two(second / 60)):\(two(second % 60))Z"
    let value = Int.random(in: 0..<100_000, using: &dice)
    switch Int.random(in: 0..<6, using: &dice) {
    case 0: return "\(stamp) INFO request \(value) took \(value % 900)ms from 10.0.0.\(value % 256):\(value)"
    case 1: return "\(stamp) WARN cache miss for key session:\(String(value, radix: 16))f00d77 (attempt \(value % 5))"
    case 2: return "\(stamp) INFO login of member \(users[value % users.count]) accepted"
    case 3: return "\(stamp) ERROR cannot open /srv/data/\(value).bin: no space [code=\(value % 40)]"
    case 4: return "\(stamp) \(value % 50 == 0 ? "ERROR" : "INFO") job \"sync-\(value)\" done, 100% + a|b"
    default:
      return """
        \(stamp) ERROR request \(value) failed
        java.lang.IllegalStateException: no \(value)
        \tat com.example.Shop.\(value % 2 == 0 ? "buy" : "sell")(Shop.java:\(value % 100))
        \tat java.base/java.lang.Thread.run(Thread.java:\(value % 1000))
        Caused by: java.io.IOException: \(value)
        \t... 23 more
        """
    }
  }.joined(separator: "\n") + "\n"
}

@Suite struct PatternTests {
  @Test func saysWhichMessagesThereAre() throws {
    let table = try MinedLog(lines(2000)).table("* | patterns")
    #expect(table.columns.map(\.name) == ["count", "share", "level", "first", "last", "over time", "pattern"])
    let patterns = table.texts("pattern")
    #expect(
      Set(patterns) == [
        "request <num> took <duration> from <ip>", "cache miss for key session:<hex> (attempt <num>)",
        "login of member <*> accepted", "cannot open <path>: no space [code=<num>]",
        "job \"<str>\" done, <num> + a|b",
        "request <num> failed | java.lang.IllegalStateException | at com.example.Shop.buy(Shop.java) | java.io.IOException",
        "request <num> failed | java.lang.IllegalStateException | at com.example.Shop.sell(Shop.java) | java.io.IOException",
      ], "\(patterns)")
    #expect(table.texts("count").compactMap(Int.init).reduce(0, +) == 2000)
    #expect(table.texts("count").compactMap(Int.init) == table.texts("count").compactMap(Int.init).sorted(by: >))
    let job = try #require(patterns.firstIndex { $0.hasPrefix("job") })
    #expect(table.texts("level")[job] == "info (error)")
    for (row, count) in zip(table.rows, table.texts("count").compactMap(Int.init)) {
      guard case .counts(let counts) = row.cells[5] else {
        Issue.record("no counts")
        continue
      }
      #expect((17...32).contains(counts.count))
      #expect(counts.reduce(0, +) == count)
    }
  }

  @Test(arguments: [2, 3, 7, 50]) func cuttingDoesNotMatter(pieces: Int) throws {
    let log = MinedLog(lines(700, seed: UInt64(pieces)))
    let whole = try log.table("* | patterns by level")
    #expect(try log.table("* | patterns by level", pieces: pieces) == whole)
    #expect(try log.table("* | patterns by level", pieces: pieces, isReversed: true) == whole)
  }

  @Test func filtersFindTheirRecords() throws {
    let log = MinedLog(lines(600))
    let table = try log.table("* | patterns")
    for (row, count) in zip(table.rows, table.texts("count").compactMap(Int.init)) {
      let filter = try #require(row.filter)
      let found = try log.records(filter).count
      // Of stack traces under one message the filter finds all.
      let isTrace = ValueText.plain(row.cells[6]).contains("|  ") || ValueText.plain(row.cells[6]).contains("Exception")
      #expect(isTrace ? found >= count : found == count, "\(filter)")
    }
  }

  @Test func keepsPatternsOfAFieldApart() throws {
    let log = MinedLog(
      (0..<60).map {
        "{\"time\":\"2026-01-02T10:00:\($0 + 0 < 10 ? "0" : "")\($0)Z\",\"msg\":\"a\\tjob \($0)\",\"svc\":\"\($0 % 3 == 0 ? "x" : "y")\"}\n"
      }
      .joined())
    let table = try log.table("* | patterns by svc")
    #expect(table.texts("svc") == ["y", "x"])
    #expect(table.texts("count") == ["40", "20"])
    #expect(table.texts("pattern") == ["a job <num>", "a job <num>"])
    for (row, count) in zip(table.rows, [40, 20]) { #expect(try log.records(#require(row.filter)).count == count) }
  }

  @Test func unitsAreNotNames() throws {
    let log = MinedLog(
      (0..<9).map { "2026-01-02T10:00:0\($0)Z INFO read \($0) KB of \($0) MB ttl=\($0) bytes=\($0 * 7)\n" }.joined())
    #expect(
      try log.table("* | patterns").texts("pattern") == ["read <size> of <size> ttl=<num> bytes=<num>"])
  }

  @Test func diffTellsNewGoneAndChanged() throws {
    var text = ""
    for minute in 0..<20 {
      let stamp = "2026-01-02T10:\(minute < 10 ? "0" : "")\(minute):00Z"
      let isLate = minute >= 10
      for number in 0..<30 { text += "\(stamp) INFO steady \(number) of \(minute)\n" }
      for number in 0..<(isLate ? 32 : 10) { text += "\(stamp) INFO retry number \(number) for \(minute)s\n" }
      if isLate { text += "\(stamp) ERROR disk \(minute) is full\n" }
      if !isLate { text += "\(stamp) INFO old thing \(minute) runs\n" }
      if minute == 15 { text += "\(stamp) INFO a single line of nothing\n" }
    }
    let table = try MinedLog(text).table("* | patterns diff 10:10..10:20 vs 10:00..10:10")
    #expect(table.columns.map(\.name) == ["change", "now/min", "before/min", "level", "pattern"])
    let found = zip(table.texts("change"), table.texts("pattern")).map { "\($0) \($1)" }
    #expect(
      Set(found) == ["x3.2 retry number <num> for <duration>", "new disk <num> is full", "gone old thing <num> runs"],
      "\(table)")
    #expect(table.texts("now/min").first == "32")
  }
}

/// What is kept stays small, and nothing is lost.
@Suite struct PatternBoundTests {
  @Test func rareTemplatesArePutTogether() throws {
    var dice = SeededGenerator(5)
    func word() -> String { String((0..<6).map { _ in "bcdfghklmnprstvz".randomElement(using: &dice) ?? "b" }) }
    let text = (0..<4000).map { number in
      number % 2 == 0
        ? "2026-01-02T10:00:00Z INFO heartbeat \(number)\n"
        : "2026-01-02T10:00:00Z INFO "
          + (0..<Int.random(in: 2...9, using: &dice)).map { _ in word() }.joined(separator: " ") + "\n"
    }.joined()
    let log = MinedLog(text)
    for pieces in [1, 5] {
      let table = try log.table(
        "* | patterns", pieces: pieces, limits: GroupLimits(groups: 50, exactNumbers: 1, bytes: 4 << 20))
      #expect(table.rows.count <= 51)
      #expect(table.texts("pattern").first == "heartbeat <num>")
      #expect(table.texts("pattern").last == "(other)")
      #expect(table.rows.last?.filter == nil)
      #expect(table.texts("count").compactMap(Int.init).reduce(0, +) == 4000)
      #expect(table.texts("count").first == "2000")
      #expect(table.notes.contains { $0.contains("counted as (other)") })
    }
  }

  @Test(arguments: 0..<20) func slicesDependOnTheStampsAlone(seed: Int) {
    var dice = SeededGenerator(seed)
    let span = Int64(1) << Int64.random(in: 0...60, using: &dice)
    let stamps = (0..<200).map { _ in
      Timestamp(nanoseconds: Int64.random(in: -span...span, using: &dice))
    }
    func slices(_ stamps: some Sequence<Timestamp>) -> TimeSlices {
      var slices = TimeSlices()
      slices.addGroup()
      for stamp in stamps { slices.add(stamp, to: 0) }
      return slices
    }
    let whole = slices(stamps)
    var (first, second) = (slices(stamps.prefix(60)), slices(stamps.dropFirst(60).reversed()))
    first.align(&second)
    first.merge(second, group: 0, into: 0)
    #expect(first.values(of: 0) == whole.values(of: 0))
    #expect(first.scale?.start == whole.scale?.start && first.scale?.width == whole.scale?.width)
    let (width, start) = whole.scale ?? (1, .distantPast)
    var naive = [Int](repeating: 0, count: whole.values(of: 0).count)
    for stamp in stamps { naive[Int((stamp.nanoseconds - start.nanoseconds) / Int64(width))] += 1 }
    #expect(whole.values(of: 0) == naive)
  }
}

/// What belongs together of traces of seven languages, and what does not.
@Suite struct TraceTests {
  private func patterns(_ messages: [String]) throws -> [String] {
    try MinedLog(messages.map { "2026-01-02T10:00:00Z ERROR \($0)\n" }.joined()).table("* | patterns").texts("pattern")
  }

  @Test func depthOfRecursionDoesNotMatter() throws {
    let frame = "\n\tat a.b.C.d(C.java:1)"
    #expect(try patterns(["x\nA.B: y" + frame, "x\nA.B: y" + frame + frame + frame]).count == 1)
  }

  @Test(arguments: [
    "failed\nTraceback (most recent call last):\n  File \"/srv/app/shop.py\", line 69, in buy\n    pay(7)\n  File \"/usr/lib/python3/site-packages/x.py\", line 3, in pay\nKeyError: 'user-7'\n\nThe above exception was the direct cause of the following exception:\n\nTraceback (most recent call last):\n  File \"/srv/app/shop.py\", line 70, in buy\nRuntimeError: failed for 7",
    "failed\njava.lang.Foo: 7\n\tat a.b.C.d(C.java:17)\nCaused by: java.lang.Bar: 7\n\tat a.b.C.e(C.java:70)\n\t... 7 more",
    "panic: boom 7\n\ngoroutine 7 [running]:\nmain.(*Shop).buy(0xc000017)\n\t/srv/app/shop.go:17 +0x1d\nmain.main()\n\t/srv/app/main.go:7 +0x7",
    "failed\napp/models/shop.rb:17:in `buy': no 7 (RuntimeError)\n\tfrom app/models/shop.rb:7:in `sell'\n\tfrom /usr/lib/ruby/gems/x.rb:7:in `run'",
    "failed\nSystem.InvalidOperationException: no 7\n   at Shop.Cart.Buy(Int32 id) in /src/Cart.cs:line 17\n   at System.Threading.Run() in x.cs:line 7",
    "failed\nTypeError: no 7\n    at Cart.buy (/srv/app/cart.js:17:7)\n    at node:internal/main:7:17",
    "thread 'main' panicked at src/main.rs:17:7:\nboom 7\nstack backtrace:\n   0: rust_begin_unwind\n   1: shop::buy\n             at ./src/main.rs:17:7",
  ])
  func lineNumbersAndValuesDoNotMatter(trace: String) throws {
    let other = trace.replacing("17", with: "23").replacing("7", with: "9")
    #expect(try patterns([trace, other]).count == 1)
    let elsewhere = trace.replacing("buy", with: "lend").replacing("Buy", with: "Lend").replacing(".d(", with: ".f(")
    #expect(try patterns([trace, elsewhere]).count == 2)
  }
}
