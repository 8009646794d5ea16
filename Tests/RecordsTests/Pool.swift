import TestSupport

/// Lines of many kinds, from which properties build files.
enum Pool {
  static let text = [
    "2026-01-02 03:04:05,678 INFO  [main] a.b.C - user logged in user_id=7 took=12ms",
    "2026-01-02 03:04:06,000 ERROR [main] a.b.C - failed",
    "java.lang.NullPointerException: x",
    "\tat com.example.A.b(A.java:12)",
    "Caused by: java.io.IOException",
    "\t... 12 more",
    "Traceback (most recent call last):",
    "  File \"x.py\", line 1, in f",
    "ValueError: bad",
    "",
    "   ",
    "2026-01-02T03:04:07.5Z [warn] é ü 漢字 \u{1F600}",
    "Jan  2 03:04:05 web1 sshd[12]: Accepted publickey for=root",
    "<165>1 2026-01-02T03:04:05.003Z web1 app 12 ID47 [x@1 iut=\"3\"] An event",
    "10.0.0.1 - - [02/Jan/2026:03:04:05 +0000] \"GET /x HTTP/1.1\" 500 12 \"-\" \"curl\" 0.1",
    "{\"time\":\"2026-01-02T03:04:08Z\",\"level\":\"error\",\"msg\":\"d\",\"a\":{\"b\":[1,{\"c\":\"x\"}]}}",
    "{\"event\": \"x\", \"level\": \"info\", \"timestamp\": \"2026-01-02T03:04:09.123456Z\", \"a.b\": 3, \"a\": {\"b\": 4}}",
    "{\"cut\": \"of",
    "{",
    "}",
    "time=2026-01-02T03:04:10Z level=warn msg=\"two words\" flag n=3 empty=",
    "level=info msg=x",
    "1767323045.678 short",
    "\u{0}\u{0}\u{1}binary\u{FFFD}",
    "E0102 03:04:05.678901   1 a.go:1] boom",
    "WARNING:root:no stamp",
    "2027-05-06 07:08:09 far ahead",
    "1999-01-01 00:00:00 long ago",
  ]

  /// A file of `count` lines, mostly of few kinds, so that detection and habits differ from file to file.
  static func file(_ count: Int, _ generator: inout SeededGenerator) -> [UInt8] {
    let favourites = (0..<3).map { _ in text[Int.random(in: 0..<text.count, using: &generator)] }
    var bytes: [UInt8] = []
    for _ in 0..<count {
      let isFavourite = Int.random(in: 0..<4, using: &generator) > 0
      let line =
        isFavourite
        ? favourites[Int.random(in: 0..<3, using: &generator)] : text[Int.random(in: 0..<text.count, using: &generator)]
      bytes += line.utf8
      if Int.random(in: 0..<30, using: &generator) == 0 { bytes.append(13) }
      bytes.append(10)
    }
    if Bool.random(using: &generator), !bytes.isEmpty { bytes.removeLast() }
    return bytes
  }
}
