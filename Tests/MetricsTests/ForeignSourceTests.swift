import Foundation
import Platform
import Quantities
import Series
import TestSupport
import Testing

@testable import Metrics

private let samples = sharedMaterial?.appendingPathComponent("samples")
private let end = Timestamp(seconds: 1_795_352_000)

private func sample(_ path: String) throws -> [UInt8] {
  Array(try Data(contentsOf: try #require(samples).appendingPathComponent(path)))
}

private func configuration(_ kind: MetricServerKind, _ url: String) -> MetricServerConfiguration {
  var result = MetricServerConfiguration(name: "s", url: url, timeout: 5)
  result.kind = kind
  return result
}

private func request(_ expression: String, step: Int64 = 15) -> RangeRequest {
  RangeRequest(
    expression: expression, from: end - .minutes(10), to: end, step: .seconds(step), interval: .seconds(15 as Int64))
}

/// What a source answers to one question, and what the server was asked.
private func ask(
  _ kind: MetricServerKind, _ expression: String, step: Int64 = 15, _ script: @escaping ScriptedServer.Script
) throws -> Result<RangeAnswer, MetricError> {
  let server = try ScriptedServer(script)
  defer { server.stop() }
  var configuration = configuration(kind, server.url)
  configuration.database = "m"
  let source = try MetricSources.source(configuration)
  do throws(MetricError) {
    return .success(try source.fetch(request(expression, step: step), cancellation: CancellationSignal()))
  } catch {
    return .failure(error)
  }
}

private func reason(_ result: Result<RangeAnswer, MetricError>) -> String {
  switch result {
  case .success(let answer): "success: \(answer)"
  case .failure(let error): error.reason
  }
}

@Suite struct GraphiteTests {
  @Test(.enabled(if: samples != nil, "../shared is absent")) func valuesStandBeforeTimesAndNullsAreGaps() throws {
    let body = String(decoding: try sample("graphite/render_json.json"), as: UTF8.self)
    let answer = try ask(.graphite, "servers.web1.load") { request in
      guard request.path == "/render", request.parameter("format") == "json",
        request.parameter("target") == #"consolidateBy(servers.web1.load,"max")"#
      else { return [.answer("{}", status: 404)] }
      return [.answer(body)]
    }.get()
    let series = try #require(answer.series.first)
    #expect(series.title == "servers.web1.load")
    #expect(series.samples.prefix(3).map(\.value) == [0, 1, 2])
    #expect(series.samples.first?.time == Timestamp(seconds: 1_795_351_547))
    #expect(series.step == .seconds(1 as Int64))
  }

  @Test func theServerIsAskedForMaxima() throws {
    #expect(GraphiteSource.sent("a.b") == #"consolidateBy(a.b,"max")"#)
    #expect(GraphiteSource.sent(#"consolidateBy(a.b,"min")"#) == #"consolidateBy(a.b,"min")"#)
    let body = #"[{"target": "consolidateBy(a.b,\"max\")", "datapoints": [[null, 10], [2.5, 20], [1, 30], ["x", 25]]}]"#
    let answer = try ask(.graphite, "a.b") { _ in [.answer(body)] }.get()
    #expect(answer.series.map(\.title) == ["a.b"])
    #expect(answer.series[0].samples.map(\.value) == [2.5, 1])
    #expect(answer.series[0].step == .seconds(10 as Int64))
  }

  @Test func whatIsWrongIsSaid() throws {
    let unknown = try ask(.graphite, "no.such") { _ in [.answer("[]")] }.get()
    #expect(unknown.emptyReason == "no series of this name")
    let bad = try ask(.graphite, "nosuchfn(a.b)") { _ in
      [.answer("Invalid parameters (unknown function: nosuchfn)\n", status: 400, type: "text/plain")]
    }
    #expect(reason(bad) == "Invalid parameters (unknown function: nosuchfn)")
    let page = try ask(.graphite, "a") { _ in [.answer("<html><title>Sign in</title>", type: "text/html")] }
    #expect(reason(page).contains("a web page (Sign in) instead of metrics"))
    let secret = try ask(.graphite, "a") { _ in [.answer("", status: 401)] }
    #expect(reason(secret).contains("wants credentials"))
  }
}

@Suite struct InfluxTests {
  private func sent(_ text: String) -> String {
    InfluxQuery(text, from: Timestamp(seconds: 1), to: Timestamp(seconds: 2), step: .seconds(30 as Int64)).sent
  }

  @Test func theTimeOfTheViewIsPutWhereItBelongs() {
    let time = "time >= 1000ms AND time <= 2000ms"
    #expect(sent("cpu") == "SELECT max(*) FROM \"cpu\" WHERE \(time) GROUP BY time(30000ms), *")
    #expect(sent("SELECT value FROM cpu") == "SELECT value FROM cpu WHERE \(time)")
    #expect(
      sent("select mean(value) from cpu where a = 'group by' or b = 2 group by host fill(none);")
        == "select mean(value) from cpu WHERE \(time) AND (a = 'group by' or b = 2) group BY time(30000ms), host fill(none)"
    )
    #expect(
      sent("SELECT max(v) FROM /c.u/ ORDER BY time DESC")
        == "SELECT max(v) FROM /c.u/ WHERE \(time) GROUP BY time(30000ms) ORDER BY time DESC")
    #expect(
      sent("SELECT mean(v) FROM x WHERE $timeFilter GROUP BY time($__interval)")
        == "SELECT mean(v) FROM x WHERE \(time) GROUP BY time(30000ms)")
    #expect(sent("SELECT max(v) FROM x GROUP BY time(1m)").hasSuffix("GROUP BY time(1m)"))
  }

  @Test(.enabled(if: samples != nil, "../shared is absent")) func seriesOfTagsAreRead() throws {
    let body = String(decoding: try sample("influxdb/query_mean_epoch_ms.json"), as: UTF8.self)
    let answer = try ask(.influxdb, "SELECT mean(value) FROM cpu GROUP BY host", step: 30) { request in
      request.parameter("db") == "m" && request.parameter("epoch") == "ms"
        ? [.answer(body)] : [.answer("", status: 500)]
    }.get()
    #expect(answer.series.map(\.title) == [#"cpu{host="a"}"#, #"cpu{host="b"}"#])
    #expect(answer.series[0].samples.map(\.value).prefix(2) == [4, 3], "nulls are gaps")
    #expect(answer.series[0].samples[0].time == Timestamp(seconds: 1_795_351_290))
  }

  @Test func errorsHaveTheirPlace() throws {
    let body = #"{"error":"error parsing query: found FROM, expected identifier at line 1, char 8"}"#
    let result = try ask(.influxdb, "SELECT FROM cpu") { _ in [.answer(body, status: 400)] }
    guard case .failure(.query(let message, let range)) = result else { return #expect(Bool(false), "\(result)") }
    #expect(message.contains("found FROM"))
    #expect(range == 7..<8)
    let inside = #"{"results":[{"statement_id":0,"error":"database not found: m"}]}"#
    #expect(reason(try ask(.influxdb, "cpu") { _ in [.answer(inside)] }) == "database not found: m")
  }

  @Test func columnsAreSeries() throws {
    let body =
      #"{"results":[{"series":[{"name":"cpu","columns":["time","max_idle","max_value","note"],"values":[[1000,1,2.5,"x"],[2000,null,3,"y"]]}]}]}"#
    let answer = try ask(.influxdb, "cpu") { _ in [.answer(body)] }.get()
    #expect(answer.series.map(\.title) == [#"cpu{field="max_idle"}"#, #"cpu{field="max_value"}"#])
    #expect(answer.series.map(\.samples.count) == [1, 2])
  }
}

@Suite struct OpenTSDBTests {
  @Test func theParameterIsCompleted() {
    let step = TimeSpan.seconds(30 as Int64)
    #expect(OpenTSDBSource.sent("sys.cpu{host=*}", step: step) == "sum:30000ms-max:sys.cpu{host=*}")
    #expect(OpenTSDBSource.sent("avg:rate:sys.cpu", step: step) == "avg:rate:30000ms-max:sys.cpu")
    #expect(OpenTSDBSource.sent("avg:1m-avg:sys.cpu", step: step) == "avg:1m-avg:sys.cpu")
    #expect(OpenTSDBSource.sent("sys.cpu", step: .zero) == "sum:sys.cpu")
  }

  @Test func pointsComeAsPairsOrAsMembers() throws {
    let body =
      #"[{"metric":"load.shortterm","tags":{"fqdn":"web1"},"dps":[[1795351500000,17.28],[1795351515000,"NaN"],[1795351530000,5]]},{"metric":"b","tags":{},"dps":{"1795351530":2,"1795351500":1}},{"metric":"c","tags":{},"dps":[]}]"#
    let answer = try ask(.opentsdb, "load.shortterm") { request in
      request.path == "/api/query" && request.parameter("m") == "sum:load.shortterm"
        ? [.answer(body)] : [.answer("", status: 404)]
    }.get()
    #expect(answer.series.map(\.title) == [#"load.shortterm{fqdn="web1"}"#, "b"])
    #expect(answer.series.map { $0.samples.map(\.value) } == [[17.28, 5], [1, 2]])
    #expect(answer.series[1].samples[0].time == Timestamp(seconds: 1_795_351_500))
  }

  @Test func errorsAreTold() throws {
    let body = #"{"error":{"code":400,"message":"No such name for 'metrics': 'nope'"}}"#
    #expect(
      reason(try ask(.opentsdb, "nope") { _ in [.answer(body, status: 400)] }) == "No such name for 'metrics': 'nope'")
  }
}
