/// Random numbers that are the same in every run (xorshift64*; S. Vigna, "An experimental exploration of Marsaglia's
/// xorshift generators, scrambled", 2014).
struct Dice {
  private var state: UInt64

  init(seed: Int) { state = UInt64(truncatingIfNeeded: seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state &>> 12
    state ^= state &<< 25
    state ^= state &>> 27
    return state &* 0x2545_F491_4F6C_DD1D
  }

  /// A number from 0 to `limit - 1`.
  mutating func below(_ limit: Int) -> Int { Int((next() &>> 33) % UInt64(limit)) }

  /// One of `choices`.
  mutating func pick(_ choices: [String]) -> String { choices[below(choices.count)] }

  /// Milliseconds as services have them: most short, some long, few very long.
  mutating func latency() -> Int {
    let kind = below(100)
    return kind < 70 ? 1 + below(99) : kind < 97 ? 100 + below(900) : 1000 + below(29_000)
  }

  /// A status of HTTP: 1.8% are 500 or more.
  mutating func status() -> Int {
    let kind = below(1000)
    if kind < 900 { return kind < 875 ? 200 : 201 }
    if kind < 982 { return [304, 302, 404, 404, 401, 429][below(6)] }
    return [500, 500, 502, 503, 504][below(5)]
  }
}
