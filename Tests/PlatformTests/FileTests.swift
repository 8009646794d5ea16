import Foundation
import Platform
import Quantities
import Testing

/// A file that is removed when the test ends.
private final class TestFile {
  let path = "/var/tmp/chiplog-test-\(UUID().uuidString)"

  init(_ bytes: [UInt8] = []) { _ = FileManager.default.createFile(atPath: path, contents: Data(bytes)) }

  deinit { unlink(path) }
}

@Suite struct FileMapTests {
  @Test func showsTheFileAndItsGrowth() throws {
    let file = TestFile(Array("hello".utf8))
    let descriptor = try FileDescriptor.open(file.path, flags: O_RDWR)
    let map = try FileMap(descriptor, length: 5, reach: 1 << 20)
    #expect(Array(map.bytes[..<5]) == Array("hello".utf8))
    #expect(map.count >= 5 + 1 << 20)
    #expect(pwrite(descriptor.number, "world", 5, 9000) == 5)
    #expect(Array(map.bytes[9000..<9005]) == Array("world".utf8))
    #expect(map.faultCount == 0)
  }

  @Test func readsZerosWhereTheFileWasCutShort() throws {
    let size = 1 << 20
    let file = TestFile([UInt8](repeating: 7, count: size))
    let descriptor = try FileDescriptor.open(file.path)
    let map = try FileMap(descriptor, length: size, reach: 0)
    truncate(file.path, 10_000)
    let sum = map.bytes.reduce(0) { $0 + Int($1) }
    #expect(sum == 7 * 10_000)
    // One fault maps all that follows.
    #expect(map.faultCount == 1)
  }

  @Test func manyThreadsAndMapsSurviveTruncation() throws {
    let size = 1 << 20
    let failures = Monitor(0)
    let done = Monitor(0)
    for _ in 0..<16 {
      Threads.start("truncation") {
        for _ in 0..<30 {
          let file = TestFile([UInt8](repeating: 7, count: size))
          guard let descriptor = try? FileDescriptor.open(file.path),
            let map = try? FileMap(descriptor, length: size, reach: 1 << 20)
          else {
            failures.withLock { $0 += 1 }
            continue
          }
          truncate(file.path, off_t(Int.random(in: 0..<size)))
          let sum = stride(from: 0, to: size, by: 512).reduce(0) { $0 + Int(map.bytes[$1]) }
          if sum >= 7 * size { failures.withLock { $0 += 1 } }
        }
        done.withLock { $0 += 1 }
      }
    }
    done.wait { $0 == 16 ? () : nil }
    #expect(failures.withLock { $0 } == 0)
  }

  @Test func thousandsOfMapsAreKnown() throws {
    let file = TestFile([UInt8](repeating: 7, count: 8192))
    let descriptor = try FileDescriptor.open(file.path)
    let maps = try (0..<2000).map { _ in try FileMap(descriptor, length: 8192, reach: 0) }
    truncate(file.path, 0)
    #expect(maps.allSatisfy { $0.bytes[8000] == 0 && $0.faultCount == 1 })
  }

  @Test func whatCannotBeMappedIsAnError() throws {
    let pipe = try FileDescriptor.pipe()
    #expect(throws: SystemError.self) { try FileMap(pipe.reading, length: 10, reach: 0) }
  }
}

@Suite struct FileTests {
  @Test func factsTellFilesApart() throws {
    let first = TestFile([1, 2, 3])
    let second = TestFile()
    let facts = try FileFacts(path: first.path)
    #expect(facts.size == 3)
    #expect(facts.kind == .regular)
    #expect(facts == (try FileFacts(FileDescriptor.open(first.path))))
    #expect(facts.identity != (try FileFacts(path: second.path).identity))
    #expect(try FileFacts(path: "/").kind == .directory)
    #expect(try FileFacts(path: "/").ownership == "owner root, group root")
    #expect(throws: SystemError.self) { try FileFacts(path: "/no/such/file") }
  }

  @Test func readsParts() throws {
    let file = TestFile(Array(0..<100))
    let descriptor = try FileDescriptor.open(file.path)
    #expect(try descriptor.bytes(in: 10..<13) == [10, 11, 12])
    #expect(try descriptor.bytes(in: 98..<200) == [98, 99])
    #expect(try descriptor.bytes(in: 0..<0).isEmpty)
  }

  @Test func absolutePathsAreClean() {
    #expect(Folder.absolute("/a/./b//../c/") == "/a/c")
    #expect(Folder.absolute("x") == Folder.absolute("./y/../x"))
    #expect(Folder.absolute("x").hasPrefix("/"))
    #expect(Folder.matches("access.log*", "access.log.1"))
    #expect(!Folder.matches("*.log", "access.txt"))
  }

  @Test func unnamedFilesGiveSpaceBack() throws {
    let file = try UnnamedFile.make(in: "/var/tmp")
    let bytes = [UInt8](repeating: 9, count: 1 << 20)
    try bytes.withUnsafeBytes { try file.write(all: $0) }
    #expect(file.place == 1 << 20)
    try UnnamedFile.punchHole(file, 0..<(1 << 19))
    #expect(try file.bytes(in: 0..<4) == [0, 0, 0, 0])
    #expect(try file.bytes(in: 1 << 19..<(1 << 19) + 2) == [9, 9])
    #expect(UnnamedFile.freeSpace(in: "/var/tmp") > 0)
  }

  @Test func newsOfFilesAndFoldersArrives() throws {
    let file = TestFile()
    let news = try Inotify()
    let content = try news.watch(file.path, for: .content)
    #expect(Polling.readable([news.descriptor], milliseconds: 0) == [false])
    let names = try news.watch("/var/tmp", for: .names)
    let descriptor = try FileDescriptor.open(file.path, flags: O_WRONLY)
    try [1, 2].withUnsafeBytes { try descriptor.write(all: $0) }
    let other = TestFile()
    var events: [Inotify.Event] = []
    let name = String(other.path.split(separator: "/").last ?? "")
    while !events.contains(where: { $0.watch == names && $0.name == name }) {
      _ = Polling.readable([news.descriptor], milliseconds: 10_000)
      events += news.events()
    }
    #expect(events.contains { $0.watch == content && $0.name.isEmpty })
  }
}

@Suite struct ThreadTests {
  @Test func aMonitorHandsOverWhatIsWaitedFor() {
    let queue = Monitor<[Int]>([])
    Threads.start("producer") { for number in 0..<100 { queue.withLock { $0.append(number) } } }
    var sum = 0
    for _ in 0..<100 { sum += queue.wait { $0.popLast() } }
    #expect(sum == 4950)
    #expect(queue.wait(milliseconds: 1) { $0.popLast() } == nil)
  }

  @Test func wakeUpsBecomeOne() throws {
    let wake = try WakeUp()
    #expect(Polling.readable([wake.descriptor], milliseconds: 0) == [false])
    wake.signal()
    wake.signal()
    #expect(Polling.readable([wake.descriptor]) == [true])
    wake.clear()
    #expect(Polling.readable([wake.descriptor], milliseconds: 0) == [false])
  }
}
