import Testing

@Suite struct ScriptTests {
  @Test func words() {
    QueryScript.run(
      #"""
      load text
        2026-01-02 10:00:00 INFO connection refused by healthz
        2026-01-02 10:00:01 ERROR Connection Refused
        2026-01-02 10:00:02 WARN slow
      eval error
        2
      eval "connection refused"
        1 2
      eval "connection refused" -healthz
        2
        reads as: "connection refused" and not healthz
      eval Connection
        2
      """#)
  }
}
