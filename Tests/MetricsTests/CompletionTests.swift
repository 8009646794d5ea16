import Platform
import Quantities
import Series
import TestSupport
import Testing

@testable import Metrics

/// A server with a few metrics, in memory.
private struct Names: MetricSource {
  let name = "names"
  var summary: String { name }
  var summaries: [String: MetricSummary] {
    ["requests": .init(type: "counter", help: "Requests so far."), "load": .init(type: "gauge", help: "")]
  }
  func sampleInterval(
    of: String, at: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> TimeSpan? { nil }
  func fetch(_: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer {
    .init(series: [])
  }
  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] {
    ["load", "request_size", "requests_total", "total_requests", "up"]
  }
  /// What is asked for comes back, so that tests see it.
  func labelNames(of selector: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String] {
    ["__name__", "code", "job", selector?.promQL ?? "all"]
  }
  func labelValues(
    of label: String, in selector: Selector?, cancellation: CancellationSignal
  ) throws(MetricError) -> [String] { ["\(label) of \(selector?.promQL ?? "all")", "a\"b"] }
  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] { [] }
}

/// Completes at `|`.
private func complete(_ text: String) -> ExpressionCompletion {
  let parts = text.split(separator: "|", maxSplits: 1, omittingEmptySubsequences: false)
  let place = CompletionPlace(parts.joined(), cursor: parts[0].utf8.count)
  return place.completion(from: Names(), cancellation: CancellationSignal())
}

private func texts(_ text: String) -> [String] { complete(text).candidates.map(\.text) }

@Suite struct CompletionTests {
  @Test func metricsAndFunctionsBeginWhereAnOperandMay() {
    #expect(texts("|") == ["load", "request_size", "requests_total", "total_requests", "up"])
    #expect(texts("req|") == ["request_size", "requests_total", "total_requests"])
    #expect(texts("ra|").first == "rate(")
    #expect(texts("up + lo|").prefix(3) == ["log2(", "log10(", "load"])
    #expect(texts("sum(topk(3, u|").contains("up"))
    #expect(texts("a: re|").first == "resets(")
    #expect(complete("a: req|").replaced == 3..<6)
  }

  @Test func ratesWantCounters() {
    #expect(texts("rate(|").prefix(2) == ["requests_total", "load"])
    #expect(texts("sum by (job) (rate(re|").first == "resets(")
    #expect(
      complete("requests_t|").candidates.first
        == .init(text: "requests_total", kind: "counter", help: "Requests so far."))
    #expect(complete("loa|").candidates.first?.kind == "gauge")
  }

  @Test(arguments: [
    ("up{|", "up"), ("up{job=\"a\", |", "up{job=\"a\"}"), ("up{job=\"a\",co|", "up{job=\"a\"}"), ("{|", "all"),
    ("sum by (|) (rate(load{job=\"x\"}[5m]))", "load{job=\"x\"}"), ("sum(up) by (code, |", "up"),
    ("up / on (|) load", "up"), ("sum by (|", "all"), ("sum(rate(up[5m])) without (|)", "up"),
  ]) func labelsAreThoseOfWhatIsSelected(text: String, selector: String) {
    let found = complete(text)
    #expect(found.isAwaited)
    if text.contains("co|") {
      #expect(found.candidates.map(\.text) == ["code"])
    } else {
      #expect(found.candidates.map(\.text).last == selector)
      #expect(!found.candidates.contains { $0.text == "__name__" })
      if text.contains("{job=\"a\"") { #expect(!found.candidates.contains { $0.text == "job" }, "it is there already") }
    }
  }

  @Test(arguments: [
    ("up{job=\"|", "job of up\"", 8..<8), ("up{job=\"a\",code=~\"co|", "code of up{job=\\\"a\\\"}\"", 18..<20),
    ("{job=\"|", "job of all\"", 6..<6), ("up{job=\"|\"}", "job of up", 8..<8),
    ("rate(up{job='|", "job of up\"", 13..<13),
  ]) func valuesAreThoseOfTheRestOfTheSelector(text: String, value: String, replaced: Range<Int>) {
    let found = complete(text)
    #expect(found.candidates.first?.text == value)
    #expect(found.replaced == replaced)
    #expect(found.isAwaited)
  }

  @Test func valuesAreWrittenWithTheirEscapes() { #expect(texts("up{job=\"a|").last == #"a\"b""#) }

  @Test func windowsAndKeywords() {
    #expect(texts("rate(up[|").prefix(2) == ["5m", "1m"])
    #expect(texts("rate(up[1|") == ["1m", "15m", "1h", "1d"])
    #expect(texts("sum(up) b|").first == "by (")
    #expect(texts("sum b|").first == "by (")
    #expect(texts("up un|").first == "unless ")
    #expect(texts("up offset 5|").isEmpty)
  }

  @Test(arguments: ["up{job=\"a\"|", "up{job|", "up{job=|", "3|", "up{a b|", "x: |y", "\"abc|", "up @ 5|"])
  func nothingIsOfferedWhereNothingFits(text: String) {
    let found = texts(text)
    #expect(found.isEmpty || text == "up{job|" && found == ["job"] || text == "x: |y" && found.count == 5, "\(found)")
  }

  @Test func anyPlaceOfAnyTextIsRead() {
    let text = "größe: sum by (job, x) (rate({a=\"b\\\"\",c=~'d'}[5m:1m] offset -1h)) / on () up{} > bool 1e3 # `x"
    for length in 0...text.utf8.count {
      let place = CompletionPlace(text, cursor: length)
      #expect(place.replaced.upperBound == length && place.replaced.lowerBound <= length)
    }
  }

  @Test(arguments: [
    ("sum(raet(up[5m]))", 4..<8, "rate"), ("histogram_quantil(0.9, x)", 0..<17, "histogram_quantile"),
    ("rate(up[5m])", 0..<4, nil), ("up + raet", 5..<9, nil), ("xyzzy(up)", 0..<5, nil),
  ]) func aFunctionThatDoesNotExistHasANearOne(text: String, range: Range<Int>, nearest: String?) {
    #expect(ExpressionProblem(message: "", range: range, in: text).suggestion == nearest)
  }

  @Test func soIsOneOfWordsAtRandom() {
    let words = [
      "sum", "by", "(", ")", "{", "}", "[", "]", "\"", "'", "`", "=", "=~", "!=", ",", " ", "up", "a:b", "5m",
      "$__interval",
      "${__rate_interval}", "rate", "\\", "é", "#", "\n", "offset", "1e", "$", "x: ",
    ]
    var generator = SeededGenerator(7)
    for _ in 0..<3000 {
      let text = (0..<Int.random(in: 0...12, using: &generator)).map { _ in
        words.randomElement(using: &generator) ?? ""
      }.joined()
      let cursor = Int.random(in: 0...text.utf8.count, using: &generator)
      let place = CompletionPlace(text, cursor: cursor)
      #expect(place.replaced.upperBound == cursor && place.replaced.lowerBound <= cursor, "\(text)")
      _ = place.completion(from: Names(), cancellation: CancellationSignal())
      let variables = RangeVariables(text, step: .minutes(1), interval: .minutes(1))
      for end in 0...variables.expression.utf8.count {
        guard case .query(_, let range?) = variables.original(.query(message: "", range: 0..<end)) else { continue }
        #expect(range.lowerBound == 0 && range.upperBound <= text.utf8.count, "\(text)")
      }
    }
  }
}
