import Glibc
import Platform
import Synchronization

/// Reads a stream into a spool until it ends, on a thread of its own (or of the archive pool).
///
/// When the budget is used up it asks for room and waits for the answer: only the keeper knows which of the oldest
/// bytes are indexed, so that the records that go can be counted.
final class StreamPump: Sendable {
  /// What the keeper hears.
  enum Event: Sendable {
    /// The spool has grown since the last look at its size.
    case grew
    /// The budget is used up; answer with `answer(_:)`.
    case needsRoom
    /// The end.
    case ended(End)
  }

  /// How a stream ended.
  struct End: Sendable {
    /// The end of the program that wrote it, if there is one.
    var exit: ChildProcess.Exit?
    /// What the program said, its first 4 KB.
    var complaint = ""
    /// Why reading stopped before the end.
    var stop: String?
  }

  /// What to do when there is no room.
  enum Answer: Sendable {
    /// There is some now.
    case goOn
    /// There is none: end, for this reason.
    case stop(String)
  }

  let spool: Spool
  private let input: FileDescriptor
  private let child: ChildProcess?
  private let isArchive: Bool
  private let cancellation: WakeUp
  private let answers = Monitor<[Answer]>([])
  private let isAnnounced = Atomic<Bool>(false)
  private let report: @Sendable (Event) -> Void

  init(
    _ input: FileDescriptor, child: ChildProcess? = nil, isArchive: Bool = false, spool: Spool,
    report: @escaping @Sendable (Event) -> Void
  ) throws(SystemError) {
    self.input = input
    self.child = child
    self.isArchive = isArchive
    self.spool = spool
    self.report = report
    cancellation = try WakeUp()
  }

  /// Ends the reading soon, from any thread; the program that writes is ended too.
  func cancel() {
    cancellation.signal()
    answer(.stop("closed"))
  }

  /// Answers `needsRoom`.
  func answer(_ answer: Answer) { answers.withLock { $0.append(answer) } }

  /// How much there is to read; growth after this call is announced anew.
  func takeSize() -> Int {
    isAnnounced.store(false, ordering: .sequentiallyConsistent)
    return spool.size
  }

  /// Reads to the end, and reports it.
  func run() {
    var end = End()
    end.stop = pump(complaint: &end.complaint)
    if let child {
      if end.stop != nil { child.kill() }
      end.exit = child.wait()
    }
    report(.ended(end))
  }

  /// Returns why it stopped before the end.
  private func pump(complaint: inout String) -> String? {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 4096)
    defer { buffer.deallocate() }
    var errors = child?.standardError
    var decoder = StreamDecoder(waitsForSample: isArchive)
    while true {
      let ready = Polling.readable([cancellation.descriptor, input] + (errors.map { [$0] } ?? []))
      if ready[0] { return "closed" }
      if ready.count > 2, ready[2], let descriptor = errors {
        let count = (try? descriptor.read(into: buffer)) ?? 0
        let text = String(decoding: UnsafeRawBufferPointer(rebasing: buffer[..<count]), as: UTF8.self)
        if complaint.utf8.count < 4096 { complaint += text }
        if count == 0 { errors = nil }
      }
      guard ready[1] else { continue }
      do {
        let count = try input.read(into: buffer)
        if count == 0 {
          let stop = decoder.rest().withUnsafeBytes { keep($0) }
          return stop ?? drain(errors, into: &complaint)
        }
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        let text = decoder.text(for: bytes)
        if let stop = text == nil ? keep(bytes) : text?.withUnsafeBytes({ keep($0) }) { return stop }
      } catch  where error.code == EAGAIN {
        continue
      } catch {
        return error.reason
      }
    }
  }

  private func drain(_ errors: FileDescriptor?, into complaint: inout String) -> String? {
    let rest = (try? errors?.readToEnd(limit: 4096)) ?? []
    complaint += String(decoding: rest, as: UTF8.self)
    return nil
  }

  private func keep(_ bytes: UnsafeRawBufferPointer) -> String? {
    if bytes.isEmpty { return nil }
    while true {
      do {
        try spool.append(bytes)
        if !isAnnounced.exchange(true, ordering: .sequentiallyConsistent) { report(.grew) }
        return nil
      } catch {
        switch error {
        case .system: return spool.notice(error)
        case .full:
          report(.needsRoom)
          if case .stop(let reason) = answers.wait({ $0.isEmpty ? nil : $0.removeFirst() }) { return reason }
        }
      }
    }
  }
}
