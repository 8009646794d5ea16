import Foundation
import TestSupport
import Testing

/// The benchmark itself, at a size that says nothing of speed: that it runs, and that its answers agree with the peers'.
@Suite struct BenchmarkTests {
  private let benchmarks = builtProgram.deletingLastPathComponent().appendingPathComponent("Benchmarks")

  @Test func everyRowRunsAndAgreesWithItsPeer() throws {
    let folder = try TemporaryFolder()
    let rows = ["open", "open-cores", "filter", "level", "field", "merge", "text", "head", "json", "append", "start"]
    let result = try run(
      benchmarks,
      [
        "--size", "300K", "--rounds", "1", "--data", folder.path("data"), "--program", builtProgram.path, "--rows",
        rows.joined(separator: ","), "--raw", folder.path("raw.jsonl"),
      ], limit: 240)
    #expect(result.status == 0, "\(result.errors)\n\(result.text)")
    #expect(result.text.contains("filter json by timeout"), "\(result.errors)\n\(result.text)")
    #expect(!result.text.contains("WRONG"), "\(result.text)")
    let raw = try String(contentsOfFile: folder.path("raw.jsonl"), encoding: .utf8).split(separator: "\n")
    #expect(raw.count > 20)
    for line in raw { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
    let left = try FileManager.default.contentsOfDirectory(atPath: folder.path("data"))
    #expect(!left.contains { $0.hasPrefix("scratch") }, "\(left)")
  }

  @Test func mistakesAreTold() throws {
    let result = try run(benchmarks, ["--rows", "opne"])
    #expect(result.status == 2)
    #expect(result.errors.contains("unknown row opne"))
  }
}
