import Foundation
import Testing

/// The import table of DESIGN: what each folder of Sources/ may import. Dependencies run one way; the package manifest
/// alone does not hold this, since it lets transitive imports through.
private let table: [String: Set<String>] = [
  "Quantities": [],
  "JSON": [],
  "Platform": ["Quantities", "CSystem", "Glibc", "Synchronization", "Dispatch"],
  "Drawing": [],
  // CSystem for `ByteScan.h` and `CBytes.h` alone: instructions that look at many bytes at once.
  "Matching": ["CSystem", "Synchronization", "Glibc"],
  "Records": ["Quantities", "JSON", "CSystem", "Glibc", "Synchronization"],
  "QueryLanguage": ["Quantities", "Records", "Matching", "Synchronization"],
  "LogFiles": ["Quantities", "Platform", "Records", "Matching", "Glibc", "Synchronization", "Dispatch"],
  "Timelines": [
    "Quantities", "Records", "Matching", "QueryLanguage", "LogFiles", "Synchronization", "Dispatch", "Glibc",
  ],
  "Series": ["Quantities"],
  "Analysis": [
    "Quantities", "JSON", "Records", "Matching", "QueryLanguage", "LogFiles", "Timelines", "Series", "Synchronization",
    "Dispatch", "Glibc",
  ],
  "Metrics": [
    "Quantities", "Platform", "JSON", "Series", "Matching", "Glibc", "Synchronization", "Dispatch",
  ],
  "Themes": ["Drawing", "JSON"],
  "Interface": [
    "Quantities", "JSON", "Drawing", "Records", "Matching", "QueryLanguage", "LogFiles", "Timelines", "Series",
    "Analysis", "Metrics", "Themes", "Synchronization",
  ],
  "Terminal": ["Drawing", "Platform", "CNcurses", "Glibc", "Synchronization"],
  "chiplog": [
    "Quantities", "JSON", "Platform", "Drawing", "Records", "Matching", "QueryLanguage", "LogFiles", "Timelines",
    "Series", "Analysis", "Metrics", "Themes", "Interface", "Terminal", "Glibc", "Synchronization", "Dispatch",
  ],
  "Benchmarks": ["Quantities", "JSON", "Platform", "Records", "QueryLanguage", "LogFiles", "Timelines", "Glibc"],
  "Fuzzing": [
    "Quantities", "JSON", "Drawing", "Matching", "Records", "QueryLanguage", "LogFiles", "Timelines", "Analysis",
    "Metrics", "Terminal", "Glibc",
  ],
]

private let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

private func swiftFiles(under folder: URL) -> [URL] {
  let all = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
  return (all?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
}

private func imports(of file: URL) throws -> Set<String> {
  let text = try String(contentsOf: file, encoding: .utf8)
  var found: Set<String> = []
  for line in text.split(separator: "\n") {
    var words = line.split(separator: " ").map(String.init)
    while let first = words.first, first.hasPrefix("@") || ["public", "internal", "package"].contains(first) {
      words.removeFirst()
    }
    guard words.first == "import", words.count >= 2 else { continue }
    let kinds = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
    let name = kinds.contains(words[1]) && words.count > 2 ? words[2] : words[1]
    found.insert(String(name.prefix { $0 != "." }))
  }
  return found
}

@Suite struct ImportTests {
  static let modules = table.keys.sorted()

  @Test(arguments: modules) func importsOnlyWhatTheTableAllows(module: String) throws {
    let files = swiftFiles(under: root.appendingPathComponent("Sources/\(module)"))
    #expect(!files.isEmpty, "Sources/\(module) holds no Swift file")
    for file in files {
      let extra = try imports(of: file).subtracting(table[module] ?? [])
      #expect(extra.isEmpty, "\(module)/\(file.lastPathComponent) imports \(extra.sorted())")
    }
  }

  @Test func everyFolderOfSourcesStandsInTheTable() throws {
    let shims: Set = ["CNcurses", "CSystem", "README.md"]
    let folders = try FileManager.default.contentsOfDirectory(atPath: root.appendingPathComponent("Sources").path)
    #expect(Set(folders).subtracting(shims) == Set(table.keys))
  }

  @Test func theTableHasNoCycle() {
    func reach(_ module: String, _ path: [String]) {
      #expect(!path.contains(module), "cycle: \(path + [module])")
      guard !path.contains(module) else { return }
      for next in table[module] ?? [] where table[next] != nil { reach(next, path + [module]) }
    }
    for module in table.keys { reach(module, []) }
  }
}

@Suite struct HouseTests {
  @Test func noSourceFileExceedsSixHundredLines() throws {
    for file in swiftFiles(under: root.appendingPathComponent("Sources")) {
      let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.count <= 601, "\(file.lastPathComponent) has \(lines.count) lines")
    }
  }

  @Test func everyUnsafeExpressionNamesItsInvariant() throws {
    let signs = ["unsafeBitCast(", "@unchecked Sendable", "nonisolated(unsafe)"]
    for file in swiftFiles(under: root.appendingPathComponent("Sources")) {
      let text = try String(contentsOf: file, encoding: .utf8)
      guard signs.contains(where: text.contains) else { continue }
      #expect(text.contains("SAFETY:"), "\(file.lastPathComponent) has unsafe code without // SAFETY:")
    }
  }

  @Test func noInputCanTrap() throws {
    for file in swiftFiles(under: root.appendingPathComponent("Sources")) {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let code = line.drop { $0 == " " }
        if code.hasPrefix("//") { continue }
        for sign in ["try!", "fatalError(", "as! "] {
          #expect(!code.contains(sign), "\(file.lastPathComponent): \(code)")
        }
      }
    }
  }
}
