// swift-tools-version: 6.2
import PackageDescription

// Dependencies run one way; Tests/ArchitectureTests holds the same table against the imports of every file.
let modules: [(name: String, dependencies: [String])] = [
  ("Quantities", []),
  ("JSON", []),
  ("Platform", ["Quantities", "CSystem"]),
  ("Drawing", []),
  ("Matching", ["CSystem"]),
  ("Records", ["Quantities", "JSON", "CSystem"]),
  ("QueryLanguage", ["Quantities", "Records", "Matching"]),
  ("LogFiles", ["Quantities", "Platform", "Records", "Matching"]),
  ("Timelines", ["Quantities", "Records", "Matching", "QueryLanguage", "LogFiles"]),
  ("Series", ["Quantities"]),
  (
    "Analysis",
    ["Quantities", "JSON", "Records", "Matching", "QueryLanguage", "LogFiles", "Timelines", "Series"]
  ),
  ("Metrics", ["Quantities", "Platform", "JSON", "Series", "Matching"]),
  ("Themes", ["Drawing", "JSON"]),
  (
    "Interface",
    [
      "Quantities", "JSON", "Drawing", "Records", "Matching", "QueryLanguage", "LogFiles", "Timelines", "Series",
      "Analysis", "Metrics", "Themes",
    ]
  ),
  ("Terminal", ["Drawing", "Platform", "CNcurses"]),
]

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let package = Package(
  name: "chiplog",
  products: [.executable(name: "chiplog", targets: ["chiplog"])],
  targets: [
    .systemLibrary(name: "CNcurses"),
    .target(name: "CSystem"),
    .executableTarget(
      name: "chiplog", dependencies: modules.map { .init(stringLiteral: $0.name) }, swiftSettings: strict),
    .executableTarget(
      name: "Benchmarks",
      dependencies: ["Quantities", "JSON", "Platform", "Records", "QueryLanguage", "LogFiles", "Timelines"],
      swiftSettings: strict),
    // Fuzzing links libFuzzer's driver by name when `Tests/fuzz` builds it.
    .executableTarget(
      name: "Fuzzing",
      dependencies: [
        "Quantities", "JSON", "Drawing", "Matching", "Records", "QueryLanguage", "LogFiles", "Timelines", "Analysis",
        "Metrics", "Terminal",
      ],
      swiftSettings: strict + [.enableExperimentalFeature("Extern")]),
    .testTarget(name: "FuzzingTests", dependencies: ["Fuzzing"], exclude: ["Crashers"], swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: modules.map { .init(stringLiteral: $0.name) }, path: "Tests/TestSupport",
      swiftSettings: strict),
    .testTarget(name: "ArchitectureTests", dependencies: [], swiftSettings: strict),
    .testTarget(
      name: "EndToEndTests", dependencies: ["TestSupport", "Platform", "chiplog", "Benchmarks"], swiftSettings: strict),
  ]
    + modules.map {
      .target(
        name: $0.name, dependencies: $0.dependencies.map { .init(stringLiteral: $0) },
        exclude: $0.name == "Matching" ? ["README.md"] : [], swiftSettings: strict)
    }
    + modules.map {
      .testTarget(
        name: $0.name + "Tests",
        dependencies: ([$0.name, "TestSupport"] + $0.dependencies.filter { !$0.hasPrefix("C") }).map {
          .init(stringLiteral: $0)
        }, swiftSettings: strict)
    }
)
