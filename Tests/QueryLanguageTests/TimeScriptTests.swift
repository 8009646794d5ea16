import Testing

@Suite struct TimeScriptTests {
  @Test func times() {
    QueryScript.run(
      #"""
      now 2026-01-03 12:00:00
      load text
        2026-01-02 09:59:59 before
        2026-01-02 10:00:00 start
        2026-01-02 10:00:59.999 same minute
        2026-01-02 10:01:00 next minute
        2026-01-02 10:15:00 end
        2026-01-02 23:55:00 night
        2026-01-03 00:05:00 newest
      # A clock is of the day of the record under the cursor; without one, of the newest record.
      cursor 2026-01-02 11:00:00
      eval time:10:00
        2 3
        resolved: time:2026-01-02T10:00Z
      eval time=10:00
        2 3
      eval time:10:00..10:15
        2 3 4
        resolved: time:2026-01-02T10:00Z..2026-01-02T10:15Z
      eval msg:start time:10:00..10:15
        2
        resolved: msg:start and time:2026-01-02T10:00Z..2026-01-02T10:15Z
      eval time:10:00:00
        2
      eval time:10:00:59.999
        3
      eval time>10:00
        4 5 6 7
      eval time>=10:00
        2 3 4 5 6 7
      eval time<10:00
        1
      eval time<=10:00
        1 2 3
      eval time!=10:00
        1 4 5 6 7
      eval time in (10:00, 10:01)
        2 3 4
      eval -time:10:00
        1 4 5 6 7
      # A clock before the one it follows is of the next day.
      eval time:23:50..00:10
        6 7
        resolved: time:2026-01-02T23:50Z..2026-01-03T00:10Z
      eval time:2026-01-02T23:50..00:10
        6 7
      eval time:2026-01-02
        1 2 3 4 5 6
      eval time:2026-01-02T10:00Z
        2 3
        reads as: as typed
      eval time>=2026-01-02T11:00:00+01:00 time<10:01
        2 3
      eval time:"2026-01-02 10:00"
        2 3
      eval time:yesterday
        1 2 3 4 5 6
        resolved: time:2026-01-02
      eval time:today
        7
      eval time:*
        all
      eval time>=1767348060 time<1767348900
        4
      cursor none
      eval time:10:00
        none
        resolved: time:2026-01-03T10:00Z
      # -15m is relative to the newest record, or to now when following; `now` is always now.
      eval time>=-15m
        6 7
        resolved: time>=2026-01-02T23:50:00Z
      eval time >= -15m
        6 7
      eval time>=now-12h
        7
        resolved: time>=2026-01-03T00:00:00Z
      eval time:-1h..now
        6 7
      following on
      eval time>=-12h
        7
        resolved: time>=2026-01-03T00:00:00Z
        slides: yes
      zone +02:00
      eval time:02:05
        7
        resolved: time:2026-01-03T02:05+02:00
      eval time:today
        6 7
      """#)
  }

  @Test func recordsWithoutStamp() {
    QueryScript.run(
      #"""
      load json
        {"time":"2026-01-02T10:00:00Z","a":1}
        {"a":2}
      eval time:*
        1
      eval -time:*
        2
      eval time!=11:00
        1
      eval not time=11:00
        all
      """#)
  }

  @Test func savedFilters() {
    QueryScript.run(
      #"""
      save noise -healthz -readyz
      save all-noise @noise or debug
      save loop @pool
      save pool error @loop
      save broken level>=wran
      load text
        2026-01-02 10:00:00 healthz error
        2026-01-02 10:00:01 error
        2026-01-02 10:00:02 debug healthz
      eval @noise error
        2
        reads as: @noise and error
      eval not @noise
        1 3
      eval @all-noise
        2 3
      expect fail error @loop
        msg: a saved filter uses itself: @loop -> @pool -> @loop
        at: @loop
      expect fail @nois
        msg: unknown saved filter @nois
        at: @nois
        help: did you mean @noise? saved filters: @all-noise @broken
        repair: @noise
      expect fail x @broken
        msg: in @broken: unknown level "wran"
        at: @broken
      expect fail @
        msg: @ needs the name of a saved filter
      """#)
  }

  @Test func warnings() {
    QueryScript.run(
      #"""
      fields service status user.id span[0].name
      load json
        {"service":"billing","status":500}
      eval servce:billing
        none
        warn: no record has a field "servce"
        warn: did you mean "service"? fields: service span[0].name status user.id
        repaired: service:billing
      eval error host:8080
        none
        warn: no record has a field "host"
        repaired: error "host:8080"
      eval user:*
        none
      eval user:1 status=5xx
        none
        warn: = compares with the text 5xx
      eval status>250 ms
        none
        warn: a unit touches its number: 250ms
        repaired: status>250ms
      eval status!=5xx
        1
        repaired: status!:5xx
      eval span[].name:x or service:bill
        1
      """#)
  }
}
