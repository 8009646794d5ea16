import JSON
import Platform
import Quantities
import Series

/// InfluxDB 1.x: expressions are InfluxQL, `SELECT mean(value) FROM cpu GROUP BY host`, or the name of a measurement.
final class InfluxSource: MetricSource {
  let name: String
  let summary: String
  private let client: HTTPClient
  private let database: String?

  init(_ configuration: MetricServerConfiguration) throws(HTTPAddress.Mistake) {
    name = configuration.name
    client = try HTTPClient(configuration)
    database = configuration.database
    summary = client.address.text + (database.map { " \($0)" } ?? "")
  }

  func sampleInterval(
    of expression: String, at time: Timestamp, cancellation: CancellationSignal
  ) throws(MetricError) -> TimeSpan? { nil }

  func fetch(_ request: RangeRequest, cancellation: CancellationSignal) throws(MetricError) -> RangeAnswer {
    let sent = InfluxQuery(
      request.expression, from: request.from, to: request.to + request.step - .milliseconds(1), step: request.step
    ).sent
    let series: [TimeSeries]
    do {
      series = try query(sent, cancellation) { Self.series(in: $0, step: request.step) }
    } catch .query(let message, _) {
      throw .query(message: message, range: Self.place(in: message, sent: sent, asked: request.expression))
    }
    return RangeAnswer(
      series: series, sentExpression: sent == request.expression ? nil : sent,
      emptyReason: series.isEmpty ? "no values in this time" : nil)
  }

  func metricNames(cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try query("SHOW MEASUREMENTS", cancellation) { Self.texts(in: $0, column: 0) }
  }

  func labelNames(of selector: Selector?, cancellation: CancellationSignal) throws(MetricError) -> [String] {
    try query("SHOW TAG KEYS" + Self.from(selector?.metric), cancellation) { Self.texts(in: $0, column: 0) }
  }

  func labelValues(
    of label: String, in selector: Selector?, cancellation: CancellationSignal
  ) throws(MetricError) -> [String] {
    let text = "SHOW TAG VALUES\(Self.from(selector?.metric)) WITH KEY = \(Self.quoted(label))"
    return try query(text, cancellation) { Self.texts(in: $0, column: 1) }
  }

  func defaultPanels(cancellation: CancellationSignal) throws(MetricError) -> [PanelSpecification] { [] }

  private static func from(_ metric: String?) -> String {
    guard let metric, !metric.isEmpty else { return "" }
    return " FROM \(quoted(metric))"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for character in text {
      if character == "\"" || character == "\\" { result += "\\" }
      result.append(character)
    }
    return result + "\""
  }

  private func query<Result>(
    _ text: String, _ cancellation: CancellationSignal, _ body: (JSONView) -> Result
  ) throws(MetricError) -> Result {
    var query = [(name: "q", value: text), (name: "epoch", value: "ms")]
    if let database { query.insert((name: "db", value: database), at: 0) }
    return try client.json("/query", query, cancellation: cancellation, message: { $0["error"]?.text }) {
      view throws(MetricError) in
      for result in view["results"]?.elements ?? [] {
        if let message = result["error"]?.text {
          throw .query(message: PrometheusErrors.visible(message), range: nil)
        }
      }
      if let message = view["error"]?.text { throw .query(message: PrometheusErrors.visible(message), range: nil) }
      return body(view)
    }
  }

  /// Where in the text that was asked an error lies; nil where the text was changed before that place.
  static func place(in message: String, sent: String, asked: String) -> Range<Int>? {
    let words = message.split(separator: " ")
    guard words.count > 4, words[words.count - 2] == "char", words[words.count - 4] == "line",
      words[words.count - 3] == "1,", let column = Int(words[words.count - 1]), column > 0
    else { return nil }
    let same = zip(sent.utf8, asked.utf8).prefix { $0 == $1 }.count
    return column - 1 < same ? column - 1..<column : nil
  }

  /// The series of an answer: each column of numbers of each one, nulls being gaps.
  static func series(in view: JSONView, step: TimeSpan) -> [TimeSeries] {
    var result: [TimeSeries] = []
    for one in (view["results"]?.elements ?? []).flatMap({ $0["series"]?.elements ?? [] }) {
      let columns = one["columns"]?.texts ?? []
      guard let timeColumn = columns.firstIndex(of: "time") else { continue }
      var samples = [ContiguousArray<Sample>](repeating: [], count: columns.count)
      one["values"]?.forEachElement { row in
        let cells = row.elements
        guard cells.count == columns.count, let time = cells[timeColumn].number, abs(time) < 9e12 else { return }
        let instant = Timestamp(nanoseconds: Int64(time) * 1_000_000)
        for index in columns.indices where index != timeColumn && cells[index].span.kind == .number {
          guard let value = cells[index].number, instant > samples[index].last?.time ?? .distantPast else { continue }
          samples[index].append(Sample(time: instant, value: value))
        }
      }
      let labels = ForeignAnswers.labels(name: one["name"]?.text ?? "", tags: one["tags"])
      for index in columns.indices where !samples[index].isEmpty {
        var all = labels
        if columns.count > 2 { all.append(Label(name: "field", value: columns[index])) }
        all.sort { $0.name < $1.name }
        result.append(TimeSeries(labels: all, samples: samples[index], step: step))
      }
    }
    return result
  }

  private static func texts(in view: JSONView, column: Int) -> [String] {
    var result: Set<String> = []
    for one in (view["results"]?.elements ?? []).flatMap({ $0["series"]?.elements ?? [] }) {
      one["values"]?.forEachElement { row in
        let cells = row.elements
        if cells.indices.contains(column), let text = cells[column].text { result.insert(text) }
      }
    }
    return result.sorted()
  }
}
