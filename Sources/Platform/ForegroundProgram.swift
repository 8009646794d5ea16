import Glibc

/// A program that has the terminal for itself until it ends, as a job of a shell has.
///
/// It leads a process group of its own, which is made the terminal's foreground group, so that ^C and ^Z reach it and not
/// us. When it is stopped by ^Z we stop as well, and both go on when the shell continues us.
public enum ForegroundProgram {
  /// Runs `/bin/sh -c command sh argument` on `/dev/tty`; returns when it has ended.
  ///
  /// - Throws: `SystemError` where there is no terminal or no shell.
  public static func run(shell command: String, argument: String) throws(SystemError) -> ChildProcess.Exit {
    let number = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard number >= 0 else { throw SystemError("open", subject: "/dev/tty") }
    let terminal = FileDescriptor(owning: number)
    let child = try ChildProcess.spawn(
      "/bin/sh", ["-c", command, "sh", argument], stdin: .descriptor(terminal), stdout: .descriptor(terminal),
      stderr: .merge)
    let own = getpgrp()
    give(terminal, to: child.pid)
    var status: Int32 = 0
    while true {
      if waitpid(child.pid, &status, WUNTRACED) < 0 {
        if errno == EINTR { continue }
        break
      }
      guard status & 0xFF == 0x7F else { break }
      // It looked at the terminal before it had it, or was stopped by the user.
      let signal = (status >> 8) & 0xFF
      if signal != SIGTTIN, signal != SIGTTOU {
        give(terminal, to: own)
        JobControl.stopGroup()
      }
      give(terminal, to: child.pid)
      kill(-child.pid, SIGCONT)
    }
    give(terminal, to: own)
    return ChildProcess.Exit(waitStatus: status)
  }

  /// Makes a process group the one that the terminal's keys go to. Whoever is in the background would be stopped for it.
  private static func give(_ terminal: FileDescriptor, to group: Int32) {
    let stop = SignalSet([SIGTTOU])
    stop.block()
    tcsetpgrp(terminal.number, group)
    stop.unblock()
  }
}
