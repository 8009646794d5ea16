import CSystem
import Glibc

/// A program started by us, in a process group of its own, with only the descriptors it was given.
///
/// The child starts with no blocked signal and the default action for each (otherwise it would ignore SIGTERM, since
/// our threads block signals). Whoever spawns must call `wait()` or see `poll()` return a value, or a zombie stays.
///
///     let child = try ChildProcess.spawn("xz", ["-dc"], stdin: .descriptor(archive), stdout: .pipe)
public struct ChildProcess: Sendable {
  /// What the child reads.
  public enum Input: Sendable {
    /// Nothing: the end at once.
    case null
    /// What is written to `standardInput`.
    case pipe
    /// An open file.
    case descriptor(FileDescriptor)
  }

  /// Where standard output goes.
  public enum Output: Sendable {
    /// Nowhere.
    case null
    /// To `standardOutput`.
    case pipe
    /// To an open file.
    case descriptor(FileDescriptor)
  }

  /// Where standard error goes.
  public enum ErrorOutput: Sendable {
    /// Nowhere.
    case null
    /// To `standardError`.
    case pipe
    /// To where standard output goes.
    case merge
  }

  /// How a child ended.
  public enum Exit: Hashable, Sendable {
    /// It returned this from main, or called exit.
    case code(Int32)
    /// A signal ended it.
    case signal(Int32)
  }

  /// The process, and the process group that it leads.
  public let pid: Int32
  /// The writing end, with `.pipe`; set it to nil to end the child's input.
  public var standardInput: FileDescriptor?
  /// The reading end, with `.pipe`.
  public let standardOutput: FileDescriptor?
  /// The reading end, with `.pipe`.
  public let standardError: FileDescriptor?

  /// Starts `program`, looked up in PATH unless it holds a slash, with `arguments` after its name.
  ///
  /// - Parameter environment: All variables of the child; nil hands on our own.
  /// - Throws: `SystemError` about `program`; ENOENT if there is no such program.
  public static func spawn(
    _ program: String, _ arguments: [String], environment: [(String, String)]? = nil, stdin: Input = .null,
    stdout: Output = .null, stderr: ErrorOutput = .null
  ) throws(SystemError) -> ChildProcess {
    var setup = try SpawnSetup()
    defer { setup.destroy() }
    let input = try setup.connectInput(stdin)
    let output = try setup.connectOutput(stdout)
    let errors = try setup.connectErrors(stderr)
    setup.closeOthers()
    let pid = try setup.run(program, arguments, environment: environment)
    return ChildProcess(pid: pid, standardInput: input, standardOutput: output, standardError: errors)
  }

  /// Asks the child and its group to end (SIGTERM).
  public func terminate() { signal(SIGTERM) }

  /// Ends the child and its group at once (SIGKILL).
  public func kill() { signal(SIGKILL) }

  /// Waits until the child has ended, and forgets it.
  public func wait() -> Exit {
    var status: Int32 = 0
    while waitpid(pid, &status, 0) < 0 {
      if errno != EINTR { return .code(-1) }
    }
    return Exit(waitStatus: status)
  }

  /// How the child ended, and forgets it; nil while it runs.
  public func poll() -> Exit? {
    var status: Int32 = 0
    let result = waitpid(pid, &status, WNOHANG)
    if result == 0 { return nil }
    return result < 0 ? .code(-1) : Exit(waitStatus: status)
  }

  private func signal(_ number: Int32) {
    if Glibc.kill(-pid, number) != 0 { _ = Glibc.kill(pid, number) }
  }
}

extension ChildProcess.Exit {
  init(waitStatus status: Int32) {
    let signal = status & 0x7F
    self = signal == 0 ? .code((status >> 8) & 0xFF) : .signal(signal)
  }

  /// Whether the program said that all went well.
  public var isSuccess: Bool { self == .code(0) }
}

/// The attributes and file actions of one `posix_spawn`, and the ends of the pipes that the child gets.
private struct SpawnSetup {
  var attributes = posix_spawnattr_t()
  var actions = posix_spawn_file_actions_t()
  var childEnds: [FileDescriptor] = []

  init() throws(SystemError) {
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setpgroup(&attributes, 0)
    let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP
    posix_spawnattr_setflags(&attributes, Int16(flags))
  }

  mutating func destroy() {
    posix_spawnattr_destroy(&attributes)
    posix_spawn_file_actions_destroy(&actions)
  }

  mutating func connectInput(_ input: ChildProcess.Input) throws(SystemError) -> FileDescriptor? {
    switch input {
    case .null:
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      return nil
    case .descriptor(let descriptor):
      connect(descriptor, to: 0)
      return nil
    case .pipe:
      let pipe = try FileDescriptor.pipe()
      connect(pipe.reading, to: 0)
      return pipe.writing
    }
  }

  mutating func connectOutput(_ output: ChildProcess.Output) throws(SystemError) -> FileDescriptor? {
    switch output {
    case .null:
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
      return nil
    case .descriptor(let descriptor):
      connect(descriptor, to: 1)
      return nil
    case .pipe:
      let pipe = try FileDescriptor.pipe()
      connect(pipe.writing, to: 1)
      return pipe.reading
    }
  }

  mutating func connectErrors(_ errors: ChildProcess.ErrorOutput) throws(SystemError) -> FileDescriptor? {
    switch errors {
    case .null:
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
      return nil
    case .merge:
      posix_spawn_file_actions_adddup2(&actions, 1, 2)
      return nil
    case .pipe:
      let pipe = try FileDescriptor.pipe()
      connect(pipe.writing, to: 2)
      return pipe.reading
    }
  }

  /// A descriptor that is already 0, 1 or 2 could be overwritten by an earlier action, so each is copied upwards.
  private mutating func connect(_ descriptor: FileDescriptor, to number: Int32) {
    let copy = fcntl(descriptor.number, F_DUPFD_CLOEXEC, 3)
    let source = copy >= 0 ? FileDescriptor(owning: copy) : descriptor
    childEnds.append(source)
    posix_spawn_file_actions_adddup2(&actions, source.number, number)
  }

  /// All other descriptors stay with us, also those that some library opened without close-on-exec.
  mutating func closeOthers() { _ = cs_spawn_close_from(&actions, 3) }

  mutating func run(
    _ program: String, _ arguments: [String], environment: [(String, String)]?
  ) throws(SystemError) -> Int32 {
    var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
    var variables: [UnsafeMutablePointer<CChar>?] = (environment ?? []).map { strdup("\($0)=\($1)") } + [nil]
    defer { (words + variables).forEach { free($0) } }
    var pid: pid_t = 0
    let inherited = environment == nil ? cs_environment() : nil
    let code = variables.withUnsafeMutableBufferPointer { variables in
      posix_spawnp(&pid, program, &actions, &attributes, &words, inherited ?? UnsafePointer(variables.baseAddress))
    }
    guard code == 0 else { throw SystemError("spawn", subject: program, code: code) }
    return pid
  }
}

extension FileDescriptor {
  /// Makes a pipe; both ends are closed in spawned programs unless handed to them.
  public static func pipe() throws(SystemError) -> (reading: FileDescriptor, writing: FileDescriptor) {
    var ends: [Int32] = [-1, -1]
    guard cs_pipe(&ends) == 0 else { throw SystemError("pipe") }
    return (FileDescriptor(owning: ends[0]), FileDescriptor(owning: ends[1]))
  }
}
