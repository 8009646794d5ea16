import Foundation
import Platform
import Quantities
import Series
import Synchronization
import TestSupport
import Testing

@testable import Metrics

private let end = Timestamp(seconds: 1_795_352_000)

private func request(_ expression: String, minutes: Int64 = 10) -> RangeRequest {
  RangeRequest(
    expression: expression, from: end - .minutes(minutes), to: end, step: .seconds(15 as Int64),
    interval: .seconds(15 as Int64))
}

private func fetch(
  _ expression: String = "up == 1", timeout: Double = 5, prefix: String = "", script: @escaping ScriptedServer.Script
) throws -> Result<RangeAnswer, MetricError> {
  let server = try ScriptedServer(script)
  defer { server.stop() }
  let source = try PrometheusSource(MetricServerConfiguration(url: server.url + prefix, timeout: timeout))
  do throws(MetricError) {
    return .success(try source.fetch(request(expression), cancellation: CancellationSignal()))
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

@Suite struct ServerAnswerTests {
  @Test func seriesAreDecoded() throws {
    let result = try fetch {
      [.matrix($0, labels: [#""__name__":"up","job":"a""#, #""job":"b\"\u00e9""#], value: "1.5")]
    }
    let answer = try result.get()
    #expect(answer.series.count == 2)
    #expect(answer.series[0].title == #"up{job="a"}"#)
    #expect(answer.series[1].labels == [Label(name: "job", value: "b\"é")])
    #expect(answer.series[0].samples.count == 41)
    #expect(answer.series[0].samples.last == Sample(time: end, value: 1.5))
  }

  @Test func whatIsNoNumberIsAGap() throws {
    let body =
      #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"NaN"],[2,"+Inf"],[3,"-Inf"],[4.5,"-2e3"]]}]},"warnings":["w1"],"infos":["i1"]}"#
    let answer = try fetch { _ in [.answer(body)] }.get()
    #expect(answer.series[0].samples.map(\.value.isNaN) == [true, true, true, false])
    #expect(answer.series[0].samples[3] == Sample(time: Timestamp(nanoseconds: 4_500_000_000), value: -2000))
    #expect(answer.warnings == ["w1", "i1"])
  }

  /// As the documentation of the HTTP API has them: two moments, in which other buckets have counts.
  @Test func nativeHistogramsBecomeBuckets() throws {
    let moments = [
      #"[10,{"count":"6","sum":"9","buckets":[[0,"0.5","1","2"],[0,"1","2","4"]]}]"#,
      #"[20,{"count":"9","sum":"30","buckets":[[0,"1","2","4"],[0,"4","8","5"]]}]"#,
    ]
    func item(_ job: String) -> String {
      #"{"metric":{"job":"\#(job)"},"histograms":[\#(moments.joined(separator: ","))]}"#
    }
    func answer(_ items: [String]) throws -> RangeAnswer {
      let text =
        #"{"status":"success","data":{"resultType":"matrix","result":[\#(items.joined(separator: ","))]}}"#
      return try fetch { _ in [.answer(text)] }.get()
    }
    let one = try answer([item("a")])
    let bounds = one.series.map { series in series.labels.first { $0.name == "le" }?.value }
    #expect(bounds == ["1.0", "2.0", "8.0", "+Inf"])
    #expect(one.series.map { $0.samples.map(\.value) } == [[2, 0], [6, 4], [6, 9], [6, 9]])
    #expect(one.series[0].labels.contains(Label(name: "job", value: "a")))
    let two = try answer([item("a"), item("b")])
    #expect(two.series.count == 8 && two.series.allSatisfy { $0.labels.count == 2 })
  }

  @Test func nativeHistogramsAndNothingAreTold() throws {
    let histogram =
      #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"histograms":[]}]}}"#
    #expect(try fetch { _ in [.answer(histogram)] }.get().emptyReason?.contains("native histogram") == true)
    let nothing = #"{"status":"success","data":{"resultType":"matrix","result":[]}}"#
    #expect(try fetch { _ in [.answer(nothing)] }.get().emptyReason == "no series in this time")
    let answer = try fetch("node_laod1") { request in
      request.path.contains("__name__") ? [.answer(#"{"status":"success","data":["node_load1"]}"#)] : [.answer(nothing)]
    }
    #expect(try answer.get().emptyReason == "no metric node_laod1; did you mean node_load1?")
  }

  @Test func chunksAndSlowPiecesAreOneAnswer() throws {
    let body = #"{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"7"]]}]}}"#
    let answer = try fetch { _ in
      var acts: [ScriptedServer.Act] = [.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")]
      for byte in body { acts += [.send("1\r\n\(byte)\r\n")] }
      return acts + [.wait(0.05), .send("0\r\n\r\n")]
    }
    #expect(try answer.get().series[0].samples[0].value == 7)
  }

  @Test func aBareCounterIsAskedAsItsRateAndAGaugeIsBounded() throws {
    let server = try ScriptedServer { request in
      switch request.path {
      case "/api/v1/metadata" where request.parameter("metric") == "odd":
        return [.answer(#"{"status":"success","data":{"odd":[{"type":"counter","help":"","unit":"bytes"}]}}"#)]
      case "/api/v1/query_range": return [.matrix(request)]
      default: return [.answer("{}", status: 404)]
      }
    }
    defer { server.stop() }
    let source = try PrometheusSource(MetricServerConfiguration(url: server.url))
    let counter = try source.fetch(request("http_requests_total{a=\"b\"}"), cancellation: CancellationSignal())
    #expect(counter.isRateOfCounter && counter.combination == .sum && counter.unit == .number.perSecond)
    #expect(counter.sentExpression == #"rate(http_requests_total{a="b"}[60s])"#)
    let odd = try source.fetch(request("odd"), cancellation: CancellationSignal())
    #expect(odd.isRateOfCounter && odd.unit == .bytes.perSecond)
    let gauge = try source.fetch(request("node_load1"), cancellation: CancellationSignal())
    #expect(!gauge.isRateOfCounter && gauge.sentExpression == "last_over_time(node_load1[30s])")
    let other = try source.fetch(request("rate(x_total[5m])"), cancellation: CancellationSignal())
    #expect(!other.isRateOfCounter && other.sentExpression == nil)
    let asked = server.requests.last { $0.path == "/api/v1/query_range" }
    #expect(asked?.parameter("step") == "15s" && asked?.parameter("end") == "1795352000.000")
  }

  @Test func intervalsComeFromTheTargetsOfTheJob() throws {
    let targets =
      #"{"status":"success","data":{"activeTargets":[{"labels":{"job":"fast"},"scrapeInterval":"2s"},{"labels":{"job":"slow"},"scrapeInterval":"1m"}]}}"#
    let server = try ScriptedServer { request in
      switch request.path {
      case "/api/v1/targets": [.answer(targets)]
      case "/api/v1/query":
        [
          .answer(
            #"{"status":"success","data":{"resultType":"vector","result":[{"metric":{"job":"slow"},"value":[1,"3"]}]}}"#
          )
        ]
      default: [.answer("", status: 404)]
      }
    }
    defer { server.stop() }
    let source = try PrometheusSource(MetricServerConfiguration(url: server.url))
    let signal = CancellationSignal()
    #expect(try source.sampleInterval(of: #"up{job="fast"}"#, at: end, cancellation: signal) == .seconds(2 as Int64))
    #expect(try source.sampleInterval(of: "sum(up)", at: end, cancellation: signal) == .minutes(1))
    #expect(try source.sampleInterval(of: "rate(a[1m])", at: end, cancellation: signal) == .seconds(2 as Int64))
    let count = server.requests.count
    #expect(try source.sampleInterval(of: "sum(up)", at: end, cancellation: signal) == .minutes(1))
    #expect(server.requests.count == count, "kept")
  }
}

@Suite struct TransportTests {
  private func fetch(_ url: String) throws -> RangeAnswer {
    let source = try PrometheusSource(MetricServerConfiguration(url: url, timeout: 5))
    return try source.fetch(request("up == 1"), cancellation: CancellationSignal())
  }

  @Test func aUnixSocketAnswers() throws {
    let folder = try TemporaryFolder()
    let server = try ScriptedServer(path: folder.path("s")) { [.matrix($0)] }
    defer { server.stop() }
    #expect(try fetch("unix:" + folder.path("s")).series.count == 1)
    #expect(server.requests.last?.headers.contains("Host: localhost") == true)
    #expect { try fetch("unix:" + folder.path("absent")) } throws: { error in
      (error as? MetricError)?.reason == "no such file or directory"
    }
  }

  @Test func namesAndAddressesOfBothKindsAnswer() throws {
    let server = try ScriptedServer { [.matrix($0)] }
    defer { server.stop() }
    #expect(try fetch("http://localhost:\(server.port)/prom").series.count == 1, "whichever address it has first")
    #expect(server.requests.last?.path == "/prom/api/v1/query_range")
    #expect(server.requests.last?.headers.contains("Host: localhost:\(server.port)") == true)
    guard let six = try? ScriptedServer(isIPv6: true, { [.matrix($0)] }) else { return }
    defer { six.stop() }
    #expect(try fetch("http://[::1]:\(six.port)").series.count == 1)
  }

  @Test func aLongExpressionIsPosted() throws {
    let server = try ScriptedServer { [.matrix($0)] }
    defer { server.stop() }
    let source = try PrometheusSource(MetricServerConfiguration(url: server.url))
    let long = (0..<900).map { "up{a=\"\($0)\"}" }.joined(separator: " or ")
    #expect(try source.fetch(request(long), cancellation: CancellationSignal()).series.count == 1)
    #expect(server.requests.last?.parameter("query") == long)
    #expect(server.requests.last?.target == "/api/v1/query_range")
  }
}

@Suite struct ServerErrorTests {
  @Test func aParseErrorPointsIntoTheExpression() throws {
    let result = try fetch("sum(up{)") { _ in
      [
        .answer(
          #"{"status":"error","errorType":"bad_data","error":"invalid parameter \"query\": 1:8: parse error: unexpected \")\" in label matching"}"#,
          status: 400)
      ]
    }
    #expect(result == .failure(.query(message: "unexpected \")\" in label matching", range: 7..<8)))
  }

  @Test func aPlaceInWhatWasSentIsOnePlaceInWhatWasAsked() throws {
    let result = try fetch("up") { request in
      let sent = request.parameter("query") ?? ""
      let column = (sent.range(of: "up").map { sent.distance(from: sent.startIndex, to: $0.lowerBound) } ?? 0) + 1
      return [
        .answer(#"{"status":"error","errorType":"bad_data","error":"1:\#(column): parse error: no"}"#, status: 400)
      ]
    }
    #expect(result == .failure(.query(message: "no", range: 0..<2)))
  }

  @Test func victoriaMetricsErrorsAreUnderstood() throws {
    let body =
      #"{"status":"error","errorType":"422","error":"error when executing query=\"up{\" for (time=1795351405206, step=300000): labelFilterExpr: unexpected token \"\"; want \"ident\"; unparsed data: \"\""}"#
    let result = try fetch("up{") { _ in [.answer(body, status: 422)] }
    #expect(result == .failure(.query(message: "labelFilterExpr: unexpected token \"\"; want \"ident\"", range: 3..<3)))
    let unknown =
      #"{"status":"error","errorType":"422","error":"error when executing query=\"sum(raet(up[5m]))\" for (time=1795407831995, step=300000): unknown func \"raet\""}"#
    let second = try fetch("sum(raet(up[5m]))") { _ in [.answer(unknown, status: 422)] }
    #expect(second == .failure(.query(message: "unknown func \"raet\"", range: 4..<8)))
  }

  @Test func statusCodesBecomeAdvice() throws {
    #expect(reason(try fetch { _ in [.answer("no", status: 401)] }).contains("wants credentials"))
    #expect(reason(try fetch { _ in [.answer("no", status: 403)] }).contains("does not let us in"))
    #expect(
      reason(try fetch { _ in [.answer("404 page not found", status: 404, type: "text/plain")] }).contains(
        "path prefix"))
    let limited = try fetch { _ in [.answer("slow down", status: 429, headers: ["Retry-After: 30"])] }
    #expect(
      limited
        == .failure(.unavailable(reason: "429: the server asks for fewer requests", retryAfter: .seconds(30 as Int64))))
    let timeout = #"{"status":"error","errorType":"timeout","error":"query timed out in query execution"}"#
    #expect(reason(try fetch { _ in [.answer(timeout, status: 503)] }) == "503: query timed out in query execution")
    let execution = #"{"status":"error","errorType":"execution","error":"many-to-many matching not allowed"}"#
    #expect(
      try fetch { _ in [.answer(execution, status: 422)] }
        == .failure(.query(message: "many-to-many matching not allowed", range: nil)))
    let page = "<html><head><title>502 Bad Gateway</title></head></html>"
    #expect(reason(try fetch { _ in [.answer(page, status: 502, type: "text/html")] }).contains("502 Bad Gateway"))
    #expect(
      reason(try fetch { _ in [.answer("<!doctype html><title>Sign in</title>", type: "text/html")] }).contains(
        "sign-in"))
    #expect(
      reason(try fetch { _ in [.answer("hello\u{1b}[31m")] }) == "the answer is not one of Prometheus: hello [31m")
    #expect(
      reason(try fetch { _ in [.answer("", status: 302, headers: ["Location: https://login.example.org/x"])] })
        .contains("redirects to https://login.example.org/x"))
  }

  @Test func connectionsThatBreakAreTold() throws {
    #expect(reason(try fetch { _ in [.reset] }).contains("connection reset"))
    #expect(reason(try fetch { _ in [] }) == "the server closed the connection without an answer")
    #expect(
      reason(try fetch { _ in [.send("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"status\"")] })
        == "the answer broke off")
    #expect(reason(try fetch { _ in [.send("SSH-2.0-x\r\n")] }) == "the server does not speak HTTP")
    #expect(
      reason(try fetch { _ in [.answer(#"{"status":"success","data":{"resultType":"matrix","result":"#)] }).contains(
        "not one of Prometheus"))
    let refused = try PrometheusSource(MetricServerConfiguration(url: "http://127.0.0.1:1"))
    #expect(throws: MetricError.unavailable(reason: "connection refused", retryAfter: nil)) {
      try refused.fetch(request("up"), cancellation: CancellationSignal())
    }
  }

  @Test func aSlowServerMeetsTheDeadlineOfTheWholeRequest() throws {
    let started = ContinuousClock.now
    let result = try fetch(timeout: 0.3) { _ in
      [.send("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n")] + (0..<200).flatMap { _ in [.wait(0.05), .send("x")] }
    }
    #expect(result == .failure(.unavailable(reason: "no answer within 0.3 s", retryAfter: nil)))
    #expect(ContinuousClock.now - started < .seconds(3))
  }

  @Test func aTooLargeAnswerIsNotRead() throws {
    let result = try fetch { _ in [.send("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n")] }
    #expect(reason(result).contains("larger than 32 MiB"))
  }

  @Test func redirectsWithinTheServerAreFollowed() throws {
    let result = try fetch { request in
      request.path.hasPrefix("/prom/")
        ? [.matrix(request)]
        : [.answer("", status: 307, headers: ["Location: /prom\(request.target)"])]
    }
    #expect(try result.get().series.count == 1)
    let circle = try fetch { request in [.answer("", status: 302, headers: ["Location: \(request.target)"])] }
    #expect(reason(circle).contains("circle"))
  }

  @Test func cancellingEndsAWait() throws {
    let server = try ScriptedServer { _ in [.wait(10)] }
    defer { server.stop() }
    let source = try PrometheusSource(MetricServerConfiguration(url: server.url))
    let signal = CancellationSignal()
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) { signal.cancel() }
    #expect(throws: MetricError.cancelled) { try source.fetch(request("up"), cancellation: signal) }
  }
}

@Suite struct CredentialTests {
  private func headers(_ change: (inout MetricServerConfiguration) -> Void, url user: String = "") throws -> [String] {
    let server = try ScriptedServer { [.matrix($0)] }
    defer { server.stop() }
    var configuration = MetricServerConfiguration(url: "http://\(user)127.0.0.1:\(server.port)")
    change(&configuration)
    let source = try PrometheusSource(configuration)
    _ = try source.fetch(request("up == 1"), cancellation: CancellationSignal())
    return server.requests.last?.headers ?? []
  }

  @Test func everyWayOfCredentialsBecomesAHeader() throws {
    let folder = try TemporaryFolder()
    let token = try folder.write("tok\n", to: "token")
    let basic = try folder.write("u:p\n", to: "basic")
    let lines = try folder.write("# remark\nX-Scope-OrgID: shop\nX-B:1\n", to: "headers")
    for file in [token, basic, lines] { chmod(file, 0o600) }
    #expect(try headers { $0.bearerFile = token }.contains("Authorization: Bearer tok"))
    #expect(try headers { $0.basicFile = basic }.contains("Authorization: Basic dTpw"))
    let several = try headers { $0.headersFile = lines }
    #expect(several.contains("X-Scope-OrgID: shop") && several.contains("X-B: 1"))
    #expect(try headers { $0.headers = [("X-C", "2")] }.contains("X-C: 2"))
    #expect(try headers({ _ in }, url: "u:p@").contains("Authorization: Basic dTpw"))
    #expect(throws: MetricError.self) { try headers { $0.headers = [("X-C", "2\r\nX-D: 3")] } }
  }

  @Test func aTokenThatChangesIsReadAgain() throws {
    let folder = try TemporaryFolder()
    let token = try folder.write("one", to: "token")
    chmod(token, 0o600)
    let credentials = Credentials(
      configuration: {
        var c = MetricServerConfiguration(url: "h"); c.bearerFile = token; return c
      }())
    #expect(try credentials.headers()[0].value == "Bearer one")
    try folder.write("two", to: "token")
    chmod(token, 0o600)
    #expect(try credentials.headers()[0].value == "Bearer two")
  }

  @Test(arguments: [0o644, 0o640, 0o604, 0o660]) func aSecretThatOthersCanReadIsRefused(mode: mode_t) throws {
    let folder = try TemporaryFolder()
    let token = try folder.write("tok", to: "token")
    chmod(token, mode)
    #expect(throws: SecretFile.Refusal.self) { try SecretFile.read(token) }
    #expect(throws: SecretFile.Refusal.self) { try SecretFile.read(folder.path("absent")) }
    #expect(throws: SecretFile.Refusal.self) { try SecretFile.read(folder.url.path) }
  }
}

@Suite struct CurlTests {
  @Test(.enabled(if: program("curl") != nil, "curl is not installed")) func curlAsksAsWeDo() throws {
    let server = try ScriptedServer { request in
      request.path == "/api/v1/query_range" ? [.matrix(request)] : [.answer("gone", status: 404, headers: ["X-A: 1"])]
    }
    defer { server.stop() }
    let address = try HTTPAddress(server.url)
    let transport = CurlTransport(address: address, limits: HTTPLimits(seconds: 5))
    let query = [
      (name: "query", value: "up{a=\"b\"}"), (name: "start", value: "0"), (name: "end", value: "1"),
      (name: "step", value: "1s"),
    ]
    let request = HTTPRequest(path: "/api/v1/query_range", query: query, headers: [("Authorization", "Bearer t\"o\\k")])
    let response = try transport.send(request, cancellation: CancellationSignal())
    #expect(response.status == 200 && response.body.first == UInt8(ascii: "{"))
    #expect(server.requests.last?.headers.contains("Authorization: Bearer t\"o\\k") == true)
    #expect(server.requests.last?.parameter("query") == "up{a=\"b\"}")
    let missing = HTTPRequest(path: "/x", query: [], headers: [])
    let gone = try transport.send(missing, cancellation: CancellationSignal())
    #expect(gone.status == 404 && gone.headers["x-a"] == "1")
  }

  @Test(.enabled(if: program("curl") != nil, "curl is not installed")) func curlsFailuresAreTold() throws {
    let transport = CurlTransport(address: try HTTPAddress("https://127.0.0.1:1"), limits: HTTPLimits(seconds: 5))
    let request = HTTPRequest(path: "/x", query: [], headers: [])
    #expect { try transport.send(request, cancellation: CancellationSignal()) } throws: { error in
      if case HTTPFailure.broken(let reason) = error { return reason.contains("onnect") }
      return false
    }
    var absent = transport
    absent.program = "no-such-curl"
    #expect { try absent.send(request, cancellation: CancellationSignal()) } throws: { error in
      error as? HTTPFailure == .broken("https and proxies need the program curl, which is not installed here")
    }
  }

  @Test(.enabled(if: program("curl") != nil, "curl is not installed")) func curlIsCalledOff() throws {
    let server = try ScriptedServer { _ in [.wait(10)] }
    defer { server.stop() }
    let slow = CurlTransport(address: try HTTPAddress(server.url), limits: HTTPLimits(seconds: 0.4))
    let request = HTTPRequest(path: "/x", query: [], headers: [])
    #expect(throws: HTTPFailure.timedOut(seconds: 0.4)) { try slow.send(request, cancellation: CancellationSignal()) }
    let signal = CancellationSignal()
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) { signal.cancel() }
    let patient = CurlTransport(address: try HTTPAddress(server.url), limits: HTTPLimits(seconds: 8))
    #expect(throws: HTTPFailure.cancelled) { try patient.send(request, cancellation: signal) }
  }
}

@Suite struct HubTests {
  private func hub(_ url: String, timeout: Double = 5) -> MetricsHub {
    MetricsHub(
      sources: [.server(MetricServerConfiguration(url: url, timeout: timeout))], now: { Clock.now }, onChange: {})
  }

  @Test func panelsFillAndSurviveTheServersEnd() throws {
    let server = try ScriptedServer { request in
      request.path == "/api/v1/query_range" ? [.matrix(request, value: "2")] : [.answer("", status: 404)]
    }
    let changes = Mutex(0)
    let hub = MetricsHub(
      sources: [.server(MetricServerConfiguration(url: server.url))], now: { Clock.now },
      onChange: { changes.withLock { $0 += 1 } })
    defer { hub.close() }
    hub.setPanels([PanelSpecification(title: "a", expression: "up"), PanelSpecification(expression: "sum(up)")])
    let now = Clock.now
    hub.setView(from: now - .hours(1), to: now, columns: 60, isFollowing: true)
    #expect(eventually { hub.panels().allSatisfy { $0.drawn?.samples.count ?? 0 > 200 } })
    #expect(changes.withLock { $0 } >= 2)
    server.stop()
    hub.retry()
    #expect(eventually { hub.panels().allSatisfy(\.isStale) })
    #expect(hub.panels()[0].drawn?.last?.value == 2)
  }

  @Test func aServerThatHangsBlocksNobody() throws {
    let server = try ScriptedServer { _ in [.wait(20)] }
    let hub = hub(server.url, timeout: 15)
    hub.setPanels((0..<8).map { PanelSpecification(expression: "x\($0)") })
    let now = Clock.now
    let started = ContinuousClock.now
    for index in 0..<200 {
      hub.setView(from: now - .hours(1), to: now + .seconds(Int64(index)), columns: 60, isFollowing: true)
      _ = hub.panels()
    }
    #expect(ContinuousClock.now - started < .seconds(1))
    #expect(eventually { server.requests.count >= 1 })
    #expect(server.requests.count <= HubCore.mostAtOnce)
    let closing = ContinuousClock.now
    hub.close()
    #expect(ContinuousClock.now - closing < .seconds(1))
    server.stop()
  }

  @Test func namesAreCompleted() throws {
    let server = try ScriptedServer { request in
      switch request.path {
      case "/api/v1/label/__name__/values":
        [.answer(#"{"status":"success","data":["up","node_load1","node_cpu_seconds_total"]}"#)]
      case "/api/v1/labels": [.answer(#"{"status":"success","data":["__name__","cpu","mode"]}"#)]
      case "/api/v1/label/mode/values": [.answer(#"{"status":"success","data":["idle","user"]}"#)]
      default: [.answer("", status: 404)]
      }
    }
    defer { server.stop() }
    let hub = hub(server.url)
    defer { hub.close() }
    func complete(_ text: String) -> ExpressionCompletion? {
      let box = Mutex<ExpressionCompletion?>(nil)
      let done = DispatchSemaphore(value: 0)
      hub.complete(text, cursor: text.utf8.count, source: nil) { answer in
        box.withLock { $0 = answer }
        done.signal()
      }
      done.wait()
      return box.withLock { $0 }
    }
    #expect(complete("load: node_")?.candidates.map(\.text).prefix(2) == ["node_cpu_seconds_total", "node_load1"])
    #expect(complete("load: node_")?.replaced == 6..<11)
    #expect(complete("node_cpu_seconds_total{")?.candidates.map(\.text) == ["cpu", "mode"])
    #expect(complete("x: rate(node_cpu_seconds_total{mode=\"i")?.candidates.map(\.text).first == "idle\"")
    #expect(complete("x{mode=\"i")?.replaced == 8..<9)
    #expect(complete("x{mode=\"idle\"")?.candidates.isEmpty == true)
    #expect(complete("ra")?.candidates.contains { $0.text == "rate(" } == true)
  }
}
