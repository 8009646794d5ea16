import JSON
import Quantities
import Series

/// Decodes what the query API of Prometheus answers with success.
enum PrometheusAnswer {
  /// The series of a `matrix`, and whether native histograms were among them.
  struct Matrix {
    var series: [TimeSeries] = []
    var hasHistograms = false
  }

  /// Reads `data` of a range query; nil if it is no matrix. `NaN`, `+Inf` and `-Inf` become gaps.
  static func matrix(_ data: JSONView, step: TimeSpan) -> Matrix? {
    guard data["resultType"]?.text == "matrix", let result = data["result"] else { return nil }
    var matrix = Matrix()
    result.forEachElement { item in
      var series = TimeSeries(step: step)
      var histogram: JSONView?
      item.forEachMember { name, value in
        switch name {
        case "metric": series.labels = labels(value)
        case "values": series.samples = samples(value)
        case "histograms": histogram = value
        default: break
        }
      }
      if !series.samples.isEmpty { matrix.series.append(series) }
      if let histogram {
        matrix.hasHistograms = true
        matrix.series += NativeHistograms.series(histogram, labels: series.labels, step: step)
      }
    }
    return matrix
  }

  /// The `[seconds, "value"]` of an instant query's vector, with their labels.
  static func vector(_ data: JSONView) -> [(labels: [Label], value: Double)] {
    guard data["resultType"]?.text == "vector", let result = data["result"] else { return [] }
    return result.elements.compactMap { item in
      guard let pair = item["value"]?.elements, pair.count == 2, let value = pair[1].number else { return nil }
      return (item["metric"].map(labels) ?? [], value)
    }
  }

  static func labels(_ object: JSONView) -> [Label] {
    var result: [Label] = []
    object.forEachMember { name, value in result.append(Label(name: name, value: value.text ?? "")) }
    return result.sorted { $0.name < $1.name }
  }

  private static func samples(_ array: JSONView) -> ContiguousArray<Sample> {
    var result: ContiguousArray<Sample> = []
    guard var pairs = JSONElements(array.bytes, array: array.span.range) else { return result }
    while let pair = pairs.next() {
      guard var parts = JSONElements(array.bytes, array: pair.range), let first = parts.next(),
        let second = parts.next(), let seconds = JSONView(array.bytes, first).number, abs(seconds) < 9e9
      else { continue }
      let value = JSONView(array.bytes, second).number ?? .nan
      let time = Timestamp(nanoseconds: Int64((seconds * 1000).rounded()) * 1_000_000)
      if let last = result.last, last.time >= time { continue }
      result.append(Sample(time: time, value: value.isFinite ? value : .nan))
    }
    return result
  }
}
