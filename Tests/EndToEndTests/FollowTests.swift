import Foundation
import Platform
import TestSupport
import Testing

/// `chiplog -f` into a pipe or file, as `tail -F | grep` is used.
@Suite struct FollowTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A following chiplog whose output goes to a file; ended with its last reference.
  private final class Follower {
    let output: String
    private let child: ChildProcess

    init(_ arguments: [String], output: String) throws {
      self.output = output
      child = try ChildProcess.spawn(
        builtProgram.path, arguments, stdout: .descriptor(.open(output, flags: O_WRONLY | O_CREAT)))
    }

    deinit {
      child.kill()
      _ = child.wait()
    }

    var lines: [String] {
      ((try? String(contentsOfFile: output, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
    }
  }

  @Test func printsWhatIsAppendedAndMatches() throws {
    let path = try folder.write("2026-11-22T14:00:00Z ERROR old\n", to: "app.log")
    let follower = try Follower(["-f", "-q", "level:error", path], output: folder.path("out"))
    #expect(eventually { follower.lines == ["2026-11-22T14:00:00Z ERROR old"] })
    try folder.append("2026-11-22T14:00:01Z INFO quiet\n2026-11-22T14:00:02Z ERROR new\n", to: "app.log")
    #expect(eventually { follower.lines.last == "2026-11-22T14:00:02Z ERROR new" })
    #expect(follower.lines.count == 2)
  }

  @Test func aRecordThatGrowsIsPrintedOnceAndWhole() throws {
    let path = try folder.write("2026-11-22T14:00:00Z INFO old\n", to: "app.log")
    let follower = try Follower(["-f", "-q", "boom", path], output: folder.path("out"))
    #expect(eventually { FileManager.default.fileExists(atPath: follower.output) })
    try folder.append("2026-11-22T14:00:01Z ERROR boom\n  at first\n", to: "app.log")
    try folder.append("  at second\n", to: "app.log")
    try folder.append("2026-11-22T14:00:02Z INFO next\n", to: "app.log")
    #expect(eventually { follower.lines.count == 3 }, "\(follower.lines)")
    #expect(follower.lines == ["2026-11-22T14:00:01Z ERROR boom", "  at first", "  at second"])
  }

  @Test func whatIsAddedLateToARecordIsPrintedWithIt() throws {
    let path = try folder.write("2026-11-22T14:00:00Z INFO old\n", to: "app.log")
    let follower = try Follower(["-f", "-q", "boom", path], output: folder.path("out"))
    #expect(eventually { FileManager.default.fileExists(atPath: follower.output) })
    try folder.append("2026-11-22T14:00:01Z ERROR boom\n", to: "app.log")
    #expect(eventually { follower.lines.count == 1 }, "it is printed though no other follows")
    try folder.append("  at first\n  at sec", to: "app.log")
    #expect(eventually { follower.lines.count == 3 }, "\(follower.lines)")
    try folder.append("ond\n2026-11-22T14:00:02Z INFO next\n  at last\n", to: "app.log")
    #expect(eventually { follower.lines.count == 4 }, "\(follower.lines)")
    #expect(follower.lines == ["2026-11-22T14:00:01Z ERROR boom", "  at first", "  at sec", "ond"])
  }

  @Test func aLastRecordComesThoughOtherFilesAreBusy() throws {
    let quiet = try folder.write("", to: "quiet.log")
    let busy = try folder.write("", to: "busy.log")
    let follower = try Follower(["-f", quiet, busy], output: folder.path("out"))
    #expect(eventually { FileManager.default.fileExists(atPath: follower.output) })
    try folder.append("2026-11-22T14:00:00Z INFO alone\n", to: "quiet.log")
    var number = 0
    let isPrinted = try eventually {
      number += 1
      try folder.append("2026-11-22T14:00:01Z INFO busy \(number)\n", to: "busy.log")
      return follower.lines.contains { $0.hasSuffix("alone") }
    }
    #expect(isPrinted)
  }

  /// Whether a user of one's own can be had, whose limits may be changed.
  private static let hasOwnUser =
    (try? run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", "unshare -Ur sh -c 'echo 3 > /proc/sys/user/max_inotify_watches'"]))?
    .status == 0

  @Test(.enabled(if: hasOwnUser, "limits of watches cannot be changed here"))
  func filesBeyondTheLimitOfWatchesAreLookedAt() throws {
    let paths = try (0..<6).map { try folder.write("2026-11-22T14:00:00Z INFO old\n", to: "f\($0).log") }
    let (output, errors) = (folder.path("out"), folder.path("err"))
    let script = """
      echo 3 > /proc/sys/user/max_inotify_watches; out=$1 err=$2; shift 2; exec "$0" -f "$@" > "$out" 2> "$err"
      """
    let child = try ChildProcess.spawn(
      "unshare", ["-Ur", "sh", "-c", script, builtProgram.path, output, errors] + paths)
    defer {
      child.kill()
      _ = child.wait()
    }
    func text(_ path: String) -> String { (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" }
    #expect(eventually { text(output).split(separator: "\n").count == 6 })
    for number in 0..<6 { try folder.append("2026-11-22T14:00:01Z INFO new \(number)\n", to: "f\(number).log") }
    #expect(eventually { text(output).split(separator: "\n").count == 12 }, "\(text(output))")
    #expect(text(errors).contains("looked at once a second: the system watches no more files"), "\(text(errors))")
  }

  @Test func goesOnAfterRotation() throws {
    let path = try folder.write("2026-11-22T14:00:00Z INFO one\n", to: "app.log")
    let follower = try Follower(["-F", path], output: folder.path("out"))
    #expect(eventually { follower.lines.count == 1 })
    try FileManager.default.moveItem(atPath: path, toPath: path + ".1")
    try folder.append("2026-11-22T14:00:01Z INFO two\n", to: "app.log.1")
    try folder.write("2026-11-22T14:00:02Z INFO three\n", to: "app.log")
    #expect(eventually { follower.lines.count == 3 }, "\(follower.lines)")
    #expect(Set(follower.lines.map { $0.split(separator: " ").last }) == ["one", "two", "three"])
  }

  @Test func aPipeIsPrintedWhileItIsOpen() throws {
    let output = folder.path("out")
    let child = try ChildProcess.spawn(
      builtProgram.path, ["-q", "level:error", "-"], stdin: .pipe,
      stdout: .descriptor(.open(output, flags: O_WRONLY | O_CREAT)))
    defer {
      child.kill()
      _ = child.wait()
    }
    let text = Array("2026-11-22T14:00:00Z ERROR early\n".utf8)
    try text.withUnsafeBytes { try #require(child.standardInput).write(all: $0) }
    #expect(eventually { (try? String(contentsOfFile: output, encoding: .utf8))?.contains("early") == true })
    #expect(child.poll() == nil, "it waits for more")
  }
}
