import Foundation
import Testing

@testable import Fuzzing

/// Inputs that broke something once, kept as `Crashers/TARGET/NAME`.
private let crashers = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Crashers")

@Suite struct FuzzingTests {
  @Test("What broke something once does so no more", arguments: FuzzTarget.allCases)
  func crashersStayMended(target: FuzzTarget) throws {
    let folder = crashers.appendingPathComponent(target.rawValue)
    for file in (try? FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)) ?? [] {
      let input = try [UInt8](Data(contentsOf: file))
      #expect(throws: Never.self, "\(target) on \(file.lastPathComponent)") { try target.check(input) }
    }
  }

  @Test("Seeds, and thousands of inputs near them, violate nothing", arguments: FuzzTarget.allCases)
  func mutatedInputs(target: FuzzTarget) {
    var mutator = Mutator(seeds: target.seeds, state: 42)
    for input in target.seeds + (0..<2000).map({ _ in mutator.next() }) {
      do { try target.check(input) } catch { Issue.record("\(target) on \(input): \(error)") }
    }
  }
}
