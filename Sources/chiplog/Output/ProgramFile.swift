import Glibc
import Interface
import LogFiles
import Platform
import Timelines

/// The file that an editor or a pager is given: the log itself, where one record of it is meant, else a copy of the records.
struct ProgramFile {
  let writer: ContentWriter
  let records: OutputRecords?

  /// Bytes of a record by which it is recognised in its file.
  private static let proof = 4096

  func prepare() throws -> OutputAnswer.Outcome {
    if let place = placeInLog() { return .prepared(path: place.path, line: place.line, isTemporary: false) }
    let file = try TemporaryFile()
    do {
      _ = try writer.run { part, _ in try part.withUnsafeBytes { try file.descriptor.write(all: $0) } }
    } catch {
      unlink(file.path)
      throw error
    }
    return .prepared(path: file.path, line: nil, isTemporary: true)
  }

  /// The file of the only record and its line; nil where there are several, or where the file does not hold it as it is
  /// shown: an archive, a pipe, another encoding, a log that was rotated.
  private func placeInLog() -> (path: String, line: Int?)? {
    guard let records, records.ranks.count == 1 else { return nil }
    let timeline = records.timeline
    var found: (path: String, line: Int?)?
    var cursor = timeline.cursor(from: records.ranks.lowerBound)
    cursor.forEach { record in
      if let status = timeline.snapshot.files.first(where: { $0.file == record.position.file }),
        Self.holds(status.name, record)
      {
        // A name that begins with a dash is no option.
        found = (status.name.hasPrefix("-") ? "./" + status.name : status.name, record.line?.rawValue)
      }
      return false
    }
    return found
  }

  private static func holds(_ path: String, _ record: RecordView) -> Bool {
    guard (try? FileFacts(path: path))?.kind == .regular else { return false }
    let number = PathText.withBytes(path) { open($0, O_RDONLY | O_CLOEXEC) }
    guard number >= 0 else { return false }
    let file = FileDescriptor(owning: number)
    let expected = Array(record.bytes.prefix(proof))
    var bytes = [UInt8](repeating: 0, count: expected.count)
    let offset = off_t(record.position.offset.rawValue)
    return bytes.withUnsafeMutableBytes { pread(file.number, $0.baseAddress, $0.count, offset) } == expected.count
      && bytes == expected
  }
}

/// A new file for the user alone.
private struct TemporaryFile {
  let path: String
  let descriptor: FileDescriptor

  init() throws(SystemError) {
    let folder = Files.environment("TMPDIR") ?? "/tmp"
    var template = Array((folder + "/chiplog-XXXXXX.log").utf8CString)
    let number = mkstemps(&template, 4)
    guard number >= 0 else { throw SystemError("mkstemps", subject: folder) }
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    descriptor = FileDescriptor(owning: number)
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
