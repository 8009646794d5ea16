import Quantities
import Series
import Testing

@testable import Metrics

private func dashboard(_ panels: String, templating: String = "[]", rest: String = "") throws -> GrafanaDashboard {
  try GrafanaDashboard(
    Array("{\"title\": \"Shop\", \"templating\": {\"list\": \(templating)}, \(rest)\"panels\": [\(panels)]}".utf8))
}

private func expression(_ text: String, templating: String) throws -> String? {
  let quoted = text.map { $0 == "\"" ? "\\\"" : $0 == "\\" ? "\\\\" : "\($0)" }.joined()
  return try dashboard(
    "{\"type\": \"timeseries\", \"title\": \"a\", \"targets\": [{\"expr\": \"\(quoted)\"}]}", templating: templating
  ).panels.first?.expression
}

@Suite struct GrafanaTests {
  @Test func panelsOfAllAgesAreRead() throws {
    let shop = try dashboard(
      """
      {"type": "row", "collapsed": true, "panels": [
        {"type": "timeseries", "title": "Requests", "datasource": {"type": "prometheus", "uid": "x"},
         "fieldConfig": {"defaults": {"unit": "reqps", "max": 50, "custom": {"thresholdsStyle": {"mode": "line"}},
           "thresholds": {"mode": "absolute", "steps": [{"color": "green", "value": null},
             {"color": "orange", "value": 10}, {"color": "red", "value": 20}]}}},
         "targets": [{"refId": "A", "expr": "sum(rate(a_total[$__rate_interval]))", "legendFormat": "all"},
           {"refId": "B", "expr": "sum by (code) (rate(a_total[5m]))", "legendFormat": "code {{code}}"},
           {"refId": "C", "expr": "up", "hide": true}]}]},
      {"type": "stat", "title": "Up", "fieldConfig": {"defaults": {"unit": "none",
         "thresholds": {"mode": "absolute", "steps": [{"color": "green", "value": null}, {"color": "red", "value": 80}]}}},
       "targets": [{"refId": "A", "expr": "sum(up)\\n# all of them\\n  / count(up)", "instant": true}]},
      {"type": "logs", "title": "Logs", "datasource": {"type": "loki"}, "targets": [{"expr": "{job=\\"a\\"}"}]},
      {"type": "text", "title": "Read me"}, {"type": "text"},
      {"type": "timeseries", "title": "Again", "targets": [{"expr": "sum by (code) (rate(a_total[5m]))"}]},
      {"type": "table", "title": "SQL", "datasource": "MySQL", "targets": [{"rawSql": "SELECT 1"}]}
      """)
    #expect(shop.title == "Shop")
    #expect(
      shop.panels == [
        PanelSpecification(
          title: "Requests all", expression: "sum(rate(a_total[$__rate_interval]))", unit: "/s", maximum: 50,
          warn: 10, error: 20),
        PanelSpecification(
          title: "Requests code", expression: "sum by (code) (rate(a_total[5m]))", unit: "/s", maximum: 50,
          warn: 10, error: 20),
        PanelSpecification(title: "Up", expression: "sum(up) / count(up)"),
      ])
    #expect(shop.panels.map(\.maximum) == [50, 50, nil])
    #expect(shop.notes == ["left out: 2 text, 1 asked twice, 1 hidden, 1 of loki, 1 of mysql"])
  }

  @Test func oldDashboardsHaveRowsAndAxes() throws {
    let text = """
      {"dashboard": {"title": "Old", "rows": [{"panels": [{"type": "graph", "title": "CPU on $node",
        "yaxes": [{"format": "percentunit", "max": "1", "min": "-0.5"}, {}],
        "thresholds": [{"value": 0.7, "op": "gt", "colorMode": "warning"}, {"value": 0.9, "op": "gt", "colorMode": "critical"}],
        "targets": [{"expr": "1 - rate(idle[$interval])"}]},
        {"type": "singlestat", "title": "Full", "format": "percent", "thresholds": "70,90",
          "targets": [{"expr": "disk"}]}]}],
        "templating": {"list": [{"name": "node", "type": "query", "current": {"value": "web1"}}]}}, "meta": {}}
      """
    let old = try GrafanaDashboard(Array(text.utf8)).panels
    #expect(old.map(\.maximum) == [1, nil] && old.map(\.minimum) == [-0.5, nil])
    #expect(
      old == [
        PanelSpecification(
          title: "CPU on web1", expression: "1 - rate(idle[$__interval])", unit: "ratio", maximum: 1, warn: 0.7,
          error: 0.9),
        PanelSpecification(title: "Full", expression: "disk", unit: "%", warn: 70, error: 90),
      ])
  }

  @Test(arguments: [
    (#"up{job="$job"}"#, #"up{job="web"}"#), (#"up{job=~"${job}"}"#, #"up{job=~"web"}"#),
    (#"up{job="[[job]]",i!="$all"}"#, #"up{job="web",i!~".*"}"#), (#"up{i = "${all:regex}"}"#, #"up{i =~ ".*"}"#),
    (#"up{i=~"$many"}"#, #"up{i=~"(a\\.b|c)"}"#), (#"up{i="$many"}"#, #"up{i=~"(a\\.b|c)"}"#),
    (#"up{i=~"${many:pipe}"}"#, #"up{i=~"a.b|c"}"#), (#"up{d="$own"}"#, #"up{d=~"x.+"}"#),
    (#"rate(x[$every]) > $limit"#, "rate(x[$__interval]) > 7"), (#"up{i="$nobody"}"#, #"up{i=~".*"}"#),
    (#"label_replace(up, "a", "$1", "b", "(.*)$")"#, #"label_replace(up, "a", "$1", "b", "(.*)$")"#),
    (#"increase(x[$__range])"#, "increase(x[1h])"), (#"up{a="é\"$job"}"#, #"up{a="é\"web"}"#),
  ]) func variablesHaveTheValuesOfTheDashboard(text: String, wanted: String) throws {
    let templating = """
      [{"name": "job", "type": "query", "current": {"text": "web", "value": "web"}},
       {"name": "all", "type": "query", "includeAll": true, "current": {"value": ["$__all"]}},
       {"name": "own", "type": "query", "allValue": "x.+", "current": {"value": "$__all"}},
       {"name": "many", "type": "query", "multi": true, "current": {"value": ["a.b", "c"]}},
       {"name": "every", "type": "interval", "current": {"value": "$__auto_interval_every"}},
       {"name": "limit", "type": "textbox", "current": {"value": 7}},
       {"name": "src", "type": "datasource", "current": {"value": "Prometheus"}}]
      """
    #expect(try expression(text, templating: templating) == wanted)
  }

  @Test func theSecondSchemaIsRead() throws {
    func panel(_ title: String, _ query: String, view: String) -> String {
      """
      {"kind": "Panel", "spec": {"title": "\(title)", "vizConfig": \(view), "data": {"kind": "QueryGroup", "spec":
        {"queries": [{"kind": "PanelQuery", "spec": {"refId": "A", "hidden": false, "query": \(query)}}]}}}}
      """
    }
    let text = """
      {"apiVersion": "dashboard.grafana.app/v2beta1", "kind": "Dashboard", "spec": {"title": "Two",
        "elements": {
          "a": \(panel("Last", #"{"kind": "prometheus", "spec": {"expr": "b"}}"#, view: #"{"kind": "stat"}"#)),
          "lib": {"kind": "LibraryPanel", "spec": {}},
          "b": \(panel("First", #"{"kind": "DataQuery", "group": "prometheus", "spec": {"expr": "rate(a{j=\"$job\"}[1m])"}}"#,
            view: #"{"kind": "VizConfig", "group": "timeseries", "spec": {"fieldConfig": {"defaults": {"unit": "ms"}}}}"#)),
          "c": \(panel("Logs", #"{"kind": "DataQuery", "group": "loki", "spec": {"expr": "{}"}}"#, view: "{}"))
        },
        "layout": {"kind": "RowsLayout", "spec": {"rows": [{"kind": "RowsLayoutRow", "spec": {"layout": {"kind": "GridLayout",
          "spec": {"items": [{"kind": "GridLayoutItem", "spec": {"element": {"kind": "ElementReference", "name": "b"}}}]}}}}]}},
        "variables": [{"kind": "QueryVariable", "spec": {"name": "job", "current": {"text": "x", "value": "x"}}}]}}
      """
    let two = try GrafanaDashboard(Array(text.utf8))
    #expect(two.title == "Two")
    #expect(
      two.panels == [
        PanelSpecification(title: "First", expression: #"rate(a{j="x"}[1m])"#, unit: "ms"),
        PanelSpecification(title: "Last", expression: "b"),
      ])
    #expect(two.notes == ["left out: 1 library panel, 1 of loki"])
  }

  @Test func whatIsGuessedIsSaid() throws {
    let notes = try dashboard(
      #"{"type": "stat", "targets": [{"expr": "sum_over_time(x{a=\"$b\"}[$__range])"}]}"#
    ).notes
    #expect(notes == [".* stands for $b", "1h stands for $__range"])
  }

  @Test func whatIsNoDashboardIsRefused() {
    for (text, reason) in [
      ("{", "1:1"), ("[]", "no \"panels\""), (#"{"elements": []}"#, "no \"panels\""), ("", "1:1"),
      ("{\"panels\": 3}", "no \"panels\""),
    ] {
      #expect { try GrafanaDashboard(Array(text.utf8)) } throws: { error in
        (error as? GrafanaDashboard.Mistake)?.message.contains(reason) == true
      }
    }
  }

  @Test func unitsOfGrafanaAreOurs() {
    for (id, unit) in [
      ("ms", MetricUnit(.seconds, scale: 1e-3)), ("percentunit", .ratio), ("bytes", .bytes), ("Bps", .bytes.perSecond),
    ] { #expect(GrafanaStyle.unit(id).map { MetricUnit(named: $0) } == unit) }
    #expect(GrafanaStyle.unit("short") == nil)
  }
}

@Suite struct RangeVariableTests {
  private let text = "rate(x[$__rate_interval]) / avg_over_time(y[${__interval}]) $__interval_ms $x"

  @Test func windowsFollowTheZoom() {
    let near = RangeVariables(text, step: .seconds(15 as Int64), interval: .seconds(15 as Int64))
    #expect(near.expression == "rate(x[60s]) / avg_over_time(y[15s]) 15000 $x")
    let far = RangeVariables(text, step: .seconds(600 as Int64), interval: .seconds(15 as Int64))
    #expect(far.expression == "rate(x[615s]) / avg_over_time(y[600s]) 600000 $x")
  }

  @Test func mistakesAreToldWhereTheyWereWritten() {
    let variables = RangeVariables(text, step: .seconds(15 as Int64), interval: .seconds(15 as Int64))
    func place(_ range: Range<Int>) -> Range<Int>? {
      if case .query(_, let range) = variables.original(.query(message: "", range: range)) { range } else { nil }
    }
    #expect(place(5..<6) == 5..<6)
    #expect(place(8..<9) == 7..<7, "inside a value: where the variable begins")
    let slash = Array(variables.expression.utf8).firstIndex(of: UInt8(ascii: "/")) ?? 0
    let own = Array(text.utf8).firstIndex(of: UInt8(ascii: "/")) ?? 0
    #expect(place(slash..<slash + 1) == own..<own + 1)
    #expect(
      place(variables.expression.utf8.count..<variables.expression.utf8.count) == text.utf8.count..<text.utf8.count)
  }
}
