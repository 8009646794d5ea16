import Quantities
import Series
import Testing

private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

private func series(step: Int64, _ pairs: [(Int64, Double)]) -> TimeSeries {
  TimeSeries(
    samples: ContiguousArray(pairs.map { Sample(time: at($0.0), value: $0.1) }), step: .seconds(step as Int64))
}

@Suite struct DownsamplingTests {
  @Test func eachColumnKeepsItsExtremes() {
    let one = series(step: 1, (0..<12).map { ($0, $0 == 4 ? 90 : Double($0)) })
    let columns = PanelColumns.downsample(one, from: at(0), to: at(12), columns: 4)
    #expect(columns[0] == Extent(minimum: 0, maximum: 2, last: 2))
    #expect(columns[1] == Extent(minimum: 3, maximum: 90, last: 5))
    #expect(columns[3] == Extent(minimum: 9, maximum: 11, last: 11))
  }

  @Test func twentySpikesInFourHoursAreAllSeen() {
    let spikes = Set((0..<20).map { Int64($0) * 47 + 13 })
    let one = series(step: 15, (0..<960).map { ($0 * 15, spikes.contains($0) ? 100 : 1) })
    let columns = PanelColumns.downsample(one, from: at(0), to: at(4 * 3600), columns: 120)
    #expect(columns.filter { $0?.maximum == 100 }.count == 20)
  }

  @Test func aMissingPointIsAGapAndNaNToo() {
    let one = series(step: 1, [(0, 1), (1, 2), (5, 3), (6, .nan), (7, 4)])
    let columns = PanelColumns.downsample(one, from: at(0), to: at(8), columns: 8)
    #expect(columns.map { $0?.last } == [1, 2, nil, nil, nil, 3, nil, 4])
  }

  @Test func aSampleHoldsUntilTheNextWhenColumnsAreNarrow() {
    let one = series(step: 4, [(0, 1), (5, 2), (9, 3)])
    let columns = PanelColumns.downsample(one, from: at(0), to: at(16), columns: 16)
    #expect(columns.map { $0?.last } == [1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, nil, nil, nil])
  }

  @Test func aSampleBeforeTheRangeHoldsIntoIt() {
    let one = series(step: 10, [(-4, 7), (6, 8)])
    let columns = PanelColumns.downsample(one, from: at(0), to: at(10), columns: 5)
    #expect(columns.map { $0?.last } == [7, 7, 7, 8, 8])
  }

  @Test func nothingComesOfNothing() {
    let one = series(step: 1, [(0, 1)])
    #expect(PanelColumns.downsample(one, from: at(0), to: at(1), columns: 0).isEmpty)
    #expect(PanelColumns.downsample(one, from: at(2), to: at(1), columns: 3) == [nil, nil, nil])
    #expect(PanelColumns.downsample(series(step: 1, []), from: at(0), to: at(1), columns: 2) == [nil, nil])
  }

  @Test func columnsAndEdgesAgree() {
    for columns in [1, 3, 7, 66, 1000] {
      let (from, to) = (at(1_795_351_402), at(1_795_351_402 + 997))
      for column in 0..<columns {
        let edge = PanelColumns.edge(column, of: columns, from: from, to: to)
        #expect(PanelColumns.column(of: edge, from: from, to: to, columns: columns) == column)
        let before = edge - .nanoseconds(1)
        if column > 0 { #expect(PanelColumns.column(of: before, from: from, to: to, columns: columns) == column - 1) }
      }
      #expect(PanelColumns.column(of: to, from: from, to: to, columns: columns) == nil)
    }
  }

  @Test func downsamplingEqualsALookAtEverySample() {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let count = Int.random(in: 0...60, using: &random)
      var time: Int64 = 0
      let pairs: [(Int64, Double)] = (0..<count).map { _ in
        time += Int64.random(in: 1...4, using: &random)
        return (time, Int.random(in: 0...9, using: &random) == 0 ? .nan : Double.random(in: 0...1, using: &random))
      }
      let one = series(step: 2, pairs)
      let (from, to, columns) = (at(5), at(65), 12)
      let fast = PanelColumns.downsample(one, from: from, to: to, columns: columns)
      for column in 0..<columns {
        let range = at(5 + Int64(column) * 5)..<at(10 + Int64(column) * 5)
        let own = one.samples.filter { range.contains($0.time) }
        let numbers = own.map(\.value).filter(\.isFinite)
        let held = one.value(at: range.lowerBound)
        if own.isEmpty {
          #expect(fast[column]?.last == held)
        } else {
          #expect(fast[column]?.maximum == numbers.max())
          #expect(fast[column]?.minimum == numbers.min())
        }
      }
    }
  }
}

@Suite struct SeriesCombinationTests {
  @Test func ratesAddUpAndGaugesShowTheGreatest() {
    let a = series(step: 1, [(0, 1), (1, 2), (2, .nan)])
    let b = series(step: 1, [(1, 5), (2, 6), (3, 7)])
    #expect(SeriesCombination.sum.combined([a, b])?.samples.map(\.value) == [1, 7, 6, 7])
    #expect(SeriesCombination.maximum.combined([a, b])?.samples.map(\.value) == [1, 5, 6, 7])
    #expect(SeriesCombination.minimum.combined([a, b])?.samples.map(\.value) == [1, 2, 6, 7])
    #expect(SeriesCombination.average.combined([a, b])?.samples.map(\.value) == [1, 3.5, 6, 7])
    #expect(SeriesCombination.sum.combined([]) == nil)
    #expect(SeriesCombination.sum.combined([a])?.samples.count == 3)
  }

  @Test func seriesOfDifferentMomentsAddUp() {
    let a = series(step: 10, (0..<20).map { ($0 * 10, 1) })
    let b = series(step: 10, (0..<20).map { ($0 * 10 + 3, 2) })
    let c = series(step: 10, (0..<10).map { ($0 * 10 + 7, 4) })
    let both = SeriesCombination.sum.combined([a, b])
    #expect(both?.samples.dropFirst().dropLast().allSatisfy { $0.value == 3 } == true)
    let all = SeriesCombination.sum.combined([a, b, c])
    #expect(all?.samples.count == 20, "on a grid, not at every moment of each")
    #expect(all?.value(at: at(50)) == 7)
    #expect(all?.value(at: at(150)) == 3, "a series that has ended does not count")
    let gap = series(step: 10, [(0, 1), (10, 1), (50, 1)])
    #expect(SeriesCombination.sum.combined([gap, a])?.value(at: at(30)) == 1)
  }

  @Test func valuesHoldForOneAndAHalfSteps() {
    let one = series(step: 10, [(0, 1), (14, 2)])
    #expect(one.value(at: at(13)) == 1)
    #expect(one.value(at: at(23)) == 2)
    #expect(one.value(at: at(24)) == nil)
    #expect(one.value(at: at(-1)) == nil)
    #expect(series(step: 10, [(0, 1), (16, 2)]).value(at: at(12)) == nil)
  }
}
