/// What the words of a key say that no table knows: `requestReceivedTimestamp`, `ingest_ts`, `occurred_at`.
enum KeyWords {
  /// Whether the key is called like the time of a record, and not like another one (`expires_at`).
  static func areTime(_ name: UnsafeRawBufferPointer) -> Bool {
    var start = 0
    var isTime = contain(name, "time") || contain(name, "date") || contain(name, "stamp")
    while start < name.count {
      let end = wordEnd(name, start)
      let word = name.part(start..<end)
      if others.contains(where: { isEqual(word, $0) }) { return false }
      isTime = isTime || times.contains { isEqual(word, $0) } || end == name.count && start > 0 && isEqual(word, "at")
      start = max(end, start + 1)
    }
    return isTime
  }

  private static let times: [StaticString] = [
    "ts", "utc", "created", "published", "occurred", "received", "generated", "recorded", "msec", "epoch", "when",
  ]
  /// Words of times that are not when the record was made.
  private static let others: [StaticString] = [
    "expires", "expire", "expiry", "expiration", "expired", "until", "next", "last", "birth", "due", "valid",
    "deadline",
    "up", "uptime", "runtime", "timeout", "update", "duration", "elapsed", "took", "spent", "latency", "timezone",
    "zone",
    "scheduled", "modified", "mtime", "atime", "ctime", "candidate", "validate", "lifetime", "realtime", "not",
  ]

  /// Where the word at `start` ends: at a sign, or before a capital that follows a small letter.
  private static func wordEnd(_ name: UnsafeRawBufferPointer, _ start: Int) -> Int {
    var end = start
    while end < name.count, name[end].isLetter {
      if end > start, name[end] < 97, name[end - 1] >= 97 { return end }
      end += 1
    }
    return end
  }

  private static func isEqual(_ word: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
    guard word.count == text.utf8CodeUnitCount else { return false }
    for offset in 0..<word.count where word[offset] | 32 != text.utf8Start[offset] { return false }
    return true
  }

  /// Whether `text`, in small letters, stands in the key, in any case.
  static func contain(_ name: UnsafeRawBufferPointer, _ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard name.count >= length else { return false }
    for start in 0...(name.count - length) {
      var offset = 0
      while offset < length, name[start + offset] | 32 == text.utf8Start[offset] { offset += 1 }
      if offset == length { return true }
    }
    return false
  }
}
