extension LogLines {
  /// One JSON object; in half of them time and level come last.
  mutating func appendJSON(at milliseconds: Int) {
    let kind = dice.below(1000)
    let level = kind < 250 ? "debug" : kind < 850 ? "info" : kind < 950 ? "warning" : kind < 998 ? "error" : "critical"
    let leads = dice.below(2) == 0
    put("{")
    if leads {
      put("\"timestamp\": \"")
      putISO(milliseconds)
      put("\", \"level\": \"")
      put(level)
      put("\", ")
    }
    appendEvent()
    put(", \"logger\": \"")
    put(dice.pick(Words.parts))
    put("\", \"request_id\": \"")
    putHexadecimal(dice.next(), digits: 16)
    put("\", \"user_id\": ")
    put(dice.below(200_000))
    put(", \"peer\": \"")
    putAddress(10)
    put("\", \"latency\": ")
    put(dice.latency())
    if !leads {
      put(", \"level\": \"")
      put(level)
      put("\", \"timestamp\": \"")
      putISO(milliseconds)
      put("\"")
    }
    put("}")
    endLine()
  }

  private mutating func appendEvent() {
    switch dice.below(4) {
    case 0:
      put("\"event\": \"request done\", \"method\": \"")
      put(dice.pick(Words.methods))
      put("\", \"path\": \"")
      put(dice.pick(Words.paths))
      put("\", \"status\": ")
      put(dice.status())
      put(", \"duration\": 0.")
      put(dice.below(1_000_000), digits: 6)
    case 1:
      put("\"event\": \"said \\\"good morning\\\" \\u00e9\\n to ")
      put(dice.pick(Words.people))
      put("\", \"channel\": \"#")
      put(dice.pick(Words.people))
      put("\"")
    case 2:
      put("\"event\": \"statement\", \"sql\": \"SELECT * FROM baskets WHERE id = ")
      put(dice.below(1_000_000))
      put(" AND state = 'open'\", \"cached\": ")
      put(dice.below(2) == 0 ? "true" : "false")
      put(", \"failure\": null")
    default:
      put("\"event\": \"")
      put(dice.below(2) == 0 ? "connection timeout" : "task done")
      put("\", \"tags\": [\"a\", \"b\"], \"place\": {\"shard\": ")
      put(dice.below(64))
      put(", \"zone\": \"eu-1\"}")
    }
  }

  /// One line of a web server's log.
  mutating func appendAccess(at milliseconds: Int) {
    putAddress(1 + dice.below(223))
    put(" - ")
    put(dice.below(10) > 0 ? "-" : dice.pick(Words.people))
    put(" ")
    putCommonLogTime(milliseconds)
    put(" \"")
    put(dice.pick(Words.methods))
    put(" ")
    if dice.below(3) > 0 {
      put(dice.pick(Words.paths))
    } else {
      put(dice.pick(Words.numberedPaths))
      put(dice.below(100_000))
    }
    put(" HTTP/1.1\" ")
    put(dice.status())
    put(" ")
    put(dice.below(90_000))
    put(" \"")
    put(dice.pick(Words.referrers))
    put("\" \"")
    put(dice.pick(Words.agents))
    put("\"")
    endLine()
  }
}
