import Drawing
import Quantities
import Testing
import Themes

@testable import Interface

@Suite struct ViewPartTests {
  private let noon = Timestamp(seconds: 1_773_489_600)

  @Test(
    "Ticks stand at round times with room between them",
    arguments: [
      (60, 66, ["12:00:15", "12:00:30", "12:00:45"]), (840, 60, ["12:05", "12:10"]),
      (86_400 * 3, 60, ["2026-03-15", "2026-03-16", "2026-03-17"]),
    ])
  func ticks(seconds: Int, columns: Int, expected: [String]) {
    let axis = TimeAxis(from: noon, to: noon + .seconds(Int64(seconds)))
    let ticks = AxisTicks.ticks(axis, columns: columns, zone: .utc)
    #expect(ticks.map(\.text) == expected)
  }

  @Test("Whatever the span, ticks never overlap and stand in their columns")
  func tickProperty() {
    for exponent in stride(from: 0.3, to: 9.5, by: 0.1) {
      let length = TimeSpan.seconds(exponentiated(10, exponent))
      for columns in [1, 8, 60, 240] {
        let axis = TimeAxis(from: noon, to: noon + length)
        var end = -1
        for tick in AxisTicks.ticks(axis, columns: columns, zone: .utc) {
          #expect(tick.column > end && tick.column < columns, "\(exponent) \(columns)")
          end = tick.column + tick.text.utf8.count
        }
      }
    }
  }

  @Test(
    "There are as many lines as a theme has colours to tell apart, letters for eight",
    arguments: [
      ("dark", ColourDepth.direct, 8), ("terminal", .sixteen, 5), ("colorblind", .direct, 6), ("terminal", .none, 8),
    ])
  func distinctSeries(theme: String, depth: ColourDepth, count: Int) throws {
    let state = State(size: Size(columns: 80, rows: 24), now: noon)
    #expect(Canvas(state, theme: try Theme(named: theme, depth: depth), glyphs: .unicode).distinctSeries == count)
    #expect(Canvas(state, theme: try Theme(named: theme, depth: depth), glyphs: .ascii).distinctSeries == 8)
  }

  private func exponentiated(_ base: Double, _ exponent: Double) -> Double {
    var result = 1.0
    for _ in 0..<Int(exponent) { result *= base }
    return result * (1 + (exponent - exponent.rounded(.down)) * (base - 1))
  }

  @Test(
    "A stretch of time says no more than it must",
    arguments: [
      (30, "12:00:00-12:00:30 UTC"), (1200, "12:00-12:20 UTC"), (43_210, "2026-03-14 12:00 to 03-15 00:00 UTC"),
      (86_400 * 10, "2026-03-14 to 03-24 UTC"), (86_400 * 400, "2026-03-14 to 2027-04-18 UTC"),
    ])
  func spans(seconds: Int, expected: String) {
    #expect(SpanText.text(noon...(noon + .seconds(Int64(seconds))), zone: .utc) == expected)
  }

  @Test(
    "JSON is indented token by token, also where it is cut off or wrong",
    arguments: [
      (
        #"{"a":1,"b":[],"c":{"d":"x,}"}}"#,
        ["{", #"  "a": 1,"#, #"  "b": [],"#, #"  "c": {"#, #"    "d": "x,}""#, "  }", "}"]
      ),
      (#"[1,[2]]"#, ["[", "  1,", "  [", "    2", "  ]", "]"]), (#"{"a":"un"#, ["{", #"  "a": "un"#]),
      (#"{"a":}}}]"#, ["{", #"  "a": "#, "}", "}", "}", "]"]), ("{}", ["{}"]),
    ])
  func json(text: String, expected: [String]) {
    #expect(JSONIndenter.lines(of: Array(text.utf8))?.map(\.text) == expected)
  }

  @Test("Text that is no JSON is left alone, and deep nesting does no harm")
  func notJSON() {
    #expect(JSONIndenter.lines(of: Array("plain {".utf8)) == nil)
    #expect(JSONIndenter.lines(of: []) == nil)
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 60_000)
    #expect(JSONIndenter.lines(of: deep)?.count ?? 0 > 1_000)
  }

  @Test(
    "A query's pieces are the query",
    arguments: [
      "level>=warn or status>=500", "a \"b c\" (d)", "path~/^x y/", "", "@noise -healthz", "x:\"unclosed and",
    ])
  func query(text: String) {
    #expect(QueryColours.pieces(text).map(\.text).joined() == text)
  }

  @Test("Texts are cut to their columns, never through a wide character")
  func fitting() {
    let state = State(size: Size(columns: 80, rows: 24), now: noon)
    let canvas = Canvas(state, theme: .standard(depth: .none), glyphs: .unicode)
    #expect(canvas.fitted("日本語", 6) == "日本語")
    #expect(canvas.fitted("日本語", 5) == "日本…")
    #expect(canvas.fitted("日本語", 4) == "日…")
    #expect(canvas.fittedEnd("/var/log/syslog", 8) == "…/syslog")
    #expect(canvas.fitted("abc", 0) == "")
    #expect(canvas.padded("ab", 4) == "ab  ")
  }

  private func column(errors: Int, warnings: Int, rest: Int) -> Volume.Column {
    Volume.Column(counts: [0, 0, rest, 0, warnings, errors, 0, 0, 0])
  }

  @Test("A stacked bar has its errors at the bottom, in two colours a cell")
  func stacked() {
    let parts = VolumeBars.parts(of: column(errors: 5, warnings: 0, rest: 9), most: 15, steps: 15)
    #expect(parts.map(\.end) == [5, 5, 14])
    #expect(VolumeBars.cell(parts, above: 0) == .init(eighths: 5, block: .panelOver, ground: .volume))
    #expect(VolumeBars.cell(parts, above: 8) == .init(eighths: 6, block: .volume, ground: nil))
    #expect(VolumeBars.cell(parts, above: 16) == nil)
  }

  @Test("A single error among thousands has a step of its own, and parts never pass the top")
  func fewErrors() {
    for (errors, warnings, rest) in [(1, 0, 9_999), (1, 1, 9_998), (3, 3, 0), (0, 1, 0), (0, 0, 1), (9, 1, 1)] {
      let column = column(errors: errors, warnings: warnings, rest: rest)
      for steps in [7, 15, 23] {
        let parts = VolumeBars.parts(of: column, most: 10_000, steps: steps)
        #expect(parts.map(\.end) == parts.map(\.end).sorted())
        #expect(parts.last?.end ?? 0 <= steps)
        #expect(errors == 0 || parts[0].end >= 1)
      }
    }
    #expect(VolumeBars.parts(of: column(errors: 0, warnings: 0, rest: 0), most: 10, steps: 15) == [])
  }
}
