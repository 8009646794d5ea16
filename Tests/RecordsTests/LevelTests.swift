import Testing

@testable import Records

@Suite struct LevelTests {
  @Test(
    "Levels as programs write them",
    arguments: [
      ("INFO x", .info), ("[WARN] x", .warn), ("[warning  ] x", .warn), ("ERROR: x", .error), ("Error: x", .error),
      ("[main] DEBUG a.b.C - x", .debug), ("FATAL x", .fatal), ("critical: x", .critical), ("SEVERE: x", .error),
      ("[TRACE] x", .trace), ("notice: x", .notice), ("<err> x", .error), ("ERR x", .error), ("[I] x", .info),
      ("a.go:12:f() [E] x", .error), ("W x", .warn), ("D/tag( 12): x", .debug), ("|INFO|Name|x", .info),
      ("local.ERROR: x", .error), ("LOG:  checkpoint", .info), ("PANIC: x", .fatal), ("WRN x", .warn),
      ("level=warning x", .warn), ("info x", .info), ("[proxy_fcgi:error] [pid 1] x", .error), ("DEBUG2: x", .trace),
      ("\u{1B}[1mERROR   \u{1B}[0m | x", .error), ("(pool-1) INFORMATION x", .info), ("EMERGENCY x", .fatal),
      ("12345  6789 E App : x", .error), ("SUCCESS x", .info),
    ] as [(String, Level)])
  func named(_ rest: String, _ level: Level) {
    #expect(Reading("2026-01-02 03:04:05 " + rest).level == level)
  }

  @Test(
    "Words of prose are no levels",
    arguments: [
      "user info updated", "the error-log was rotated", "GET /debug/pprof", "loaded config from /etc", "I am here",
      "information about x", "no problem", "terror", "saw an information desk", "log opened", "state=error-free x",
    ].map { "started " + $0 })
  func prose(_ rest: String) {
    #expect(Reading("2026-01-02 03:04:05 " + rest).level == nil)
  }

  @Test("A level before the stamp counts, a klog letter, a syslog priority, Redis's sign")
  func placesApart() {
    #expect(Reading("[notice] 2026-01-02T03:04:05Z x").level == .notice)
    #expect(Reading("E0102 03:04:05.678901 1 a.go:1] INFO x").level == .error)
    #expect(Reading("<34>Jan  2 03:04:05 host app: INFO x").level == .critical)
    #expect(Reading("<191>1 2026-01-02T03:04:05Z host app - - - x").level == .debug)
    #expect(Reading("1:M 02 Jan 2026 03:04:05.678 # x").level == .warn)
    #expect(Reading("1:M 02 Jan 2026 03:04:05.678 * x").level == .notice)
  }

  @Test("Every name means the same in any case, and keeps its place in the order")
  func names() {
    for level in Level.allCases {
      for name in [level.name, level.name.uppercased()] {
        let found = withBytes(name) { LevelNames.level($0, at: 0, count: $0.count) }
        #expect(found == level)
      }
    }
    for (name, level) in [("informational", Level.info), ("notification", .notice), ("emergency", .fatal)] {
      #expect(withBytes(name) { LevelNames.level($0, at: 0, count: $0.count) } == level)
    }
    #expect(withBytes("informatics") { LevelNames.level($0, at: 0, count: $0.count) } == nil)
  }
}
