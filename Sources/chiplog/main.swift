import Drawing
import Glibc
import Platform
import Records

/// The program: reads the command line, then prints or shows a screen.
func run(_ arguments: [String]) -> Int32 {
  do {
    let options = try Options(parsing: arguments)
    switch options.task {
    case .help: write(helpText(), to: STDOUT_FILENO)
    case .version: write("chiplog \(chiplogVersion)\n", to: STDOUT_FILENO)
    case .listFormats:
      for format in OwnFormats.read().library.names { write("\(format.name)\t\(format.summary)\n", to: STDOUT_FILENO) }
    case .checkFormat(let path): return try FormatChecking.run(path, logs: options.sources)
    case .checkMetrics: return try MetricsChecking.run(options.sources)
    case .printConfiguration: try printConfiguration(options)
    case .open: return try open(options)
    }
    return ExitStatus.matched
  } catch let error as UsageError {
    if error.isRendered {
      write(Sanitiser.sanitised(error.message) + "\n", to: STDERR_FILENO)
    } else {
      complain(error.message, help: error.help)
    }
    return ExitStatus.failure
  } catch {
    complain("\(error)")
    return ExitStatus.failure
  }
}

/// `chiplog -q app.log` is a slip that would wait for standard input.
func refuseFileAsQuery(_ options: Options) throws(UsageError) {
  guard let query = options.query, options.sources.isEmpty, PathText.withBytes(query, { access($0, F_OK) }) == 0,
    isatty(STDIN_FILENO) == 1 || query.contains("/") || query.contains(".")
  else { return }
  throw UsageError("\(query) is a file, but -q takes a query: chiplog -q QUERY \(query)")
}

/// Prints where the configuration is, what was understood of it, and what is wrong in it.
func printConfiguration(_ options: Options) throws(UsageError) {
  let launch = try Launch(options, isForScreen: false)
  write(ConfigurationReport.text(of: launch), to: STDOUT_FILENO)
  for mistake in launch.mistakes { complain(mistake) }
}

/// Opens what the options name, on the screen or without one.
func open(_ options: Options) throws -> Int32 {
  let isForScreen = !options.prints && isatty(STDOUT_FILENO) == 1
  var options = options
  try refuseFileAsQuery(options)
  if options.sources.isEmpty, isatty(STDIN_FILENO) != 1 { options.sources = ["-"] }
  if options.sources.isEmpty, !isForScreen {
    throw UsageError("nothing to open", help: "chiplog [OPTIONS] FILE...; chiplog --help tells more")
  }
  let launch = try Launch(options, isForScreen: isForScreen)
  guard isForScreen else { return try printRecords(launch) }
  ScreenSession(try ScreenStart(launch)).run()
  return ExitStatus.matched
}

/// Takes the numbers of closed standard streams, so that no file of ours gets them and is written to by mistake. What is
/// put there fails as a closed stream does.
func occupyClosedStreams() {
  for number in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(number, F_GETFD) < 0 {
    _ = open("/dev/null", number == STDIN_FILENO ? O_WRONLY : O_RDONLY)
  }
}

occupyClosedStreams()
signal(SIGPIPE, SIG_IGN)
// A file that may not grow (ulimit -f) is an error of write, to be said.
signal(SIGXFSZ, SIG_IGN)
exit(run(Array(PathText.arguments.dropFirst())))
