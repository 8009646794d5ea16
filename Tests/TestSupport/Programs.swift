import Foundation

/// The folder of the project, found from this file.
public let projectRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The material that lies beside a developer's checkout; nil in a stranger's clone, where its tests are skipped.
public let sharedMaterial: URL? = {
  let folder = projectRoot.deletingLastPathComponent().appendingPathComponent("shared")
  let worktree = projectRoot.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
  return [folder, worktree].first { FileManager.default.fileExists(atPath: $0.appendingPathComponent("samples").path) }
}()

/// Where a program lies in `$PATH`; nil where it is not installed.
public func program(_ name: String) -> URL? {
  let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
  return path.split(separator: ":").map { URL(fileURLWithPath: String($0)).appendingPathComponent(name) }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }
}

/// The chiplog that was built beside these tests.
public let builtProgram: URL = {
  let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundleURL
  let folder =
    bundle?.deletingLastPathComponent()
    ?? URL(fileURLWithPath: CommandLine.arguments[0])
    .deletingLastPathComponent()
  return folder.appendingPathComponent("chiplog")
}()

/// What a finished program said.
public struct RunResult: Sendable {
  /// The exit status; negative signal number if a signal ended it.
  public var status: Int32
  /// All of its standard output.
  public var output: Data
  /// All of its standard error.
  public var errors: String

  /// The standard output as text.
  public var text: String { String(decoding: output, as: UTF8.self) }
  /// The standard output's lines.
  public var lines: [String] { text.split(separator: "\n", omittingEmptySubsequences: true).map(String.init) }
}

/// Runs a program to its end, or ends it after `limit` seconds.
public func run(
  _ executable: URL, _ arguments: [String], input: Data? = nil, environment: [String: String] = [:],
  in folder: URL? = nil, limit: Double = 60
) throws -> RunResult {
  let process = Process()
  process.executableURL = executable
  process.arguments = arguments
  process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  if let folder { process.currentDirectoryURL = folder }
  let output = try TemporaryFolder()
  let files = ["out", "err", "in"].map { output.url.appendingPathComponent($0) }
  try (input ?? Data()).write(to: files[2])
  for file in files[..<2] { try Data().write(to: file) }
  process.standardOutput = try FileHandle(forWritingTo: files[0])
  process.standardError = try FileHandle(forWritingTo: files[1])
  process.standardInput = try FileHandle(forReadingFrom: files[2])
  try process.run()
  let deadline = Date().addingTimeInterval(limit)
  while process.isRunning, Date() < deadline { usleep(2000) }
  if process.isRunning { kill(process.processIdentifier, SIGKILL) }
  process.waitUntilExit()
  let status = process.terminationReason == .uncaughtSignal ? -process.terminationStatus : process.terminationStatus
  return RunResult(
    status: status, output: try Data(contentsOf: files[0]),
    errors: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self))
}

/// A folder that goes away with its last reference.
public final class TemporaryFolder: Sendable {
  /// Where it is.
  public let url: URL

  /// Makes an empty folder.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("chiplog-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file into the folder and gives its path.
  @discardableResult public func write(_ text: String, to name: String) throws -> String {
    let file = url.appendingPathComponent(name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
    return file.path
  }

  /// Appends to a file of the folder.
  public func append(_ text: String, to name: String) throws {
    let handle = try FileHandle(forWritingTo: url.appendingPathComponent(name))
    try handle.seekToEnd()
    try handle.write(contentsOf: Data(text.utf8))
    try handle.close()
  }

  /// The path of `name` in the folder.
  public func path(_ name: String) -> String { url.appendingPathComponent(name).path }
}

/// Asks `condition` again and again until it holds or `limit` seconds have passed; whether it held.
public func eventually(within limit: Double = 20, _ condition: () throws -> Bool) rethrows -> Bool {
  let deadline = Date().addingTimeInterval(limit)
  while Date() < deadline {
    if try condition() { return true }
    usleep(10_000)
  }
  return try condition()
}
