import Foundation
import QueryLanguage
import Testing

@Suite struct ReferenceReadmeTests {
  /// The tables of the README are those of the reference.
  @Test func theReadmeListsTheLanguage() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    let page = root.deletingLastPathComponent().appendingPathComponent("README.md")
    let readme = try String(contentsOf: page, encoding: .utf8)
    func cell(_ text: String) -> String { text.replacingOccurrences(of: "|", with: "\\|") }
    for section in LanguageReference.sections.dropFirst(2) {
      for entry in section.entries {
        let row = "| `\(cell(entry.syntax))` | \(cell(entry.summary)) | `\(cell(entry.example))` |"
        #expect(readme.contains(row), "\(row)")
      }
    }
  }
}
