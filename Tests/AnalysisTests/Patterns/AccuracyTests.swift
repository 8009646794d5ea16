import Foundation
import Testing

@testable import Analysis

private let corpus: URL? = {
  let project = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("../../..")
  return ["../shared", "../../shared"].map { project.appendingPathComponent($0 + "/corpora/set").standardized }
    .first { FileManager.default.fileExists(atPath: $0.path) }
}()

/// Grouping accuracy on the logs of loghub: the share of lines whose pattern holds exactly the lines of their event (Zhu et al., "Tools and
/// Benchmarks for Automated Log Parsing", ICSE-SEIP 2019).
@Suite struct AccuracyTests {
  @Test(.enabled(if: corpus != nil, "../shared is absent")) func groupsAsPeopleDo() throws {
    let folder = try #require(corpus)
    var all: [Double] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() {
      let set = folder.appendingPathComponent(name)
      guard let events = try? String(contentsOf: set.appendingPathComponent("events.txt"), encoding: .utf8) else {
        continue
      }
      let accuracy = try accuracy(set, events)
      all.append(accuracy)
      if ProcessInfo.processInfo.environment["PATTERN_ACCURACY"] != nil { print(name, accuracy) }
      // Drain3 0.9.11 has 0.12 to 1.0 on these, and 0.766 in the mean.
      #expect(accuracy > 0.74, "\(name)")
    }
    let mean = all.reduce(0, +) / Double(max(all.count, 1))
    #expect(mean > 0.94)
  }

  private func accuracy(_ set: URL, _ events: String) throws -> Double {
    let data = try Data(contentsOf: set.appendingPathComponent("log"))
    let lines = data.split(separator: 10, omittingEmptySubsequences: false)
    let truth = Dictionary(
      events.split(separator: "\n").map { $0.split(separator: "\t") }.map { (Int($0[0]) ?? 0, String($0[1])) }
    ) { first, _ in first }
    let log = MinedLog(String(decoding: data, as: UTF8.self), name: set.lastPathComponent)
    var number: [[UInt8]: Int] = [:]
    var templates: [[UInt8]] = []
    var counts: [Int] = []
    var records: [(line: Int, template: Int)] = []
    var mask = MessageMask()
    var lineOf: [Int: Int] = [:]
    var offset = 0
    for (index, line) in lines.enumerated() {
      lineOf[offset] = index + 1
      offset += line.count + 1
    }
    for (offset, message) in log.messages() {
      mask.begin()
      message.withUnsafeBytes { mask.append(message: $0, .plain) }
      let template = Array(mask.template[..<mask.count])
      let place = number[template] ?? templates.count
      if place == templates.count {
        number[template] = place
        templates.append(template)
        counts.append(0)
      }
      counts[place] += 1
      records.append((lineOf[offset] ?? 0, place))
    }
    let clusters = TemplateClusters(templates, counts: counts)
    let byEvent = Dictionary(grouping: records) { truth[$0.line] ?? "" }
    let byPattern = Dictionary(grouping: records) { clusters.assignment[$0.template] }
    let right = byPattern.values.filter { group in
      Set(group.map(\.line)) == Set((byEvent[truth[group[0].line] ?? ""] ?? []).map(\.line))
    }
    return Double(right.reduce(0) { $0 + $1.count }) / Double(truth.count)
  }
}
