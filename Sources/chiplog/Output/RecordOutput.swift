import Drawing
import Glibc
import Interface
import LogFiles
import Platform
import Quantities
import Records
import Timelines

/// Gives out what the screen is asked to copy, write or hand over. Called on the thread of its lane.
struct RecordOutput: OutputProvider {
  /// Characters of tables.
  var glyphs: GlyphSet
  var isSecure: Bool

  func perform(
    _ request: OutputRequest, records: OutputRecords?, cancellation: Cancellation, progress: (Double) -> Void
  ) -> OutputAnswer.Outcome? {
    if isSecure, request.target != .clipboard { return .failed("--secure allows no writing and no commands") }
    let writer = ContentWriter(
      content: request.content, records: records, form: request.form, glyphs: glyphs, cancellation: cancellation)
    do {
      switch request.target {
      case .clipboard: return try collect(writer)
      case .file(let path, let replaces, _): return try write(writer, to: path, replaces: replaces, progress)
      case .command(let text): return try CommandRun(command: text, writer: writer).run()
      case .program: return try ProgramFile(writer: writer, records: records).prepare()
      }
    } catch is Cancelled {
      return nil
    } catch Output.Ending.failed(let reason) {
      return .failed(name(of: request.target) + reason)
    } catch { return .failed(name(of: request.target) + "\(error)") }
  }

  private func name(of target: OutputRequest.Target) -> String {
    if case .file(let path, _, _) = target { return path + ": " }
    return ""
  }

  /// Reads what is to be copied; of more than a clipboard takes only the size is kept.
  private func collect(_ writer: ContentWriter) throws -> OutputAnswer.Outcome {
    var bytes: [UInt8] = []
    var size = 0
    let count = try writer.run { part, _ in
      size += part.count
      if size <= ClipboardLimit.bytes + 1 { bytes += part }
    }
    // The newline behind the last record is none of it.
    if bytes.count == size, bytes.last == 10 { (bytes, size) = (bytes.dropLast(), size - 1) }
    return .collected(bytes: size <= ClipboardLimit.bytes ? bytes : nil, size: size, count: count)
  }

  /// Writes a file; what cannot be finished is removed, and an older file stays as it was.
  private func write(
    _ writer: ContentWriter, to path: String, replaces: Bool, _ progress: (Double) -> Void
  ) throws -> OutputAnswer.Outcome {
    let path = Files.expanded(path)
    let fresh = replaces ? path + ".new" : path
    let flags = O_WRONLY | O_CREAT | O_CLOEXEC | (replaces ? O_TRUNC : O_EXCL)
    let number = Glibc.open(fresh, flags, 0o644)
    guard number >= 0 else {
      if errno == EEXIST { return .failed("\(path) exists; :w! \(path) replaces it") }
      return .failed("\(path): \(String(cString: strerror(errno)))")
    }
    let file = FileDescriptor(owning: number)
    let output = Output(descriptor: file.number)
    do {
      var next = Clock.monotonic + .milliseconds(100)
      let count = try writer.run { part, fraction in
        if !part.isEmpty { try output.write(part) }
        if Clock.monotonic >= next {
          next = Clock.monotonic + .milliseconds(100)
          progress(fraction)
        }
      }
      if replaces, rename(fresh, path) != 0 { throw SystemError("rename", subject: path) }
      return .written(count: count)
    } catch {
      unlink(fresh)
      throw error
    }
  }
}

/// Thrown where work was given up because nobody waits for it any more.
struct Cancelled: Error {}
