import Quantities
import TestSupport
import Testing

@testable import Records

/// Files without stamps, each given as its records.
enum Traces {
  static let java = [
    "starting",
    "Exception in thread \"main\" java.lang.IllegalStateException: outer\n\tat com.a.B.c(B.java:12)\n\tat com.a.B.main(B.java:3)\n"
      + "Caused by: java.io.IOException: inner\n\tat com.a.D.e(Unknown Source)\n\t... 12 more\n"
      + "\tSuppressed: java.lang.Exception: closed\n\t\tat com.a.F.close(F.java:9)",
    "at work again",
    "java.lang.NullPointerException\nat com.a.B.c(B.java:12)\nat com.a.B$1.lambda$run$0(B.java:13) ~[app.jar:1.0]\n... 3 more",
    "done",
  ]
  static let python = [
    "one",
    "two\nTraceback (most recent call last):\n  File \"x.py\", line 1, in f\n    g()\nValueError: bad\n\n"
      + "During handling of the above exception, another exception occurred:\n\nTraceback (most recent call last):\n"
      + "  File \"x.py\", line 3, in <module>\n    h()\n    ~^^\nKeyError: 'k'",
    "three",
    "four\n  + Exception Group Traceback (most recent call last):\n  |   File \"x.py\", line 1, in <module>\n"
      + "  |     raise ExceptionGroup(\"eg\", [ValueError(1)])\n  | ExceptionGroup: eg (1 sub-exception)\n"
      + "  +-+---------------- 1 ----------------\n    | ValueError: 1\n    +------------------------------------",
    "five",
    "six\n  File \"x.py\", line 1\n    def f(\n         ^\nSyntaxError: '(' was never closed",
    "seven",
  ]
  static let go = [
    "listening on :80",
    "panic: runtime error: invalid memory address\n[signal SIGSEGV: segmentation violation code=0x1 addr=0x0 pc=0x45]\n\n"
      + "goroutine 1 [running]:\nmain.f(0x1, {0x2, 0x3})\n\t/src/a.go:12 +0x1d\nmain.(*T).g(...)\n\t/src/a.go:14\n"
      + "main.main()\n\t/src/a.go:3 +0x20\n\ngoroutine 18 [chan receive, 2 minutes]:\nnet/http.(*conn).serve(0xc00)\n"
      + "\t/go/server.go:1 +0x2\n...additional frames elided...\ncreated by main.main in goroutine 1\n\t/src/a.go:5 +0x58\n\n"
      + "rax    0xca\nrbx    0x0\nexit status 2",
    "listening on :80 again",
    "fatal error: all goroutines are asleep - deadlock!\n\ngoroutine 1 [chan receive]:\nmain.main()\n\t/src/a.go:3 +0x20",
    "one more line",
  ]
  static let ruby = [
    "hello",
    "/app/config/routes.rb:6:in `/': divided by 0 (ZeroDivisionError)\n\tfrom /app/config/routes.rb:6:in `block in <main>'\n"
      + "\tfrom /app/config/routes.rb:1:in `<main>'",
    "a.rb:3:in 'Integer#/': divided by 0 (ZeroDivisionError)\n\t2: from a.rb:1:in 'Object#f'",
    "bye",
  ]
  static let dotnet = [
    "start",
    "Unhandled exception. System.InvalidOperationException: outer\n ---> System.IO.IOException: inner\n"
      + "   at A.B.C(String s) in C:\\x\\a.cs:line 12\n   --- End of inner exception stack trace ---\n   at A.B.Main()\n"
      + "--- End of stack trace from previous location ---\n   at A.B.D()",
    "System.Exception: x\nat A.B.C(String s) in /src/a.cs:line 12",
    "stop",
  ]
  static let rust = [
    "start",
    "thread 'main' panicked at src/main.rs:2:5:\nindex out of bounds: the len is 3 but the index is 99\nstack backtrace:\n"
      + "   0: std::panicking::begin_panic\n             at /rustc/x/library/std/src/panicking.rs:1:2\n   1: app::main\n"
      + "note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.",
    "next",
    "thread 'w' panicked at src/main.rs:9:1:\nassertion `left == right` failed\n  left: 1\n right: 2\n"
      + "note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace",
    "end",
  ]
  static let node = [
    "Server on 3000",
    "/srv/app/index.js:12\nthrow new TypeError('x');\n^\n\nTypeError: x\n    at f (/srv/app/index.js:12:7)\n"
      + "    at Module._compile (node:internal/modules/cjs/loader:1105:14) {\n  code: 'E'\n}\n\nNode.js v18.1.0",
    "Server on 3000",
    "node:events:491\n      throw er; // Unhandled 'error' event\n      ^\n\nError: listen EADDRINUSE: address already in use\n"
      + "    at Server.setupListenHandle (node:net:1463:16)\nEmitted 'error' event on Server instance at:\n    at emit (node:net:1)",
    "UnhandledPromiseRejection: y\nat f (/srv/app/index.js:12:7)\nat /srv/app/index.js:1:2",
    "end",
  ]
  static let php = [
    "begin",
    "PHP Fatal error:  Uncaught Exception: x in /srv/a.php:12\nStack trace:\n#0 /srv/a.php(20): f()\n#1 {main}\n"
      + "  thrown in /srv/a.php on line 12",
    "PHP Warning:  Undefined variable $x in /srv/a.php on line 3\nPHP Stack trace:\nPHP   1. {main}() /srv/a.php:0\n"
      + "PHP   2. f() /srv/a.php:3",
    "end",
  ]
  static let box = [
    "plain",
    "failed                         user=1\n╭─────────────────── Traceback (most recent call last) ───────────────────╮\n"
      + "│ /srv/a.py:3 in f                                                        │\n"
      + "╰─────────────────────────────────────────────────────────────────────────╯\nZeroDivisionError: division by zero",
    "plain again",
    "┌────────────┐\n│ a banner   │\n└────────────┘".replacingPrefix("x\n"),
    "last",
  ]
  static let all = [java, python, go, ruby, dotnet, rust, node, php, box]

  /// Prose and plain output that looks a little like traces: each line is a record.
  static let harmless = [
    "at 10:30 the server started", "at noon all was well", "goroutine pool started", "goroutine 12 was slow today",
    "panic buttons are red", "created by Alice", "exit status 0", "#1 in the charts", "#include <x>", "# comment",
    "-- end of report --", "--- a/file.txt", "[signals] ok", "Caused trouble", "Stack of plates", "note: buy milk",
    "thread 'main' is fine", "PHP 8.3.1 (cli)", "Node.js is running", "...and so on", "^abc", "called f(x)",
    "main.f(0x1) is called here and there", "/usr/bin/node app.js", "see /srv/app/index.js:12 for more", "~/bin",
    "The above is true", "During the night", "Suppressed nothing", "\"quoted\" line", "(see below)", "] done",
    "} else {",
  ]
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String) -> String { prefix + self }
}

/// Which lines of `text` start records, by the index of the whole.
func recordStarts(_ text: String) -> [Bool] {
  withBytes(text) { bytes in
    let index = reader(for: text).index(bytes, segment: 0..<bytes.count, reference: reference)
    return (0..<index.lineCount).map { index.groups[$0 / 64].code(ofLine: $0 % 64).isStart }
  }
}

/// The records of `text`, by the index of the whole.
func records(of text: String) -> [String] {
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  var records: [String] = []
  for (line, isStart) in zip(lines, recordStarts(text)) {
    if isStart || records.isEmpty { records.append(line) } else { records[records.count - 1] += "\n" + line }
  }
  return records
}

@Suite struct TraceTests {
  @Test("Traces in files without stamps stand in one record", arguments: Traces.all)
  func bare(_ expected: [String]) {
    #expect(records(of: expected.joined(separator: "\n")) == expected)
    #expect(records(of: (expected + expected).joined(separator: "\n")) == expected + expected)
  }

  @Test("In a file with stamps they stand in the record of the stamp above them", arguments: Traces.all)
  func stamped(_ expected: [String]) {
    let lines = expected.map { "2026-01-02 03:04:05 ERROR " + $0 }
    #expect(records(of: lines.joined(separator: "\n")) == lines)
  }

  @Test("Lines that look a little like parts of traces are records")
  func harmless() {
    #expect(records(of: Traces.harmless.joined(separator: "\n")) == Traces.harmless)
  }

  @Test("A record of another format in the middle of a trace starts a record")
  func mixed() {
    let json = #"{"level":"error","msg":"x"}"#
    let records = ["a", "Traceback (most recent call last):\n  File \"x.py\", line 1, in f".after("b\n"), json, "c"]
    #expect(RecordsTests.records(of: records.joined(separator: "\n")) == records)
    let stamped = ["goroutine 1 [running]:\nmain.main()".after("panic: x\n"), "2026-01-02 03:04:05 x\nmain.f()"]
    #expect(RecordsTests.records(of: stamped.joined(separator: "\n")) == stamped)
  }

  @Test("Bounds found line by line, from anywhere, are those of the index", arguments: 1...60)
  func anywhere(_ seed: UInt64) {
    var generator = SeededGenerator(seed &+ 400)
    expectSameBounds((0..<200).map { _ in Traces.line(&generator) }, &generator)
  }
}

/// Segments, and single lines read in each state, give the bounds that the index of the whole gives.
func expectSameBounds(_ lines: [String], _ generator: inout SeededGenerator) {
  let text = lines.joined(separator: "\n")
  let reader = reader(for: text)
  let expected = recordStarts(text)
  var bounds = RecordBounds(reader, reference: reference)
  var state = ScanState()
  _ = withBytes(lines[0]) { reader.mark(ofLine: $0, state: &state, reference: reference) }
  for (line, isStart) in zip(lines, expected).dropFirst() {
    withBytes(line + "\n" + String(repeating: " ", count: 160)) { bytes in
      let part = UnsafeRawBufferPointer(rebasing: bytes[..<line.utf8.count])
      let isAnywhere = bounds.startsRecordAnywhere(part, readable: bytes.count)
      let after = bounds.stateAfter(part, readable: bytes.count)
      #expect(bounds.startsRecord(part, readable: bytes.count, state: &state) == isStart)
      #expect(!isAnywhere || isStart)
      #expect(after == nil || after == state)
    }
  }
  withBytes(text) { bytes in
    var (codes, entry, position) = ([Bool](), ScanState(), 0)
    while position < bytes.count {
      let next = min(bytes.count, position + Int.random(in: 1..<900, using: &generator))
      let part = reader.index(bytes, segment: position..<next, entry: entry, reference: reference)
      codes += (0..<part.lineCount).map { part.groups[$0 / 64].code(ofLine: $0 % 64).isStart }
      (entry, position) = (part.exit, next)
    }
    #expect(codes == Array(expected.prefix(codes.count)) && codes.count >= expected.count - 1)
  }
}

extension String {
  fileprivate func after(_ prefix: String) -> String { prefix + self }
}

extension Traces {
  private static let lines = (all.flatMap { $0 } + harmless).flatMap { $0.split(separator: "\n").map(String.init) }

  static func line(_ generator: inout SeededGenerator) -> String {
    Int.random(in: 0..<40, using: &generator) == 0 ? "" : lines.randomElement(using: &generator) ?? ""
  }
}
