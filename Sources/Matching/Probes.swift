import CSystem

/// Which bytes of the runs are looked for.
struct Probes: Sendable {
  /// Whether there are several runs, or one without a byte that can be compared as it is.
  let isFingerprint: Bool
  /// For each run: which of its bytes the first table is about.
  private(set) var offsets: [Int] = []
  /// The runs of each family.
  private(set) var members: [[Int]] = []
  private var pair = cs_byte_pair()
  private var tables = cs_fingerprints()
  private let usesWideVectors: Bool
  /// From a block with marks to where the next may begin.
  static let blockLength = 32

  /// Chooses by how common bytes are; nil where there is no fast way.
  init?(_ runs: [RequiredText.Run], share: (UInt8) -> Float, usesWideVectors: Bool) {
    self.usesWideVectors = usesWideVectors
    isFingerprint = runs.count != 1 || !runs[0].contains { $0.folded != nil }
    if isFingerprint {
      guard usesWideVectors else { return nil }
      setFingerprints(of: runs, share)
    } else {
      let order = Probes.rarest(runs[0], share)
      // Two probes of the same byte say less than two of different ones.
      setPair(runs[0], order[0], order.first { runs[0][$0] != runs[0][order[0]] } ?? order[order.count - 1])
    }
  }

  /// The places of a run that can be compared as they are, the rarest first.
  private static func rarest(_ run: RequiredText.Run, _ share: (UInt8) -> Float) -> [Int] {
    let places = run.indices.filter { run[$0].folded != nil }
    let shares = run.map { $0.reduce(Float(0)) { $0 + share($1) } }
    return places.sorted { shares[$0] < shares[$1] }
  }

  private mutating func setPair(_ run: RequiredText.Run, _ first: Int, _ second: Int) {
    guard let one = run[first].folded, let two = run[second].folded else { return }
    pair = cs_byte_pair(
      offset: (Int32(first), Int32(second)), byte: (one.byte, two.byte), fold: (one.fold, two.fold))
  }

  /// The next block of positions with one that the probes let pass; see `cs_find_pair`.
  @inline(__always)
  func nextBlock(_ base: UnsafeRawPointer, _ position: Int, _ end: Int, _ marks: inout UInt32) -> Int {
    let text = base.assumingMemoryBound(to: UInt8.self)
    // SAFETY: both read only between `position` and `end`, which the caller keeps inside the text.
    if isFingerprint {
      return withUnsafePointer(to: tables) { Int(cs_find_fingerprints(text, Int64(position), Int64(end), $0, &marks)) }
    }
    guard usesWideVectors else { return narrowBlock(base, position, end, &marks) }
    return withUnsafePointer(to: pair) { Int(cs_find_pair(text, Int64(position), Int64(end), $0, &marks)) }
  }

  /// As `cs_find_pair`, for processors that it is not written for.
  private func narrowBlock(_ base: UnsafeRawPointer, _ start: Int, _ end: Int, _ marks: inout UInt32) -> Int {
    let (one, two) = (SIMD32<UInt8>(repeating: pair.byte.0), SIMD32<UInt8>(repeating: pair.byte.1))
    let (first, second) = (Int(pair.offset.0), Int(pair.offset.1))
    let reach = max(first, second) &+ 32
    @inline(__always) func hits(_ offset: Int, _ byte: SIMD32<UInt8>, _ fold: UInt8) -> SIMD4<UInt64> {
      // SAFETY: the callers keep `offset + 32` inside the text.
      var block = base.loadUnaligned(fromByteOffset: offset, as: SIMD4<UInt64>.self)
      block |= SIMD4(repeating: UInt64(fold) &* 0x0101_0101_0101_0101)
      return unsafeBitCast(unsafeBitCast(block, to: SIMD32<UInt8>.self) .== byte, to: SIMD4<UInt64>.self)
    }
    var position = start
    while position &+ reach <= end {
      let both = hits(position &+ first, one, pair.fold.0) & hits(position &+ second, two, pair.fold.1)
      if both != .zero {
        marks = Probes.bits(both)
        return position
      }
      position &+= 32
    }
    marks = 0
    while position < end {
      for offset in 0..<min(Probes.blockLength, end &- position) where position &+ offset &+ max(first, second) < end {
        if hit(base, position &+ offset &+ first, pair.byte.0, pair.fold.0),
          hit(base, position &+ offset &+ second, pair.byte.1, pair.fold.1)
        {
          marks |= 1 &<< UInt32(offset)
        }
      }
      if marks != 0 { return position }
      position &+= Probes.blockLength
    }
    return end
  }

  private func hit(_ base: UnsafeRawPointer, _ offset: Int, _ byte: UInt8, _ fold: UInt8) -> Bool {
    // SAFETY: the caller keeps `offset` inside the text.
    base.load(fromByteOffset: offset, as: UInt8.self) | fold == byte
  }

  /// One bit for each byte that is not zero.
  private static func bits(_ bytes: SIMD4<UInt64>) -> UInt32 {
    var result: UInt32 = 0
    for lane in 0..<4 {
      // The highest bits of the eight bytes meet in the highest byte.
      let word = (((bytes[lane] & 0x8080_8080_8080_8080) &>> 7) &* 0x0102_0408_1020_4080) &>> 56
      result |= UInt32(truncatingIfNeeded: word) &<< UInt32(lane &* 8)
    }
    return result
  }

  /// The families that the three bytes at `place` may belong to; those from `end` on count as zeros.
  func families(_ base: UnsafeRawPointer, at place: Int, _ end: Int) -> UInt8 {
    // SAFETY: `end` is that of the text; the tables are six times sixteen bytes in a row.
    withUnsafeBytes(of: tables) { tables in
      (0..<3).reduce(0xFF) { families, index in
        let byte = place &+ index < end ? base.load(fromByteOffset: place &+ index, as: UInt8.self) : 0
        return families & tables[index &* 16 &+ Int(byte & 15)] & tables[48 &+ index &* 16 &+ Int(byte &>> 4)]
      }
    }
  }
}

// MARK: Choosing

extension Probes {
  /// Chooses three neighbouring bytes of each run, and spreads the runs over eight families.
  private mutating func setFingerprints(of runs: [RequiredText.Run], _ share: (UInt8) -> Float) {
    let width = min(3, runs.map(\.count).min() ?? 1)
    offsets = runs.map { run in
      let shares = run.map { $0.reduce(Float(0)) { $0 + share($1) } }
      let chances = (0...run.count - width).map { start in shares[start..<start + width].reduce(1, *) }
      return chances.indices.min { chances[$0] < chances[$1] } ?? 0
    }
    setTables(of: runs)
  }

  private mutating func setTables(of runs: [RequiredText.Run]) {
    let width = min(3, runs.map(\.count).min() ?? 1)
    let offsets = offsets
    // Neighbours in this order have most in common, and may share a family.
    let order = runs.indices.sorted {
      runs[$0][offsets[$0]...].lexicographicallyPrecedes(runs[$1][offsets[$1]...]) { $0.members[0] < $1.members[0] }
    }
    var members: [[Int]] = Array(repeating: [], count: 8)
    for (rank, number) in order.enumerated() { members[rank * 8 / max(8, order.count)].append(number) }
    self.members = members
    tables = cs_fingerprints()
    // SAFETY: the tables are six times sixteen bytes in a row.
    withUnsafeMutableBytes(of: &tables) { tables in
      for (family, numbers) in members.enumerated() {
        for index in 0..<3 {
          let sets = numbers.map { index < width ? runs[$0][offsets[$0] + index] : ByteSet(0...255) }
          for byte in sets.flatMap(\.members) {
            tables[index * 16 + Int(byte & 15)] |= 1 << UInt8(family)
            tables[48 + index * 16 + Int(byte >> 4)] |= 1 << UInt8(family)
          }
        }
      }
    }
  }

  /// The probes that let least of `sample` pass.
  func improved(for runs: [RequiredText.Run], _ sample: TextSample) -> Probes {
    var result = self
    if isFingerprint {
      result.setFingerprints(of: runs) { sample.share($0) }
      return result
    }
    let run = runs[0]
    let places = Probes.rarest(run) { sample.share($0) }.prefix(5)
    var least = Int.max
    for first in places {
      for second in places where first < second {
        var trial = self
        trial.setPair(run, first, second)
        let count = sample.count(trial)
        if count < least { (least, result) = (count, trial) }
      }
    }
    return result
  }
}

/// A piece of the text in hand, and how often each byte occurs in it.
struct TextSample {
  static let length = 8192
  private let bytes: UnsafeRawBufferPointer
  private let range: Range<Int>
  private var counts = [Int32](repeating: 0, count: 256)

  /// The bytes must outlive the sample.
  init(_ bytes: UnsafeRawBufferPointer, _ range: Range<Int>) {
    self.bytes = bytes
    self.range = range
    for position in range { counts[Int(bytes[position])] += 1 }
  }

  /// The share of the byte; never zero, since the sample is small.
  func share(_ byte: UInt8) -> Float { (Float(counts[Int(byte)]) + 0.1) / Float(range.count) }

  /// How many places of the sample pass.
  func count(_ probes: Probes) -> Int {
    guard let base = bytes.baseAddress else { return 0 }
    var position = range.lowerBound
    var count = 0
    var marks: UInt32 = 1
    while marks != 0 {
      position = min(probes.nextBlock(base, position, range.upperBound, &marks) + Probes.blockLength, range.upperBound)
      count += marks.nonzeroBitCount
    }
    return count
  }
}
