import Quantities

/// Learns from a sample what the lines of one file have in common.
struct HabitLearning {
  private(set) var habits = Habits()

  init(lines: SampleLines, family: Family) {
    var heads = lines.heads
    let tally = StampTally(heads)
    if lines.indented.count > heads.count {
      let indented = StampTally(lines.indented)
      if indented.stamped > tally.stamped * 2, indented.stamped * 2 > lines.indented.count {
        habits.isIndented = true
        heads = lines.indented
      }
    }
    habits.stamps = (habits.isIndented ? StampTally(heads) : tally).finder
    if family == .text { preferObjects(heads) }
    learnStamps(heads)
    if family == .text { learnLevels(heads) }
    if family == .json { learnBlocks(lines) }
    if family == .json || family == .logfmt {
      learnKeys(habits.hasBlocks ? lines.objects(habits) : lines.heads, family)
    }
  }

  private mutating func learnBlocks(_ lines: SampleLines) {
    guard !habits.isIndented else { return }
    if let first = lines.heads.first, first.trimmedCount == 1, first[0] == UInt8(ascii: "[") {
      let depths = lines.indented.prefix(200).compactMap { line -> Int? in
        let depth = line.skippingBlanks(0)
        return line.at(depth) == UInt8(ascii: "{") ? depth : nil
      }
      habits.objectIndent = depths.min() ?? 0
    }
    habits.hasBlocks = habits.objectIndent > 0 || lines.heads.contains { ObjectBlock.isOpen($0) }
  }

  /// Dates in the midst of few lines are no stamps where most stamps are those of JSON.
  private mutating func preferObjects(_ lines: [UnsafeRawBufferPointer]) {
    let found = lines.compactMap { habits.stamps.find($0)?.start }
    guard !found.isEmpty, found.allSatisfy({ $0 > StampTally.margin }) else { return }
    let objects = lines.prefix(500).count { line in
      JSONReading.begins(line) && JSONReading(line, habits: Habits()).survey()?.head.stamp != nil
    }
    if objects > found.count * 2 { habits.stamps.reach = StampTally.margin }
  }

  private mutating func learnLevels(_ lines: [UnsafeRawBufferPointer]) {
    if habits.hasStamps {
      habits.hasNumberLevel = NumberLevel.isHabit(lines, habits.stamps)
    } else {
      let count = lines.count { MarginShape.isPythonDefault($0) }
      habits.beginsWithLevel = count > 1 && count * 2 >= lines.count
    }
  }

  private mutating func learnStamps(_ lines: [UnsafeRawBufferPointer]) {
    guard !lines.isEmpty else { return }
    let stamped = lines.count { habits.stamps.find($0) != nil }
    habits.hasStamps = stamped > 0 && stamped * 40 >= lines.count
  }

  private mutating func learnKeys(_ lines: [UnsafeRawBufferPointer], _ family: Family) {
    var times: [(name: ShortName, count: Int)] = []
    var levels: [(name: ShortName, count: Int)] = []
    var roles: [KeyRole] = []
    func count(_ range: Range<Int>?, _ line: UnsafeRawBufferPointer, _ list: inout [(name: ShortName, count: Int)])
      -> Int?
    {
      guard let range, let name = ShortName(line.part(range)) else { return nil }
      if let index = list.firstIndex(where: { $0.name == name }) {
        list[index].count += 1
        return nil
      }
      list.append((name, 1))
      return list.count - 1
    }
    for line in lines.prefix(200) {
      if family == .json {
        guard let survey = JSONReading(line, habits: habits).survey() else { continue }
        _ = count(survey.timeName, line, &times)
        if count(survey.levelName, line, &levels) != nil { roles.append(survey.levelRole) }
      } else if LogfmtReading.begins(line) {
        let survey = LogfmtReading(line, habits: habits).survey()
        _ = count(survey.timeName, line, &times)
        if count(survey.levelName, line, &levels) != nil { roles.append(survey.levelRole) }
      }
    }
    habits.timeKey = times.max { $0.count < $1.count }?.name
    if let best = levels.indices.max(by: { levels[$0].count < levels[$1].count }) {
      habits.levelKey = levels[best].name
      habits.levelRole = roles[best]
    }
  }
}

extension RecordReader {
  /// Keeps the shape of stamp that is read fast in most of the first lines.
  mutating func learnTemplate(_ lines: [UnsafeRawBufferPointer]) {
    let lines = lines.prefix(24)
    var best = 0
    var reading = LineReading(reader: self, reference: Timestamp(seconds: 0))
    for line in lines where best * 2 < lines.count {
      var state = ScanState()
      let lessons = reading.fast.lessons
      if family == .json {
        reading.learnKeyed(line)
      } else {
        _ = reading.mark(line, readable: line.count, state: &state)
      }
      guard reading.fast.lessons < lessons, reading.fast.template.isLearned else { continue }
      var trial = reading
      trial.fast.lessons = 0
      let hits = lines.count { trial.fastStamp($0) != nil }
      guard hits > best else { continue }
      best = hits
      habits.template = reading.fast.template.shape
      habits.templateOffset = reading.fast.offset
    }
  }
}

/// Counts which forms of stamp stand where in the lines of a sample.
struct StampTally {
  /// How far from the start of a line stamps are looked for in a sample.
  static let reach = 256
  /// A stamp that begins later stands in the midst of its line.
  static let margin = 16

  private(set) var finder = StampFinder()
  /// Lines with a stamp in one of the finder's forms.
  private(set) var stamped = 0

  init(_ lines: [UnsafeRawBufferPointer]) {
    var everything = StampFinder()
    everything.forms = .max
    everything.reach = Self.reach
    everything.dateOrder = DateOrderVote(lines).order
    let first = Self.counts(lines, everything)
    // Weak forms must be the rule in a file, not the exception; a strong one may be rare (a stamp in every tenth line).
    var forms: UInt32 = 0
    for form in StampForm.allCases {
      let count = first[Int(form.rawValue)]
      let isWeak = StampForm.weak & form.bit != 0
      if isWeak ? count * 3 >= lines.count : count > 0 { forms |= form.bit }
    }
    finder = everything
    finder.forms = forms | ~StampForm.weak
    let found = lines.compactMap { finder.find($0) }
    stamped = found.count
    finder.reach = Self.reach(of: found.map(\.start).sorted())
    finder.sign = Self.sign(before: found.map(\.start), lines.filter { finder.find($0) != nil })
    if finder.sign != 0 { stamped = lines.count { finder.find($0) != nil } }
  }

  /// The bracket or bar before most stamps, where these stand in the midst of their lines; else 0.
  private static func sign(before starts: [Int], _ lines: [UnsafeRawBufferPointer]) -> UInt8 {
    guard starts.count > 3, starts.count == lines.count else { return 0 }
    for sign in [UInt8(ascii: "["), UInt8(ascii: "("), UInt8(ascii: "|")] {
      let count = zip(starts, lines).count { start, line in start > margin && line.at(start - 1) == sign }
      if count * 4 >= starts.count * 3 { return sign }
    }
    return 0
  }

  private static func counts(_ lines: [UnsafeRawBufferPointer], _ finder: StampFinder) -> [Int] {
    var counts = Array(repeating: 0, count: StampForm.allCases.count)
    for line in lines { if let found = finder.find(line) { counts[Int(found.stamp.form.rawValue)] += 1 } }
    return counts
  }

  /// Where most stamps begin early, those that begin late are dates in messages.
  private static func reach(of starts: [Int]) -> Int {
    guard let last = starts.last else { return 64 }
    let typical = starts[(starts.count - 1) * 3 / 4]
    return typical <= margin ? max(17, typical + 8) : min(last + 16, Self.reach)
  }
}

/// Finds the order of day, month and year that all stamps like `01/02/03` of a sample allow.
struct DateOrderVote {
  private(set) var order = DateOrder.customary

  init(_ lines: [UnsafeRawBufferPointer]) {
    var finder = StampFinder()
    finder.forms = StampForm.numbers.bit
    finder.reach = StampTally.reach
    var fits: [DateOrder: Bool] = [.yearFirst: true, .monthFirst: true, .dayFirst: true]
    var seen = 0
    var hasSlash = true
    for line in lines.prefix(500) {
      guard let (_, start) = finder.find(line), let numbers = Self.numbers(line, start) else { continue }
      seen += 1
      if !numbers.hasShortYear || numbers.second > 12 || numbers.third > 31
        || numbers.first < 10 && numbers.third >= 20
      {
        fits[.yearFirst] = false
      }
      if numbers.first > 12 { fits[.monthFirst] = false }
      if numbers.second > 12 { fits[.dayFirst] = false }
      hasSlash =
        line.at(start + 2) == UInt8(ascii: "/") || line.at(start + 1) == UInt8(ascii: "/")
        || line.at(start + 2) == UInt8(ascii: ":")
    }
    guard seen > 0 else { return }
    let preference: [DateOrder] =
      hasSlash ? [.yearFirst, .monthFirst, .dayFirst] : [.yearFirst, .dayFirst, .monthFirst]
    order = preference.first { fits[$0] == true } ?? .customary
  }

  private static func numbers(
    _ line: UnsafeRawBufferPointer, _ start: Int
  ) -> (first: Int, second: Int, third: Int, hasShortYear: Bool)? {
    var grammar = StampGrammar(line)
    grammar.index = start
    guard let first = grammar.number(1, 2) else { return nil }
    grammar.index += 1
    guard let second = grammar.number(1, 2) else { return nil }
    grammar.index += 1
    let width = grammar.digits(from: grammar.index)
    guard let third = grammar.number(2, 4) else { return nil }
    return (first, second, third, width == 2)
  }
}
