import Analysis
import LogFiles
import Quantities
import QueryLanguage
import Timelines

/// What leaves the log: copies, files, input of commands.
extension State {
  // MARK: Selecting

  /// `V`: begins to select at the cursor, or ends it.
  mutating func toggleSelection() -> [Effect] {
    if selection != nil {
      selection = nil
      return say("nothing is selected")
    }
    guard let row = log.cursorRow else { return say("there are no records") }
    pause()
    selection = RecordMarking(row)
    let keys = [(Action.copyRecord, "copies"), (.pipeRecords, "pipes"), (.stepOut, "drops it")].compactMap {
      action, deed in
      keyName(of: action).map { "\($0) \(deed)" }
    }
    return say("move to select more; " + keys.joined(separator: ", "))
  }

  /// `+`: from the first to the last of the selected records, as a filter.
  mutating func filterBySelection(isNegated: Bool) -> [Effect] {
    guard let selection, let row = log.cursorRow else { return [] }
    if isNegated {
      return say("a stretch of time cannot be left out; \(keyName(of: .include) ?? "+") shows nothing else")
    }
    let unit: Int64 = 1_000_000
    let times = [selection.anchor.time, row.time].sorted()
    let (from, to) = (times[0].floored(to: unit), times[1].floored(to: unit) + .nanoseconds(unit))
    let filter = QueryRefinement.refine(options.filter, from: from.iso8601, to: to.iso8601)
    self.selection = nil
    let effects = apply(filter: filter + " " + options.pipeline)
    if message == nil { say("the time of the selected records is the filter; U goes back") }
    return effects
  }

  /// The first key of an action in the log, as messages name it.
  func keyName(of action: Action) -> String? {
    settings.keymap.keys(for: action, in: .log).first.map { HintText.text(of: $0, settings.glyphs) }
  }

  // MARK: Requests

  /// Why the program may not write, run or edit; nil if it may.
  func secureRefusal(_ what: String) -> String? { settings.isSecure ? "--secure allows no \(what)" : nil }

  /// Sends something out; where another set of records is still being looked for, once it is there.
  mutating func giveOut(
    _ content: OutputRequest.Content, as form: OutputForm = .text, to target: OutputRequest.Target
  ) -> [Effect] {
    output.requestCount += 1
    let request = OutputRequest(id: output.requestCount, content: content, form: form, target: target)
    output.inFlight = request
    output.sent = now
    output.progress = nil
    if view.isFiltering, case .records = content {
      output.waiting = request
      return []
    }
    output.waiting = nil
    return [.giveOut(request)]
  }

  /// What waited for the view that is there now.
  mutating func releaseOutput() -> [Effect] {
    guard !view.isFiltering, let request = output.waiting else { return [] }
    output.waiting = nil
    return [.giveOut(request)]
  }

  /// Gives up what is being given out; nil if nothing is.
  mutating func cancelOutput() -> [Effect]? {
    guard let request = output.inFlight else { return nil }
    output.inFlight = nil
    output.waiting = nil
    switch request.target {
    case .clipboard: say("not copied")
    case .command: say("ended the command")
    case .file(let path, _, _): say("cancelled; \(path) is not written")
    case .program: say("cancelled")
    }
    return [.cancel(.output)]
  }

  /// `y`: the record, or those selected, into the clipboard.
  mutating func copyRecord() -> [Effect] {
    guard let row = log.cursorRow, let records = recordsAtHand else { return say("there are no records") }
    if selection != nil || row.isTruncated || !row.colours.isEmpty { return giveOut(.records(records), to: .clipboard) }
    return copy(row.bytes, what: "1 record")
  }

  /// Copies bytes that are at hand; says what and how.
  mutating func copy(_ bytes: [UInt8], what: String) -> [Effect] {
    guard bytes.count <= ClipboardLimit.bytes else {
      return say(ClipboardLimit.refusal(of: what, size: bytes.count), .warning)
    }
    say("copied \(what), \(TimeText.grouped(bytes.count)) bytes (OSC 52)")
    return [.copy(bytes)]
  }

  // MARK: Answers

  mutating func takeOutputProgress(_ id: Int, _ fraction: Double) -> [Effect] {
    if output.inFlight?.id == id { output.progress = fraction }
    return []
  }

  mutating func take(_ answer: OutputAnswer) -> [Effect] {
    guard let request = output.inFlight, request.id == answer.id else { return [] }
    output.inFlight = nil
    switch answer.outcome {
    case .failed(let text): return say(text, .error)
    case .collected(let bytes, let size, let count):
      let noun = if case .table = request.content { "row" } else { "record" }
      let form = request.form == .text ? "" : " as \(request.form.rawValue.uppercased())"
      let what = "\(TimeText.grouped(count)) \(count == 1 ? noun : noun + "s")\(form)"
      guard let bytes else { return say(ClipboardLimit.refusal(of: what, size: size), .warning) }
      selection = nil
      return copy(bytes, what: what)
    case .written(let count):
      guard case .file(let path, _, let thenQuits) = request.target else { return [] }
      let noun = if case .table = request.content { "row" } else { "record" }
      say("wrote \(TimeText.grouped(count)) \(count == 1 ? noun : noun + "s") to \(path)")
      return thenQuits ? [.quit] : []
    case .ran(let text, let size, let failure):
      guard case .command(let command) = request.target else { return [] }
      return takeOutput(of: command, text, size: size, failure: failure)
    case .prepared(let path, let line, let isTemporary):
      guard case .program(let program) = request.target else { return [] }
      return [.runProgram(program, path: path, line: line, isTemporary: isTemporary)]
    }
  }

  /// What a command printed: one line as a message, more in a pane.
  private mutating func takeOutput(of command: String, _ bytes: [UInt8], size: Int, failure: String?) -> [Effect] {
    let lines = TextPaneState.lines(of: bytes)
    let ending = failure.map { "; \($0)" } ?? ""
    guard lines.count > 1 else {
      let text = lines.first ?? ""
      return say(text.isEmpty ? "\(command): no output\(ending)" : text + ending, failure == nil ? .plain : .warning)
    }
    textPane = TextPaneState(title: command, lines: lines)
    if bytes.count < size {
      return say("the first \(TimeText.grouped(bytes.count)) of \(TimeText.grouped(size)) bytes\(ending)", .warning)
    }
    if let failure { say(failure, .warning) }
    return []
  }

  // MARK: Pipes

  /// `|`: asks for the command that the records, or the result, go into.
  mutating func pipeRecords() -> [Effect] {
    if let refusal = secureRefusal("commands") { return say(refusal, .error) }
    guard showsResult ? result.table != nil : log.cursorRow != nil else { return say("there are no records") }
    return open(.pipe)
  }

  /// Runs the command that was typed.
  mutating func pipe(into command: String) -> [Effect] {
    if let refusal = secureRefusal("commands") { return say(refusal, .error) }
    let command = command.trimmed
    guard !command.isEmpty else { return say("no command; as in | wc -l") }
    if let table = shownTable { return giveOut(.table(table, zone: screenZone), to: .command(command)) }
    guard let records = recordsAtHand else { return say("there are no records") }
    return giveOut(.records(records), to: .command(command))
  }

  /// The result with all of its rows as they are sorted on the screen; nil while the log is shown.
  var shownTable: ResultTable? {
    guard showsResult, var table = result.table else { return nil }
    table.rows = ResultRows.arrange(table, sorting: result.sorting).map { table.rows[$0.index] }
    return table
  }

  // MARK: Programs

  /// `v` and `:pager`: the record, or those selected, in a program that has the terminal meanwhile.
  mutating func show(in program: TerminalProgram) -> [Effect] {
    if let refusal = secureRefusal("\(program.name)") { return say(refusal, .error) }
    if let table = shownTable { return giveOut(.table(table, zone: screenZone), to: .program(program)) }
    guard let records = recordsAtHand else { return say("there are no records") }
    return giveOut(.records(records), to: .program(program))
  }

  // MARK: Files

  /// `:w`: the result that is shown, the records selected, or all that are shown.
  mutating func write(to path: String, as form: OutputForm?, replaces: Bool) -> [Effect] {
    if let refusal = secureRefusal("writing") { return say(refusal, .error) }
    guard !path.isEmpty else { return say(":w needs a file name; .json, .jsonl and .csv choose the form", .error) }
    let target = OutputRequest.Target.file(path: path, replaces: replaces, thenQuits: false)
    let form = form ?? OutputForm(ofFile: path)
    if showsResult {
      guard let table = shownTable else { return say("the result is not there yet", .warning) }
      return giveOut(.table(table, zone: screenZone), as: form, to: target)
    }
    let records = selection == nil ? RecordSelection.shown : recordsAtHand ?? .shown
    return giveOut(.records(records), as: form, to: target)
  }
}

/// How much terminals take into the clipboard at once.
public enum ClipboardLimit {
  /// xterm takes 100,000 characters of base64, and most others as much.
  public static let bytes = 74_994

  static func refusal(of what: String, size: Int) -> String {
    "not copied: \(what), \(TimeText.grouped(size)) bytes, terminals take \(TimeText.grouped(bytes)); | pipes, :w FILE saves"
  }
}
