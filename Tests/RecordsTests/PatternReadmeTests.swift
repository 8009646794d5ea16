import Foundation
import TestSupport
import Testing

@testable import Records

@Suite struct PatternReadmeTests {
  @Test("The README lists every kind of part as the program explains it")
  func kinds() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let page = root.deletingLastPathComponent().appendingPathComponent("README.md")
    let readme = try String(contentsOf: page, encoding: .utf8)
    for kind in PartKind.allCases {
      let name = kind.rawValue.replacingOccurrences(of: "|", with: "\\|")
      #expect(readme.contains("| `\(name)` | \(kind.summary) |"))
    }
    for unit in FieldUnit.allCases { #expect(readme.contains(unit.rawValue)) }
  }
}
