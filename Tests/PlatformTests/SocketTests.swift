import Foundation
import TestSupport
import Testing

@testable import Platform

@Suite struct SocketAddressTests {
  @Test(arguments: [
    ("127.0.0.1", "127.0.0.1:80"), ("::1", "[::1]:80"), ("fe80::1%1", "[fe80::1%1]:80"),
  ]) func numbersAreAddresses(text: String, shown: String) {
    #expect(SocketAddress(numeric: text, port: 80)?.description == shown)
  }

  @Test(arguments: ["localhost", "", "1.2.3", "::g", "%1"]) func namesAreNoNumbers(text: String) {
    #expect(SocketAddress(numeric: text, port: 80) == nil)
  }

  @Test func longPathsAreRefused() throws {
    #expect(try SocketAddress(path: "/run/x.sock").description == "/run/x.sock")
    #expect(throws: SocketError.self) { try SocketAddress(path: "/" + String(repeating: "x", count: 107)) }
  }
}

@Suite struct ResolverTests {
  @Test func theHostsFileIsRead() {
    let text =
      "127.0.0.1 localhost\n# ::2 localhost\n::1\tlocalhost ip6-localhost # remark\n10.0.0.7 Db.example DB\nbad line\n"
    func found(_ name: String) -> [String] {
      Resolver.addresses(of: name, port: 1, inHosts: text).map(\.description)
    }
    #expect(found("LOCALHOST") == ["127.0.0.1:1", "[::1]:1"])
    #expect(found("db") == ["10.0.0.7:1"])
    #expect(found("remark").isEmpty && found("10.0.0.7").isEmpty)
  }

  @Test func thisMachineNeedsNoHostsFile() throws {
    #expect(["localhost", "LocalHost", "db.localhost", "localhost."].allSatisfy(Resolver.isOurselves))
    #expect(!["localhost.example", "notlocalhost", ""].contains(where: Resolver.isOurselves))
    #expect(!(try Resolver.addresses(of: "any.localhost", port: 1)).isEmpty)
  }

  @Test func getentsAnswerIsRead() {
    let text =
      "::1             STREAM localhost\n::1             DGRAM  \n::1             RAW    \n10.0.0.1 STREAM\n::1 STREAM\n"
    #expect(Resolver.addresses(inAnswer: text, port: 5).map(\.description) == ["[::1]:5", "10.0.0.1:5"])
  }

  @Test(.enabled(if: program("getent") != nil, "getent is not installed")) func getentIsAsked() throws {
    let deadline = ContinuousClock.now + .seconds(20)
    let signal = CancellationSignal()
    let answer = try Resolver.asked("127.0.0.1", port: 1, deadline: deadline, cancellation: signal)
    #expect(answer.map(\.description) == ["127.0.0.1:1"])
    #expect(throws: SocketError.self) {
      try Resolver.asked("-x", port: 1, deadline: deadline, cancellation: signal)
    }
  }
}

@Suite struct CancellationSignalTests {
  @Test func aRaisedSignalEndsEveryWait() throws {
    let pipe = try FileDescriptor.pipe()
    let signal = CancellationSignal()
    #expect(!signal.isCancelled)
    var bytes: [UInt8] = []
    #expect(throws: SocketError.timedOut) {
      _ = try pipe.reading.readSome(into: &bytes, deadline: .now + .milliseconds(20), cancellation: signal)
    }
    DispatchQueue.global().asyncAfter(deadline: .now() + 0.05) { signal.cancel() }
    #expect(throws: SocketError.cancelled) {
      _ = try pipe.reading.readSome(into: &bytes, deadline: .now + .seconds(30), cancellation: signal)
    }
    #expect(signal.isCancelled)
  }
}
