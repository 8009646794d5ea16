import Foundation
import Platform
import Quantities
import Records
import func TestSupport.program
import Testing

@testable import LogFiles

/// A folder that is removed when the test ends.
final class Scratch: Sendable {
  let path: String

  init() {
    let folder = ProcessInfo.processInfo.environment["TMPDIR"] ?? "/var/tmp"
    path = "\(folder)/chiplog-test-\(UUID().uuidString)"
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
    let file = PathText.withBytes(path(name)) { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644) }
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

func isInstalled(_ name: String) -> Bool { program(name) != nil }

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

  /// What differs from the result of one pass over the same bytes; nil if nothing does.
  var differenceFromFreshIndex: String? {
    if !isIndexed { return "not indexed" }
    var fresh: [SegmentIndex] = []
    for start in stride(from: 0, to: byteCount, by: Stitching.segmentSize) {
      fresh.append(
        reader.index(
          file0, segment: start..<min(start + Stitching.segmentSize, byteCount), entry: fresh.last?.exit ?? ScanState(),
          reference: fallbackKey))
    }
    let expected = Stitching.stitched(fresh)
    if segments.count != expected.count { return "\(segments.count) segments instead of \(expected.count)" }
    for (place, (ours, theirs)) in zip(segments, expected).enumerated() where !ours.isEqual(theirs) {
      return "segment \(place) of \(expected.count) differs: \(ours.summary) instead of \(theirs.summary)"
    }
    return nil
  }

  /// Fails unless this equals what one pass over its bytes gives.
  func expectEqualsFreshIndex(_ location: SourceLocation = #_sourceLocation) {
    let difference = differenceFromFreshIndex
    #expect(difference == nil, sourceLocation: location)
  }
}

extension StitchedSegment {
  var summary: String {
    "bytes \(index.bytes), lines \(index.lineCount), records \(index.recordCount), latest \(String(describing: index.latest))"
  }

  func isEqual(_ other: StitchedSegment) -> Bool {
    firstLine == other.firstLine && firstRecord == other.firstRecord && carriedKey == other.carriedKey
      && summary == other.summary && index.leadingLines == other.index.leadingLines && index.exit == other.index.exit
      && index.entry == other.index.entry && index.base == other.index.base && index.earliest == other.index.earliest
      && index.groups.elementsEqual(other.index.groups) {
        $0.offset == $1.offset && $0.stamp == $1.stamp && $0.plane0 == $1.plane0 && $0.plane1 == $1.plane1
          && $0.plane2 == $1.plane2 && $0.plane3 == $1.plane3
      }
  }
}
