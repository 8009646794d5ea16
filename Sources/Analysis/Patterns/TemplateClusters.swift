/// Puts templates together that differ only in words that vary.
///
/// Drain (He, Zhu, Zheng, Lyu: "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017) decides on each
/// message as it comes, so that its groups depend on the order of the messages. Here all templates are known, with how often
/// each was met, as in Brain (Yu et al.: "Brain: Log Parsing with Bidirectional Parallel Tree", IEEE TSC 2023), and the result
/// depends on the set alone:
///
/// 1. Templates of as many tokens that are equal but for one word: where there are many such words, that word varies.
/// 2. What is left is compared with what was found, the most frequent first, by the share of equal words (Drain's
///    similarity, in which signs and parts that are known to vary do not count).
struct TemplateClusters {
  /// By template: the number of its cluster.
  private(set) var assignment: [Int] = []
  /// By cluster: what all of its templates have in common.
  private(set) var templates: [[UInt8]] = []

  /// So many different words in one place, all else being equal, are a part that varies.
  static let variety = 10

  private var tokens: [[UInt32]] = []
  private var spelled: [[TemplateToken]] = []
  private var tails: [Int] = []

  /// Clusters `templates`, each different and met `counts` times.
  init(_ sources: [[UInt8]], counts: [Int]) {
    var reading = TemplateTokens()
    for source in sources {
      let own = reading.read(source)
      tokens.append(own.map(\.number))
      spelled.append(own)
      tails.append(Self.tail(source))
    }
    for _ in 0..<4 { if !widen(counts) { break } }
    assign(sources, counts)
  }

  /// What tells stack traces apart: the hash of what stands below the first line; 0 if there is nothing.
  private static func tail(_ source: [UInt8]) -> Int {
    guard let start = source.firstIndex(of: 10) else { return 0 }
    return source[start...].withUnsafeBytes { Int(truncatingIfNeeded: ByteHash.hash($0)) }
  }

  // MARK: Words that vary

  /// Finds words in whose place many others stand; whether there are any.
  private mutating func widen(_ counts: [Int]) -> Bool {
    var seen: Set<UInt64> = []
    var kinds: [UInt64: (words: Int, count: Int)] = [:]
    let hashes = tokens.indices.map { prefix($0) }
    for number in tokens.indices {
      let isNew = seen.insert(hashes[number]).inserted
      for place in tokens[number].indices where isWord(tokens[number][place]) {
        kinds[context(number, place, hashes[number]), default: (0, 0)].words += isNew ? 1 : 0
        kinds[context(number, place, hashes[number]), default: (0, 0)].count += counts[number]
      }
    }
    var found = false
    for number in tokens.indices {
      let words = tokens[number].count { isWord($0) }
      var isFirst = true
      for place in tokens[number].indices where isWord(tokens[number][place]) {
        defer { isFirst = false }
        guard words > (isFirst ? 2 : 1) else { continue }
        guard let (count, records) = kinds[context(number, place, hashes[number])], count > 1 else { continue }
        let isMixed = tokens[number][place] & TemplateToken.mixed != 0
        let isCapital = tokens[number][place] & TemplateToken.capital != 0
        guard
          count >= Self.variety * (isCapital ? 2 : 1) || isMixed
            || (count >= (isCapital ? 5 : 3) && count * count >= records)
        else { continue }
        tokens[number][place] = TemplateToken.variable
        found = true
        break
      }
    }
    return found
  }

  private func isWord(_ token: UInt32) -> Bool { TemplateToken.isWord(token) }

  private func prefix(_ number: Int) -> UInt64 {
    var sum = UInt64(truncatingIfNeeded: tails[number]) ^ UInt64(tokens[number].count)
    for (place, token) in tokens[number].enumerated() { sum &+= part(token, place) }
    return sum
  }

  /// A sum of parts, so that one of them can be taken out.
  private func part(_ token: UInt32, _ place: Int) -> UInt64 { ByteHash.hash(UInt64(token) &+ UInt64(place) << 32) }

  private func context(_ number: Int, _ place: Int, _ sum: UInt64) -> UInt64 {
    ByteHash.hash(sum &- part(tokens[number][place], place) ^ UInt64(place))
  }

  // MARK: Similarity

  private mutating func assign(_ sources: [[UInt8]], _ counts: [Int]) {
    struct Shape: Hashable {
      var count: Int
      var tail: Int
    }
    var byShape: [Shape: [Int]] = [:]
    var leaders: [[UInt32]] = []
    assignment = Array(repeating: 0, count: sources.count)
    var first: [Int] = []
    var exact: [UInt64: Int] = [:]
    let order = sources.indices.sorted {
      counts[$0] != counts[$1] ? counts[$0] > counts[$1] : sources[$0].lexicographicallyPrecedes(sources[$1])
    }
    for number in order {
      let own = tokens[number]
      let hash = prefix(number)
      if let known = exact[hash] {
        assignment[number] = known
        continue
      }
      let shape = Shape(count: own.count, tail: tails[number])
      var best: (cluster: Int, share: Double)?
      for cluster in byShape[shape, default: []] {
        guard let share = similarity(leaders[cluster], own, counts[first[cluster]], counts[number]),
          share > best?.share ?? 0
        else { continue }
        best = (cluster, share)
      }
      if let best {
        assignment[number] = best.cluster
        for place in own.indices where leaders[best.cluster][place] != own[place] {
          leaders[best.cluster][place] = TemplateToken.variable
        }
      } else {
        assignment[number] = leaders.count
        byShape[shape, default: []].append(leaders.count)
        leaders.append(own)
        first.append(number)
      }
      exact[hash] = assignment[number]
    }
    templates = leaders.indices.map { written(leaders[$0], as: first[$0], sources) }
  }

  /// The share of equal words; nil if they are different messages.
  private func similarity(_ left: [UInt32], _ right: [UInt32], _ leftCount: Int, _ rightCount: Int) -> Double? {
    var (equal, all, different) = (0.0, 0.0, 0)
    for place in left.indices {
      let (one, other) = (left[place], right[place])
      if one == other {
        if isWord(one) {
          equal += 1
          all += 1
        }
        continue
      }
      // Signs must be the same.
      if (one | other) & TemplateToken.sign != 0, one & other & TemplateToken.sign == 0 || isWord(one) == isWord(other)
      {
        return nil
      }
      if one == TemplateToken.variable || other == TemplateToken.variable {
        all += 0.5
      } else if one & other & TemplateToken.mixed != 0 {
        all += 0.5
      } else {
        if (one | other) & TemplateToken.capital != 0 { return nil }
        if Double(rightCount) > Self.ratio * Double(leftCount), rightCount > 2 { return nil }
        all += 1
      }
      different += 1
    }
    if different == 0 { return 1 }
    let share = equal / all
    return share >= Self.threshold ? share : nil
  }

  /// The least share of equal words that makes two templates one.
  private static let threshold = 0.75
  /// Words that differ are taken for a part that varies only where the rarer message is this much rarer: two that are about as
  /// frequent (`VM Started`, `VM Stopped`) are two.
  private static let ratio = 0.05

  /// The template of a cluster, spelled as one of its sources.
  private func written(_ leader: [UInt32], as number: Int, _ sources: [[UInt8]]) -> [UInt8] {
    var result: [UInt8] = []
    for (place, token) in spelled[number].enumerated() {
      if token.isSpaced { result.append(32) }
      if leader[place] == TemplateToken.variable, !token.isVariable {
        result.append(MaskKind.any.rawValue)
      } else {
        result += token.bytes
      }
    }
    let source = sources[number]
    return result + (source.firstIndex(of: 10).map { source[$0...] } ?? [])
  }
}
