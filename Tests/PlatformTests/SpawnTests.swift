import Glibc
import Testing

import Platform

@Suite struct SpawnTests {
  @Test func readsTheOutputOfAProgramFoundInPath() throws {
    let child = try ChildProcess.spawn("echo", ["a", "b c"], stdout: .pipe)
    let text = try child.standardOutput?.readToEnd() ?? []
    #expect(String(decoding: text, as: UTF8.self) == "a b c\n")
    #expect(child.wait() == .code(0))
  }

  @Test func writesToTheInputAndMergesErrors() throws {
    var child = try ChildProcess.spawn("sh", ["-c", "cat >&2; exit 3"], stdin: .pipe, stdout: .pipe, stderr: .merge)
    try Array("hello".utf8).withUnsafeBytes { try child.standardInput?.write(all: $0) }
    child.standardInput = nil
    #expect(try String(decoding: child.standardOutput?.readToEnd() ?? [], as: UTF8.self) == "hello")
    #expect(child.wait() == .code(3))
  }

  @Test func terminateEndsTheWholeGroup() throws {
    let child = try ChildProcess.spawn("sh", ["-c", "echo ready; sleep 600 & wait"], stdout: .pipe)
    var byte: [UInt8] = [0]
    _ = try byte.withUnsafeMutableBytes { try child.standardOutput?.read(into: $0) }
    child.terminate()
    #expect(child.wait() == .signal(SIGTERM))
    // The sleep held the pipe open: its end shows that it was ended too.
    _ = try child.standardOutput?.readToEnd()
  }

  @Test func givesTheVariablesAsked() throws {
    let child = try ChildProcess.spawn("/usr/bin/env", [], environment: [("A", "1")], stdout: .pipe)
    #expect(try String(decoding: child.standardOutput?.readToEnd() ?? [], as: UTF8.self) == "A=1\n")
    #expect(child.wait().isSuccess)
  }

  @Test func missingProgramIsAnError() {
    #expect(throws: SystemError.self) { try ChildProcess.spawn("no-such-program-at-all", []) }
  }
}
