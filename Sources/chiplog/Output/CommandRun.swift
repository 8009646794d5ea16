import Glibc
import Interface
import Platform
import Synchronization

/// Runs a shell command over what is given out, and keeps the beginning of what it prints.
///
/// The command leads a process group of its own, which ends with it or when the work is cancelled; it has no terminal to
/// read from. One thread writes its input while this one reads.
struct CommandRun {
  let command: String
  let writer: ContentWriter

  /// Bytes of output that are kept.
  private static let limit = 4 << 20

  func run() throws -> OutputAnswer.Outcome {
    var child = try ChildProcess.spawn("/bin/sh", ["-c", command], stdin: .pipe, stdout: .pipe, stderr: .merge)
    guard let output = child.standardOutput else { return .failed("no pipe") }
    let feeding = Feeding()
    // The thread alone keeps the writing end, so that the input ends with it.
    if let input = child.standardInput.take() { feeding.start(writer, into: input) }
    defer { feeding.wait() }
    var kept: [UInt8] = []
    var size = 0
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    var isOpen = true
    while isOpen {
      if writer.cancellation.isCancelled {
        end(child)
        throw Cancelled()
      }
      var wait = pollfd(fd: output.number, events: Int16(POLLIN), revents: 0)
      guard poll(&wait, 1, 50) > 0 else { continue }
      let count = read(output.number, &chunk, chunk.count)
      if count > 0 {
        size += count
        kept += chunk.prefix(min(count, Self.limit - kept.count))
      }
      isOpen = count > 0 || count < 0 && errno == EINTR
    }
    return .ran(text: kept, size: size, failure: failure(try exit(of: child)))
  }

  /// Waits for a child that has closed its output.
  private func exit(of child: ChildProcess) throws -> ChildProcess.Exit {
    var exit = child.poll()
    while exit == nil {
      if writer.cancellation.isCancelled {
        end(child)
        throw Cancelled()
      }
      usleep(5000)
      exit = child.poll()
    }
    return exit ?? .code(-1)
  }

  /// Ends the whole group: politely, then at once.
  private func end(_ child: ChildProcess) {
    child.terminate()
    for _ in 0..<40 {
      if child.poll() != nil {
        // Its children may have stayed.
        Glibc.kill(-child.pid, SIGKILL)
        return
      }
      usleep(5000)
    }
    child.kill()
    _ = child.wait()
  }

  private func failure(_ exit: ChildProcess.Exit) -> String? {
    switch exit {
    case .code(0): nil
    case .code(let code): "exit \(code)"
    case .signal(let signal): "ended by signal \(signal)"
    }
  }
}

/// Writes a command's input on a thread of its own. A command that reads no more ends it.
private final class Feeding: Sendable {
  private let isDone = Monitor(false)

  func start(_ writer: ContentWriter, into input: FileDescriptor) {
    // A write to a full pipe must not outlast the work.
    _ = fcntl(input.number, F_SETFL, fcntl(input.number, F_GETFL) | O_NONBLOCK)
    let job = FeedingJob(writer: writer, input: input)
    Threads.start("pipe") { [isDone] in
      job.run()
      isDone.withLock { $0 = true }
    }
  }

  func wait() { isDone.wait { $0 ? () : nil } }
}

private struct FeedingJob: Sendable {
  let writer: ContentWriter
  let input: FileDescriptor

  func run() {
    _ = try? writer.run { part, _ in
      var start = 0
      while start < part.count {
        if writer.cancellation.isCancelled { throw Cancelled() }
        let count = part.withUnsafeBytes { bytes in
          Glibc.write(input.number, bytes.baseAddress.map { $0 + start }, part.count - start)
        }
        if count > 0 {
          start += count
        } else if errno == EAGAIN {
          var wait = pollfd(fd: input.number, events: Int16(POLLOUT), revents: 0)
          _ = poll(&wait, 1, 50)
        } else if errno != EINTR {
          throw Cancelled()
        }
      }
    }
  }
}
