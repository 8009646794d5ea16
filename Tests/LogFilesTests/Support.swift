import Foundation
import LogFiles
import Platform
import Quantities
import Records
import Testing

/// A folder that is removed when the test ends.
final class Scratch: Sendable {
  let path: String

  init() {
    path = "/var/tmp/chiplog-test-\(UUID().uuidString)"
    try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { path + "/" + name }

  /// Writes over the file in place, or makes it.
  func write(_ name: String, _ text: String) {
    let file = open(path(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    _ = text.withCString { Glibc.write(file, $0, strlen($0)) }
    close(file)
  }

  func append(_ name: String, _ text: String) {
    let file = open(path(name), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
    _ = text.withCString { Glibc.write(file, $0, strlen($0)) }
    close(file)
  }

  func makeFolder(_ name: String) { mkdir(path(name), 0o755) }

  func move(_ name: String, to other: String) { rename(path(name), path(other)) }
}

/// Runs a program to its end.
func run(_ program: String, _ arguments: String...) {
  _ = try? ChildProcess.spawn(program, arguments).wait()
}

func isInstalled(_ program: String) -> Bool {
  ["/usr/bin/", "/bin/", "/usr/sbin/"].contains { access($0 + program, X_OK) == 0 }
}

/// Waits until `condition` holds; false after ten seconds.
func eventually(_ condition: () -> Bool) -> Bool {
  let end = Clock.monotonic + .seconds(Int64(10))
  while Clock.monotonic < end {
    if condition() { return true }
    usleep(2_000)
  }
  return condition()
}

/// A stamped line; `number` makes it unlike all others.
func line(_ number: Int, _ text: String = "event") -> String {
  let second = number % 60 < 10 ? "0\(number % 60)" : "\(number % 60)"
  let minute = number / 60 % 60 < 10 ? "0\(number / 60 % 60)" : "\(number / 60 % 60)"
  return "2026-01-02T03:\(minute):\(second)Z INFO \(text) number=\(number)\n"
}

func lines(_ numbers: Range<Int>, _ text: String = "event") -> String {
  numbers.map { line($0, text) }.joined()
}

extension LogSnapshot {
  /// The bytes of all surviving generations.
  var text: String { generations.map(\.text).joined() }

  /// The notes and failures of all sources.
  var said: [String] {
    files.flatMap { file -> [String] in
      if case .failed(let reason) = file.phase { return [reason] + file.notes }
      return file.notes
    }
  }
}

extension GenerationSnapshot {
  var file0: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: bytes.buffer[..<byteCount]) }
  var text: String { String(decoding: file0, as: UTF8.self) }

  /// Fails unless this equals what one pass over its bytes gives.
  func expectEqualsFreshIndex(_ location: SourceLocation = #_sourceLocation) {
    #expect(isIndexed, sourceLocation: location)
    var state = ScanState()
    var firstLine = 0
    var firstRecord = 0
    var key: Timestamp?
    var place = 0
    for start in stride(from: 0, to: byteCount, by: 2 << 20) {
      let fresh = reader.index(
        file0, segment: start..<min(start + 2 << 20, byteCount), entry: state, reference: fallbackKey)
      state = fresh.exit
      if fresh.lineCount == 0 { continue }
      guard segments.indices.contains(place) else {
        Issue.record("segment \(place) is missing", sourceLocation: location)
        return
      }
      let ours = segments[place]
      #expect(ours.index.bytes == fresh.bytes, sourceLocation: location)
      #expect(ours.index.lineCount == fresh.lineCount, sourceLocation: location)
      #expect(ours.index.recordCount == fresh.recordCount, sourceLocation: location)
      #expect(ours.index.leadingLines == fresh.leadingLines, sourceLocation: location)
      #expect(ours.index.latest == fresh.latest, sourceLocation: location)
      #expect(ours.index.exit == fresh.exit, sourceLocation: location)
      #expect(
        ours.index.groups.elementsEqual(fresh.groups) {
          $0.offset == $1.offset && $0.stamp == $1.stamp && $0.plane0 == $1.plane0 && $0.plane3 == $1.plane3
        }, sourceLocation: location)
      #expect(ours.firstLine == firstLine && ours.firstRecord == firstRecord, sourceLocation: location)
      #expect(ours.carriedKey == key, sourceLocation: location)
      firstLine += fresh.lineCount
      firstRecord += fresh.recordCount
      if let latest = fresh.latest { key = max(key ?? latest, latest) }
      place += 1
    }
    #expect(segments.count == place, sourceLocation: location)
  }
}
