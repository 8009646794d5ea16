import Dispatch
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Matching

/// Searching bytes that somebody else is writing, as those of a map are when its file is rewritten: nothing may trap, and
/// what is found lies inside.
@Suite(.serialized, .enabled(if: dlsym(nil, "__tsan_init") == nil, "the races are meant"))
struct ChangingBytesTests {
  @Test(arguments: [
    "timeout", "(?i)TimeOut", "a.*b", "^\\d+ [^ ]+$", "\\bx\\w+\\b", "(?s)a.*\\nb", "é+|ü", "[ab]*a[ab]{9}c", "x?",
  ])
  func searchesSurviveAWriter(source: String) throws {
    let pattern = try Pattern(source)
    let count = 20_000
    // SAFETY: the races on it are what the test is about; freed when all threads have ended.
    nonisolated(unsafe) let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: count, alignment: 8)
    defer { memory.deallocate() }
    for index in 0..<count { memory[index] = index % 50 == 0 ? 10 : 0x61 }
    let isOver = Atomic<Bool>(false)
    let left = Atomic<Int>(2)
    DispatchQueue.concurrentPerform(iterations: 3) { thread in
      var generator = SeededGenerator(thread + 5)
      if thread == 0 {
        let alphabet = Array("aab  x1\n\ntimeouTé".utf8)
        var written = 0
        while !isOver.load(ordering: .relaxed), written < 400_000_000 {
          let random = generator.next()
          memory[Int(random >> 40) % count] = alphabet[Int(random & 0xFFFF) % alphabet.count]
          written += 1
        }
        return
      }
      let bytes = UnsafeRawBufferPointer(memory)
      for round in 0..<12 {
        pattern.forEachMatchingLine(in: bytes) { hit, _ in if hit < 0 || hit > count { Issue.record("a hit at \(hit)") }
        }
        let part = UnsafeRawBufferPointer(rebasing: bytes[(round * 60)..<(round * 60 + 600)])
        _ = pattern.isMatch(part)
        var start = 0
        while start < part.count, let match = pattern.firstMatch(in: part, from: start) {
          if match.upperBound > part.count { Issue.record("a match at \(match)") }
          start = max(match.upperBound, start + 1)
        }
      }
      if left.subtract(1, ordering: .relaxed).newValue == 0 { isOver.store(true, ordering: .relaxed) }
    }
  }
}
