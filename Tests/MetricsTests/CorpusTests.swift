import Foundation
import Series
import TestSupport
import Testing

@testable import Metrics

private let corpus = sharedMaterial?.appendingPathComponent("corpora/metrics")

private struct Case: Decodable {
  var name: String
  var format: String
  var should_parse: Bool
}

/// A sample in a form that compares: NaN equals NaN, and 12 digits count, since Foundation's JSON numbers err in the last.
///
/// The truth's parser gives counters of Prometheus text their OpenMetrics name.
private func key(_ labels: [String: String], _ value: Double) -> String {
  let text = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "\u{1}")
  return text.replacingOccurrences(of: "__name__=name_total", with: "__name__=name")
    + String(format: "\u{2}%.12g", value)
}

/// Texts of the Prometheus and OpenMetrics projects, and the samples that their own parsers find in them.
@Suite struct CorpusTests {
  @Test(.enabled(if: corpus != nil, "../shared is absent")) func everySampleOfThirdPartyTextsIsFound() throws {
    let folder = try #require(corpus)
    let cases = try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))
    var rejected = (good: 0, bad: 0)
    for one in cases {
      let place = folder.appendingPathComponent(one.name)
      let input = try Data(contentsOf: place.appendingPathComponent("input"))
      var found: [String: Int] = [:]
      var broken = 0
      input.withUnsafeBytes { bytes in
        for slice in LineSlices(bytes) {
          let line = ExpositionLine(slice)
          if case .broken = line.kind { broken += 1 }
          guard line.kind == .sample else { continue }
          guard let labels = line.readLabels(), let value = line.number else {
            broken += 1
            continue
          }
          found[key(Dictionary(labels.map { ($0.name, $0.value) }) { $1 }, value), default: 0] += 1
        }
      }
      if broken > 0 { if one.should_parse { rejected.good += 1 } else { rejected.bad += 1 } }
      guard let truth = try? String(contentsOf: place.appendingPathComponent("samples.jsonl"), encoding: .utf8) else {
        continue
      }
      for line in truth.split(separator: "\n") {
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        var labels = object["labels"] as? [String: String] ?? [:]
        labels["__name__"] = object["name"] as? String
        let value: Double
        switch object["value"] {
        case let number as Double: value = number
        case let text as String: value = text == "NaN" ? .nan : text.hasPrefix("-") ? -.infinity : .infinity
        default: value = .nan
        }
        let key = key(labels, value)
        #expect(found[key, default: 0] > 0, "\(one.name): \(line)")
        found[key, default: 1] -= 1
      }
    }
    #expect(rejected.good == 0, "no line of a good text is refused")
    print(
      "corpus: \(cases.count) texts, bad ones with a refused line: \(rejected.bad) of \(cases.filter { !$0.should_parse }.count)"
    )
  }

  /// Every good text is read to its last sample, every bad one refused with a reason: what score_metrics.py counts.
  @Test(.enabled(if: corpus != nil, "../shared is absent")) func theStrictReaderDecidesAsTheProjectsDo() throws {
    let folder = try #require(corpus)
    let cases = try JSONDecoder().decode(
      [Case].self, from: Data(contentsOf: folder.appendingPathComponent("cases.json")))
    #expect(cases.count > 100)
    for one in cases {
      let input = try Data(contentsOf: folder.appendingPathComponent(one.name).appendingPathComponent("input"))
      let format = try #require(ExpositionFormat(rawValue: one.format))
      let outcome = input.withUnsafeBytes { bytes -> Result<[ExpositionCheck.Sample], ExpositionMistake> in
        do throws(ExpositionMistake) {
          return .success(try ExpositionCheck.samples(of: bytes, format))
        } catch {
          return .failure(error)
        }
      }
      switch outcome {
      case .success(let samples):
        #expect(one.should_parse, "\(one.name) is accepted")
        let truth = folder.appendingPathComponent(one.name).appendingPathComponent("samples.jsonl")
        if let text = try? String(contentsOf: truth, encoding: .utf8) {
          #expect(samples.count == text.split(separator: "\n").count, "\(one.name)")
        }
      case .failure(let mistake):
        #expect(!one.should_parse, "\(one.name) line \(mistake.line): \(mistake.message)")
        #expect(mistake.line > 0 && mistake.column > 0 && !mistake.message.isEmpty)
      }
    }
  }
}
