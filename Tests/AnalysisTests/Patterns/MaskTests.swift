import Testing

@testable import Analysis

/// What a message becomes, as text.
private func masked(_ message: String) -> String {
  var mask = MessageMask()
  var message = message
  message.withUTF8 { mask.append(message: UnsafeRawBufferPointer($0), .plain) }
  return TemplateText.shown(mask.template[..<mask.count])
}

@Suite struct MaskTests {
  @Test(arguments: [
    ("took 18ms for 10.0.0.1:80", "took <duration> for <ip>"),
    ("id=7f3a11c09d n=-1.5 80%", "id=<hex> n=<num>"),
    ("user 550e8400-e29b-41d4-a716-446655440000 ok", "user <*> ok"),
    ("req-550e8400-e29b-41d4-a716-446655440000", "req-<uuid>"),
    ("open /var/log/app.log: no such file", "open <path>: no such file"),
    ("GET https://a.example/x?y=1 200", "GET <url> <num>"),
    ("mail to bob@example.org.", "mail to <email>."),
    ("worker-12 blk_-160899 eth0", "worker-<num> blk_-<num> eth<num>"),
    ("at 2024-01-02T10:02:03Z and 10:02:03.5", "at <time> and <time>"),
    ("at Sun Jul 10 03:55:15 2005", "at <time> <num> <time> <num>"),
    ("may be on Sundays", "may be on Sundays"),
    ("ports 1, 2, 3", "ports <num>"),
    ("IPv4 and IPv6", "IPv4 and IPv6"),
    ("addr fe80::1 and aa:bb:cc:dd:ee:f0", "addr <ip> and <ip>"),
    ("can't open 'x-1'", "can't open '<str>'"),
    ("state 'Active'", "state 'Active'"),
    ("0xdeadbeef 1h30m 2m5s 15MB", "<hex> <duration> <size>"),
    ("user= host=a", "user=<*> host=a"),
    ("  a \t b  ", "a b"),
    ("", ""),
  ])
  func namesWhatVaries(message: String, template: String) { #expect(masked(message) == template) }

  @Test func anyBytesFit() {
    var state: UInt64 = 42
    func next() -> UInt8 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt8(truncatingIfNeeded: state >> 33)
    }
    let alphabet = Array("0123456789abcxyz ./:@-_=\"'[](),%\n\\".utf8)
    for length in [0, 1, 2, 3, 17, 64, 200, 1023, 1024, 1025, 5000] {
      for round in 0..<40 {
        let bytes = (0..<length).map { _ in round % 2 == 0 ? next() : alphabet[Int(next()) % alphabet.count] }
        var mask = MessageMask()
        bytes.withUnsafeBytes { mask.append(message: $0, .plain) }
        #expect(mask.count <= mask.template.count)
      }
    }
  }
}

@Suite struct ClusterTests {
  private func clusters(_ messages: [String: Int]) -> [Set<String>] {
    let names = messages.keys.sorted()
    let templates = names.map { name in
      var mask = MessageMask()
      var name = name
      name.withUTF8 { mask.append(message: UnsafeRawBufferPointer($0), .plain) }
      return Array(mask.template[..<mask.count])
    }
    let result = TemplateClusters(templates, counts: names.map { messages[$0] ?? 0 })
    return Dictionary(grouping: names.indices) { result.assignment[$0] }.values.map { Set($0.map { names[$0] }) }
  }

  @Test func manyWordsInOnePlaceVary() {
    let names = ["amber", "birch", "cedar", "dogwood", "elm", "fir", "ginkgo", "hazel", "ivy", "juniper", "kapok"]
    let messages = Dictionary(uniqueKeysWithValues: names.map { ("loaded module \($0) from disk", 1000) })
    #expect(clusters(messages).count == 1)
  }

  @Test func fewFrequentWordsAreDifferentMessages() {
    #expect(clusters(["VM Started (Lifecycle Event)": 900, "VM Stopped (Lifecycle Event)": 880]).count == 2)
    #expect(
      clusters(["\"GET /a\" status: 200 len: 5 time: 3": 900, "\"POST /a\" status: 200 len: 5 time: 3": 3]).count == 2)
  }

  @Test func listsOfAnyLengthAreOne() {
    #expect(clusters(["failed to resolve an1 an2 an3": 1, "failed to resolve an7 an8": 1]).count == 1)
    #expect(clusters(["call LOCAL(0) done": 5, "call LOCAL(1, 2) done": 5]).count == 1)
  }

  @Test func clustersOfClustersAreTheSame() {
    let templates = ["a <*> b", "[<*>] started c", "x y..."].map { text in
      Array(
        text.replacing("<*>", with: "\u{0F}").replacing("...", with: "\u{10}").utf8)
    }
    let result = TemplateClusters(templates, counts: [3, 2, 1])
    #expect(Set(result.templates) == Set(templates))
  }
}
