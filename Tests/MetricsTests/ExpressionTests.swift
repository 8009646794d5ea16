import Series
import Testing

@testable import Metrics

@Suite struct PanelTextTests {
  @Test(arguments: [
    ("load: node_load1", "load", "node_load1"), ("node_load1", "node_load1", "node_load1"),
    (#"errors: rate(http_requests_total{code=~"5.."}[1m])"#, "errors", #"rate(http_requests_total{code=~"5.."}[1m])"#),
    ("job:up:sum", "job:up:sum", "job:up:sum"), ("db conns: job:up:sum", "db conns", "job:up:sum"),
    (#"up{job="a: b"}"#, #"up{job="a: b"}"#, #"up{job="a: b"}"#), (": up", ": up", ": up"),
    ("  a  :  up  ", "a", "up"), ("größe: up", "größe", "up"), ("a: b: up", "a", "b: up"),
  ]) func titlesEndAtTheFirstColonAndBlank(text: String, title: String, expression: String) throws {
    let panel = try PanelSpecification(parsing: text)
    #expect(panel.title == title)
    #expect(panel.expression == expression)
    #expect(try PanelSpecification(parsing: panel.text) == panel)
  }

  @Test func aPanelNeedsAnExpression() {
    for text in ["", "   ", "load: ", "load:"] {
      #expect(throws: PanelTextError.self) { try PanelSpecification(parsing: text) }
    }
  }
}

@Suite struct SelectorTests {
  @Test(arguments: [
    "up", "up{}", #"up{job="a"}"#, "sum(up)", "sum by (job) (up)", "max(up) without (job)", "(up)", "((sum(up)))",
    #"{__name__="up"}"#, #"{job="x"}"#, "job:up:sum", "up # a remark",
  ]) func bareSelectors(text: String) { #expect(BareSelector(text) != nil) }

  @Test(arguments: [
    "", "rate(up[5m])", "up[5m]", "up offset 5m", "up + up", "sum(rate(up[5m]))", "1", "Inf", "(a)+(b)", "up{",
    "up{job}",
    "topk(3, up)", "up @ 12", "sum(up", "-up", "count(up)", "{}", #""up""#,
  ]) func otherExpressions(text: String) { #expect(BareSelector(text) == nil) }

  @Test func aSelectorIsWrappedWhereItStands() {
    let text = #"sum by (job) (up{job="a"})"#
    let wrapped = BareSelector(text)?.wrapped(text, in: "rate", window: "60s")
    #expect(wrapped == #"sum by (job) (rate(up{job="a"}[60s]))"#)
  }

  @Test func matchersAreRead() throws {
    let selector = try #require(BareSelector(#"x{a="1",b!="2",c=~"3",d!~'4\n',}"#)?.selector)
    #expect(selector.matchers.map(\.comparison) == [.equal, .different, .matches, .matchesNot])
    #expect(selector.matchers.map(\.value) == ["1", "2", "3", "4\n"])
    #expect(selector.promQL == #"x{a="1",b!="2",c=~"3",d!~"4\n"}"#)
    #expect(Selector(metric: "my.metric").promQL == #"{__name__="my.metric"}"#)
    #expect(BareSelector(#"{"my.metric",a="1"}"#)?.selector.metric == "my.metric")
  }

  @Test func tokenizingNeverFails() {
    for text in ["\"", "'abc", "`", "{{{", "1e", "1e+", "0x", "5m30s", "é", "\\", "\u{0}", "a\nb", "=~=~", "1..2"] {
      let tokens = Tokenizer.tokens(of: text)
      #expect(tokens.last.map { $0.range.upperBound <= text.utf8.count } ?? true)
    }
  }
}

@Suite struct NatureTests {
  @Test(arguments: [
    ("node_load1", MetricUnit.number, SeriesCombination.maximum),
    ("rate(http_requests_total[5m])", .number.perSecond, .sum),
    ("sum by (a) (rate(x_bytes_total[5m]))", .bytes.perSecond, .sum),
    ("rate(node_cpu_seconds_total[5m])", .number, .sum),
    ("histogram_quantile(0.99, sum by (le) (rate(x_seconds_bucket[5m])))", .seconds, .maximum),
    ("rate(x_seconds_sum[5m]) / rate(x_seconds_count[5m])", .seconds, .maximum),
    ("sum(rate(errors_total[1m])) / sum(rate(requests_total[1m]))", .ratio, .maximum),
    ("a_bytes / b_bytes", .ratio, .maximum), ("a / b", .number, .maximum), ("a_bytes / 1024", .number, .maximum),
    ("max(x_seconds)", .seconds, .maximum), ("avg by (j) (x_bytes)", .bytes, .average), ("min(x)", .number, .minimum),
    ("a_bytes - on (x) group_left (y) b_bytes", .bytes, .maximum), ("1 - a_ratio", .ratio, .maximum),
    ("x_seconds offset 5m > 3", .seconds, .maximum), ("rate(x_seconds_bucket[5m])", .number.perSecond, .sum),
    ("increase(x_bytes_total[5m])", .bytes, .sum), ("count(up)", .number, .sum),
    ("time()", MetricUnit(.instant), .maximum),
    ("max_over_time(rate(x_total[1m])[5m:1m])", .number.perSecond, .maximum), ("", .number, .maximum),
    ("100 * a_ratio", .number, .maximum), ("((((a_bytes))))", .bytes, .maximum),
  ]) func expressionsTellUnitAndSum(text: String, unit: MetricUnit, combination: SeriesCombination) {
    let nature = ExpressionNature.of(text)
    #expect(nature.unit == unit)
    #expect(nature.combination == combination)
  }

  @Test func depthIsBounded() {
    let deep = String(repeating: "(", count: 100_000) + "a"
    #expect(ExpressionNature.of(deep).unit == .number)
    #expect(throws: FileExpression.Mistake.self) { try FileExpression.parse(deep) }
    #expect(ExpressionNature.of(String(repeating: "a+", count: 20_000) + "a_bytes").unit == .number)
  }
}

@Suite struct NameTests {
  @Test func slipsFindTheirName() {
    let names = ["go_info", "node_load1", "node_load15", "http_requests_total"]
    #expect(MetricNames.nearest(to: "node_laod1", in: names) == "node_load1")
    #expect(MetricNames.nearest(to: "http_request_total", in: names) == "http_requests_total")
    #expect(MetricNames.nearest(to: "requests", in: names) == "http_requests_total")
    #expect(MetricNames.nearest(to: "zzz", in: names) == nil)
  }

  @Test func typesDecideBeforeNames() {
    #expect(MetricNames.isCounter("x", type: "counter"))
    #expect(!MetricNames.isCounter("x_total", type: "gauge"))
    #expect(MetricNames.isCounter("x_bucket", type: "histogram"))
    #expect(!MetricNames.isCounter("x", type: "summary"))
    #expect(!MetricNames.isCounter("x_created", type: "counter"))
    #expect(MetricNames.isCounter("x_total", type: ""))
  }
}
