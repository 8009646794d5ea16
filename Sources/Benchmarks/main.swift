import Glibc
import Platform

/// Writes a line for the reader: to standard error, so that standard output has the table alone.
func say(_ text: String, to descriptor: Int32 = STDERR_FILENO) {
  var bytes = Array((text + "\n").utf8)[...]
  while !bytes.isEmpty {
    let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    if count < 0, errno == EINTR { continue }
    guard count > 0 else { return }
    bytes = bytes.dropFirst(count)
  }
}

/// Runs the benchmark: 0 if all answers agree, whatever they took; 1 where one does not; 2 where it could not be run.
func run(_ arguments: [String]) -> Int32 {
  do {
    if arguments.first == "--probe" {
      try Probe.run(Array(arguments.dropFirst()))
      return 0
    }
    if arguments.contains("--help") || arguments.contains("-h") {
      say(Settings.help, to: STDOUT_FILENO)
      return 0
    }
    let temporary = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    return try measure(Settings(arguments, temporaryFolder: temporary))
  } catch let mistake as Settings.Mistake {
    say("Benchmarks: \(mistake.text)")
  } catch let failure as ProgramFailure {
    say("Benchmarks: \(failure.text)")
  } catch {
    say("Benchmarks: \(error)")
  }
  return 2
}

/// Measures the rows that the settings name, and prints the table.
func measure(_ settings: Settings) throws -> Int32 {
  let data = try DataFolder(settings.folder, size: settings.size)
  let home = data.scratch("home")
  mkdir(home, 0o700)
  let programs = Programs(home: home)
  defer { _ = try? programs.silently(["rm", "-rf", home]) }
  let program = try settings.program ?? Build.program(with: programs)
  let raw = try RawNumbers(path: settings.rawPath ?? "\(settings.folder)/numbers-\(Clock.now.wholeSeconds).jsonl")
  try raw.begin(settings)
  let (load, wasBusy) = (Machine.load, Machine.isBusy)
  let bench = Bench(settings, data: data, programs: programs, program: program, raw: raw)
  for row in Row.all where settings.rows.isEmpty || settings.rows.contains(row.name) {
    say("\(row.name): \(row.summary)")
    try row.run(bench)
  }
  let circumstances = """
    \(Machine.processor), \(Machine.coreCount) cores; load average \(load) before, \(Machine.load) after\
    \(wasBusy ? "; OTHERS KEPT THE MACHINE BUSY, so look at the processor time" : "")
    files of \(Unit.bytes.text(Double(settings.size))), warm; medians of \(settings.rounds) rounds (lnav: of at most 2), \
    ± half of the way from the least to the greatest
    peers: \(peers(programs))
    """
  let table = settings.isMarkdown ? Table.markdown(bench.findings) : Table.text(bench.findings)
  say("\(circumstances)\n\n\(table)\n\nraw numbers: \(bench.rawPath)", to: STDOUT_FILENO)
  if let readme = settings.readme {
    try ReadmeSection.replace(in: readme, by: "\(circumstances)\n\n\(Table.markdown(bench.findings))")
  }
  return bench.findings.allSatisfy(\.isConsistent) ? 0 : 1
}

/// The peers that are installed, each with the first line that it says of itself.
func peers(_ programs: Programs) -> String {
  let versions = ["wc", "rg", "grep", "lnav", "mawk", "jq", "mlr"].map { name in
    guard let path = Programs.path(of: name) else { return "no \(name)" }
    let text = (try? programs.output([path, "--version"]).text) ?? ""
    return text.split(separator: "\n").first.map(String.init) ?? name
  }
  return versions.joined(separator: ", ")
}

exit(run(Array(CommandLine.arguments.dropFirst())))
