import Foundation
import Platform

/// The folder of the project, found from this file.
public let projectRoot = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent()

/// The material that lies beside a developer's checkout; nil in a stranger's clone, where its tests are skipped.
public let sharedMaterial: URL? = {
  let folder = projectRoot.deletingLastPathComponent().appendingPathComponent("shared")
  let worktree = projectRoot.deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
  return [folder, worktree].first { FileManager.default.fileExists(atPath: $0.appendingPathComponent("samples").path) }?
    .resolvingSymlinksInPath()
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
///
/// Not with Foundation's `Process`: that waits for a socket which a daemon such as the tmux server inherits, for ever.
public func run(
  _ executable: URL, _ arguments: [String], input: Data? = nil, environment: [String: String] = [:],
  in folder: URL? = nil, limit: Double = 60
) throws -> RunResult {
  let scratch = try TemporaryFolder()
  let paths = ["out", "err", "in"].map { scratch.path($0) }
  try (input ?? Data()).write(to: URL(fileURLWithPath: paths[2]))
  let variables = ProcessInfo.processInfo.environment.merging(environment) { $1 }
  let redirected = "exec \"$@\" 2>'\(paths[1])' <'\(paths[2])'"
  let program = folder.map { "cd '\($0.path)' && \(redirected)" } ?? redirected
  let child = try ChildProcess.spawn(
    "/bin/sh", ["-c", program, "sh", executable.path] + arguments, environment: variables.map { ($0.key, $0.value) },
    stdout: .descriptor(FileDescriptor.open(paths[0], flags: O_WRONLY | O_CREAT)))
  let deadline = Date().addingTimeInterval(limit)
  var ending = child.poll()
  while ending == nil, Date() < deadline {
    usleep(2000)
    ending = child.poll()
  }
  if ending == nil { child.kill() }
  let exit = ending ?? child.wait()
  let status: Int32 =
    switch exit {
    case .code(let code): code
    case .signal(let signal): -signal
    }
  return RunResult(
    status: status, output: try Data(contentsOf: URL(fileURLWithPath: paths[0])),
    errors: (try? String(decoding: Data(contentsOf: URL(fileURLWithPath: paths[1])), as: UTF8.self)) ?? "")
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
