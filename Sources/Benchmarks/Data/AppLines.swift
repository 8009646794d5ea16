extension LogLines {
  /// One record of a service: debug 25%, info 60%, warn 10%, the rest errors.
  mutating func appendApp(at milliseconds: Int) {
    let kind = dice.below(1000)
    putISO(milliseconds)
    put(kind < 250 ? " DEBUG " : kind < 850 ? " INFO " : kind < 950 ? " WARN " : kind < 998 ? " ERROR " : " FATAL ")
    put("[worker-")
    put(dice.below(16))
    put("] ")
    put(dice.pick(Words.parts))
    put(": ")
    if kind < 250 {
      appendDebug()
    } else if kind < 850 {
      appendInfo()
    } else if kind < 950 {
      appendWarning()
    } else {
      appendError()
    }
  }

  private mutating func putPair(_ name: String, _ number: Int) {
    put(name)
    put(number)
  }

  private mutating func putPath() {
    if dice.below(3) > 0 { return put(dice.pick(Words.paths)) }
    put(dice.pick(Words.numberedPaths))
    put(dice.below(100_000))
  }

  private mutating func appendDebug() {
    switch dice.below(3) {
    case 0:
      put(dice.below(3) > 0 ? "memory hit key=visit:" : "memory miss key=visit:")
      putHexadecimal(dice.next(), digits: 8)
      putPair(" ttl=", dice.below(3600))
      putPair(" bytes=", dice.below(65_536))
    case 1:
      putPair("statement ran table=baskets plan=index rows=", dice.below(5000))
      putPair(" duration_ms=", dice.latency())
    default:
      putPair("alive node=node-", dice.below(24))
      putPair(" lag=", dice.below(100))
      putPair(" offset=", Int(dice.next() &>> 30))
    }
    endLine()
  }

  private mutating func appendInfo() {
    switch dice.below(5) {
    case 0, 1:
      put("request done method=")
      put(dice.pick(Words.methods))
      put(" path=")
      putPath()
      putPair(" status=", dice.status())
      putPair(" user_id=", dice.below(200_000))
      putPair(" bytes=", dice.below(90_000))
      putPair(" latency=", dice.latency())
    case 2:
      put("signed in user=")
      put(dice.pick(Words.people))
      putPair(" user_id=", dice.below(200_000))
      put(" ip=")
      putAddress(10)
    case 3:
      put("job done job=")
      put(dice.below(2) > 0 ? "send_bill" : "index_words")
      putPair(" attempt=", 1 + dice.below(3))
      putPair(" took=", dice.latency())
      put("ms")
    default:
      putPair("basket paid basket_id=", dice.below(9_999_999))
      putPair(" user_id=", dice.below(200_000))
      putPair(" amount=", dice.below(900))
      put(".")
      put(dice.below(100), digits: 2)
      put(" currency=EUR items=")
      put(1 + dice.below(9))
    }
    endLine()
  }

  private mutating func appendWarning() {
    switch dice.below(4) {
    case 0:
      putPair("slow statement table=baskets duration_ms=", 500 + dice.below(9000))
      putPair(" threshold_ms=500 user_id=", dice.below(200_000))
    case 1:
      put("retrying after timeout upstream=")
      putAddress(10)
      putPair(":8080 attempt=", 1 + dice.below(5))
    case 2:
      put("near the rate limit client=")
      put(dice.pick(Words.people))
      putPair(" used=", 900 + dice.below(100))
    default:
      putPair("old endpoint called path=/api/v0/things user_id=", dice.below(200_000))
      put(" agent=\"")
      put(dice.pick(Words.agents))
      put("\"")
    }
    endLine()
  }

  private mutating func appendError() {
    let failure = dice.pick(Words.failures)
    switch dice.below(3) {
    case 0:
      put("connection refused host=")
      putAddress(10)
      put(" port=5432 errno=111")
    case 1:
      put("request failed method=GET path=")
      putPath()
      putPair(" status=50", dice.below(5))
      putPair(" user_id=", dice.below(200_000))
      put(" error=")
      put(failure)
    default:
      putPair("unhandled failure user_id=", dice.below(200_000))
      put(" error=")
      put(failure)
    }
    endLine()
    if dice.below(5) == 0 { failure.hasPrefix("java") ? appendJavaTrace(failure) : appendPythonTrace(failure) }
  }

  private mutating func appendJavaTrace(_ failure: String) {
    put(failure)
    put(": stream closed")
    endLine()
    for _ in 0..<(4 + dice.below(14)) {
      put("\tat com.example.web.Handler")
      put(dice.below(40))
      putPair(".handle(Handler.java:", dice.below(900))
      put(")")
      endLine()
    }
  }

  private mutating func appendPythonTrace(_ failure: String) {
    put("Traceback (most recent call last):")
    endLine()
    for _ in 0..<(2 + dice.below(8)) {
      putPair("  File \"/srv/shop/views.py\", line ", dice.below(900))
      put(", in answer")
      endLine()
      putPair("    return self.dispatch(request, user_id=", dice.below(100_000))
      put(")")
      endLine()
    }
    put(failure)
    put(": upstream said no")
    endLine()
  }
}
