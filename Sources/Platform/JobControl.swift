import CSystem
import Glibc

/// Stopping and continuing, as a shell's jobs do.
public enum JobControl {
  /// Stops the process group as ^Z does and returns when it is continued; does nothing where no shell would continue it.
  public static func stopGroup() {
    var action = sigaction()
    var previous = sigaction()
    action.__sigaction_handler.sa_handler = nil
    sigaction(SIGTSTP, &action, &previous)
    let stop = SignalSet([SIGTSTP])
    stop.unblock()
    kill(0, SIGTSTP)
    stop.block()
    sigaction(SIGTSTP, &previous, nil)
  }
}
