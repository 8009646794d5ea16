import Glibc
import Platform

/// What one run of something came to.
struct Measurement {
  /// From its start to its end.
  var seconds: Double
  /// Processor time, its own and the kernel's for it.
  var processorSeconds: Double = .nan
  /// What it counted, if it did.
  var count: Int?
  /// Further numbers.
  var extra: [(name: String, value: Double)] = []

  /// The further number called `name`; NaN if there is none.
  func extra(_ name: String) -> Double { extra.first { $0.name == name }?.value ?? .nan }
}

/// Measures from its making on.
struct Stopwatch {
  private let start = Clock.monotonic

  /// How long it has run.
  var seconds: Double { Double(Clock.monotonic.nanoseconds - start.nanoseconds) / 1e9 }
}

/// A program that could not be run, or failed.
struct ProgramFailure: Error { var text: String }

/// Runs other programs.
struct Programs {
  /// The variables that children get: no configuration, one language.
  let environment: [(String, String)]

  /// Children see `home` as an empty home folder.
  init(home: String) {
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    environment = [
      ("PATH", path), ("HOME", home), ("XDG_CONFIG_HOME", home), ("LC_ALL", "C.UTF-8"), ("TERM", "xterm-256color"),
      ("TZ", "UTC"),
    ]
  }

  /// Where `name` is installed; nil if it is not.
  static func path(of name: String) -> String? {
    let folders = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    return folders.split(separator: ":").map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// Runs a program to its end and gives what it wrote with how long it took; exit status 1 is as good as 0 (grep).
  func output(_ words: [String]) throws -> (text: String, measurement: Measurement) {
    let before = Self.childSeconds
    let watch = Stopwatch()
    let child = try ChildProcess.spawn(words[0], Array(words.dropFirst()), environment: environment, stdout: .pipe)
    let bytes = try child.standardOutput?.readToEnd() ?? []
    let exit = child.wait()
    let seconds = watch.seconds
    guard exit == .code(0) || exit == .code(1) else {
      throw ProgramFailure(text: "\(words.joined(separator: " ")): \(exit)")
    }
    let measurement = Measurement(seconds: seconds, processorSeconds: Self.childSeconds - before)
    return (String(decoding: bytes, as: UTF8.self), measurement)
  }

  /// The same, with the first number that the program wrote as its count.
  func counting(_ words: [String]) throws -> Measurement {
    var (text, measurement) = try output(words)
    measurement.count = text.split { $0 == " " || $0 == "\n" || $0 == "\t" }.first.flatMap { Int($0) }
    // `rg -c` writes nothing where nothing matches.
    if text.isEmpty { measurement.count = 0 }
    return measurement
  }

  /// Runs a program to its end with its output thrown away.
  func silently(_ words: [String]) throws -> Measurement {
    let before = Self.childSeconds
    let watch = Stopwatch()
    let exit = try ChildProcess.spawn(words[0], Array(words.dropFirst()), environment: environment).wait()
    let seconds = watch.seconds
    guard exit == .code(0) || exit == .code(1) else {
      throw ProgramFailure(text: "\(words.joined(separator: " ")): \(exit)")
    }
    return Measurement(seconds: seconds, processorSeconds: Self.childSeconds - before)
  }

  /// Processor time of all children that have ended.
  private static var childSeconds: Double { seconds(of: RUSAGE_CHILDREN.rawValue) }

  /// Processor time of this process.
  static var ownSeconds: Double { seconds(of: RUSAGE_SELF.rawValue) }

  private static func seconds(of whom: __rusage_who_t) -> Double {
    var usage = rusage()
    getrusage(whom, &usage)
    return Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
      + Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6
  }
}
