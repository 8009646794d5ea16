import Analysis
import Drawing
import Glibc
import Platform
import Quantities
import QueryLanguage

/// Prints what a launch asks for, without a screen; the exit status.
func printRecords(_ launch: Launch) throws -> Int32 {
  for mistake in launch.mistakes { complain(mistake) }
  if launch.options.explains { return try explain(launch) }
  if let pipeline = launch.pipeline {
    return printingStatus(launch) { try TablePrinting(launch: launch, tree: pipeline).run() }
  }
  let printer = RecordPrinter(format: launch.options.output, isForTerminal: isatty(STDOUT_FILENO) == 1)
  guard let printing = try FilePrinting(launch, printer: printer) else { return try Headless(launch, printer).run() }
  var output = Output()
  if let header = printer.header { output.buffer += Array((header + "\n").utf8) }
  return printingStatus(launch) {
    do { return try printing.run(to: &output) } catch is FilePrinting.CutShort {
      complain("\(printing.file.name): was cut short while it was read")
      throw Stopped()
    }
  }
}

/// Prints how the query would be evaluated.
private func explain(_ launch: Launch) throws -> Int32 {
  let context = QueryContext(
    now: Clock.now, zone: launch.zone ?? ZoneDatabase.local, savedFilters: launch.configuration.filters)
  let plan = try PipelinePlan(QueryParser.parse(launch.queryText), context: context)
  write(plan.explanation.map { Sanitiser.sanitised($0) + "\n" }.joined(), to: STDOUT_FILENO)
  return ExitStatus.matched
}

/// Printing that ended with a failure which has been told.
struct Stopped: Error {}

/// Runs the printing; what its end means for the exit status.
func printingStatus(_ launch: Launch, isFlawed: Bool = false, _ printing: () throws -> Bool) -> Int32 {
  do {
    let isMatched = try printing()
    return isFlawed ? ExitStatus.failure : isMatched ? ExitStatus.matched : ExitStatus.nothing
  } catch let diagnostic as Diagnostic {
    write(Sanitiser.sanitised(diagnostic.rendered(query: launch.queryText)) + "\n", to: STDERR_FILENO)
  } catch Output.Ending.readerLeft {
    return ExitStatus.matched
  } catch Output.Ending.failed(let reason) {
    complain("standard output: \(reason)")
  } catch is Stopped {
    return ExitStatus.failure
  } catch {
    complain("\(error)")
  }
  return ExitStatus.failure
}
