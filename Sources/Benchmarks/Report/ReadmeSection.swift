import Glibc
import Platform

/// The part of a document between two comments that this program writes.
enum ReadmeSection {
  static let start = "<!-- benchmark -->"
  static let end = "<!-- end of benchmark -->"

  /// Writes `text` between the comments of the document at `path`.
  static func replace(in path: String, by text: String) throws {
    let document = String(decoding: try FileDescriptor.open(path).readToEnd(), as: UTF8.self)
    guard let first = document.ranges(of: start).first, let last = document.ranges(of: end).first,
      first.upperBound <= last.lowerBound
    else { throw Settings.Mistake(text: "\(path) has no lines \(start) and \(end)") }
    let fresh = document[..<first.upperBound] + "\n" + text + "\n" + document[last.lowerBound...]
    let file = try FileDescriptor.open(path, flags: O_WRONLY | O_TRUNC)
    try Array(fresh.utf8).withUnsafeBytes { bytes in try file.write(all: bytes) }
  }
}
