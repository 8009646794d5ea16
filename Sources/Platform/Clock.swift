import Glibc
import Quantities

/// The machine's clocks.
public enum Clock {
  /// What the wall clock says: may jump.
  public static var now: Timestamp { read(CLOCK_REALTIME) }

  /// Time since some instant in the past, which never jumps: for intervals.
  public static var monotonic: TimeSpan { TimeSpan(nanoseconds: read(CLOCK_MONOTONIC).nanoseconds) }

  private static func read(_ clock: clockid_t) -> Timestamp {
    var time = timespec()
    clock_gettime(clock, &time)
    return Timestamp(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec))
  }
}
