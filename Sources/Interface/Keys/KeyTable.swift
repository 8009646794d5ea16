/// One row of the table of keys: what configuration, help, the status line and the dispatcher all read.
public struct KeyTableRow: Sendable {
  /// What it does.
  public let action: Action
  /// The pane that binds it.
  public let pane: Pane
  /// The keys, in the notation of `Key.sequence(named:)`; a sequence has spaces between its keys.
  public let keys: [String]
  /// The sentence in the help.
  public let help: String
  /// One or two words for the status line; nil where it is never shown there.
  public let hint: String?

  fileprivate init(_ action: Action, _ pane: Pane, _ keys: [String], _ help: String, hint: String? = nil) {
    self.action = action
    self.pane = pane
    self.keys = keys
    self.help = help
    self.hint = hint
  }
}

/// The keys as they are without configuration, in the order of the help.
public enum KeyTable {
  /// All rows.
  public static let rows = log + result + detail + panels + sources + columns + help + text + lists + prompt

  private static let log: [KeyTableRow] = [
    .init(.down, .log, ["j", "down"], "down"),
    .init(.up, .log, ["k", "up"], "up"),
    .init(.pageDown, .log, ["space", "f", "pgdn", "ctrl-f"], "a page down"),
    .init(.pageUp, .log, ["b", "pgup", "ctrl-b"], "a page up"),
    .init(.halfPageDown, .log, ["d", "ctrl-d"], "half a page down"),
    .init(.halfPageUp, .log, ["u", "ctrl-u"], "half a page up"),
    .init(.first, .log, ["g", "home", "<"], "the first record; with a number, that line"),
    .init(.last, .log, ["G", "end", ">"], "the last record, and follow; with a number, that line"),
    .init(.percent, .log, ["%"], "to N percent"),
    .init(.left, .log, ["h", "left"], "sideways to the left"),
    .init(.right, .log, ["l", "right"], "sideways to the right"),
    .init(.previousRecord, .log, ["{"], "the record before"),
    .init(.nextRecord, .log, ["}"], "the record after"),
    .init(.follow, .log, ["F"], "follow; moving up pauses", hint: "follow"),
    .init(.cancel, .log, ["ctrl-c"], "cancel work, else pause following"),
    .init(.search, .log, ["/"], "search in what is shown", hint: "search"),
    .init(.searchNext, .log, ["n"], "the next match of the search"),
    .init(.searchPrevious, .log, ["N"], "the match before"),
    .init(.searchWord, .log, ["*"], "search for the word at hand"),
    .init(.editFilter, .log, ["i", "&"], "edit the filter", hint: "filter"),
    .init(.toggleMatches, .log, ["x"], "only matches, or all with the matches bright"),
    .init(.cycleContext, .log, ["C"], "0, 3 or 10 records of context around matches"),
    .init(.include, .log, ["+"], "filter for the value at hand, or one picked"),
    .init(.exclude, .log, ["-"], "filter out the value at hand, or one picked"),
    .init(.savedFilters, .log, ["@"], "saved filters, toggled by name"),
    .init(.undo, .log, ["U"], "undo the last change of view"),
    .init(.backToResult, .log, ["backspace"], "back to the result that a row was opened from"),
    .init(.nextError, .log, ["e"], "the next error or worse"),
    .init(.previousError, .log, ["E"], "the error before"),
    .init(.nextWarning, .log, ["] w"], "the next warning"),
    .init(.previousWarning, .log, ["[ w"], "the warning before"),
    .init(.nextSpike, .log, ["] s"], "the next spike of the selected panel or the volume"),
    .init(.previousSpike, .log, ["[ s"], "the spike before"),
    .init(.nextGap, .log, ["] g"], "the next gap: a long silence of what is shown"),
    .init(.previousGap, .log, ["[ g"], "the gap before"),
    .init(.nextBurst, .log, ["] e"], "the next burst of errors"),
    .init(.previousBurst, .log, ["[ e"], "the burst before"),
    .init(.nextAlert, .log, ["] a"], "where the next alert began to fire"),
    .init(.previousAlert, .log, ["[ a"], "where the alert before did"),
    .init(.nextBookmark, .log, ["] b"], "the next bookmark"),
    .init(.previousBookmark, .log, ["[ b"], "the bookmark before"),
    .init(.bookmark, .log, ["m"], "set or remove a bookmark"),
    .init(.bookmarks, .log, ["'"], "the bookmarks"),
    .init(.note, .log, ["alt-m"], "a bookmark with a note"),
    .init(.nowLine, .log, ["M"], "a line at the present time"),
    .init(.back, .log, ["' '", "ctrl-o", "alt-left"], "back to the place before the jump"),
    .init(.forward, .log, ["alt-right"], "forward again"),
    .init(.details, .log, ["enter"], "all fields of the record", hint: "details"),
    .init(.copyRecord, .log, ["y"], "copy the record, or those selected"),
    .init(.copyMenu, .log, ["Y"], "copy a field, the message, JSON, the place, this view's command line"),
    .init(.select, .log, ["V"], "select records: move, then y copies, | pipes, :w saves, + filters"),
    .init(.editRecord, .log, ["v"], "open the record's file at its line in $VISUAL or $EDITOR"),
    .init(.pipeRecords, .log, ["|"], "the record, those selected, or the result into a command"),
    .init(.timeColumn, .log, ["t"], "time, with date, relative, since the bookmark, or none"),
    .init(.timeZone, .log, ["T"], "zone: as written, local, UTC"),
    .init(.wrap, .log, ["w"], "wrap long lines"),
    .init(.columns, .log, ["r"], "as written, or in columns"),
    .init(.lineNumbers, .log, ["#"], "line numbers and files"),
    .init(.chooseColumns, .log, ["c"], "choose the columns of the format at hand"),
    .init(.fold, .log, ["R"], "as it is; one line a record; repeats folded too"),
    .init(.highlightWord, .log, ["H"], "highlight the word at hand, or end it"),
    .init(.onlySourceAtHand, .log, ["o"], "only the source of the record, or all again"),
    .init(.muteSourceAtHand, .log, ["O"], "mute the source of the record"),
    .init(.whereAmI, .log, ["="], "where am I; choose a format"),
    .init(.sources, .log, ["s"], "the sources", hint: "sources"),
    .init(.focusPanels, .log, ["p"], "to the panels and the time axis"),
    .init(.hidePanels, .log, ["P"], "hide or show the panels"),
    .init(.zoomIn, .log, ["z"], "zoom the time axis in, around the cursor or to the span selected"),
    .init(.zoomOut, .log, ["Z"], "zoom it out"),
    .init(.nextPane, .log, ["tab"], "the next pane"),
    .init(.previousPane, .log, ["shift-tab"], "the pane before"),
    .init(.stepOut, .log, ["esc"], "one step out; never quits, keeps the filter"),
    .init(.closePane, .log, ["q"], "close the pane; at the log, quit"),
    .init(.quit, .log, ["Q"], "quit at once"),
    .init(.command, .log, [":"], "commands; :120 line, :14:05 time, :e FILE, :w FILE", hint: "commands"),
    .init(.help, .log, ["?", "f1"], "this help", hint: "help"),
    .init(.redraw, .log, ["ctrl-l"], "draw the screen again"),
    .init(.suspend, .log, ["ctrl-z"], "suspend"),
    .init(.mouse, .log, ["f2"], "mouse on or off"),
  ]

  private static let result: [KeyTableRow] = [
    .init(.down, .result, ["j", "down"], "the next row"),
    .init(.up, .result, ["k", "up"], "the row before"),
    .init(.pageDown, .result, ["space", "f", "pgdn", "ctrl-f"], "a page down"),
    .init(.pageUp, .result, ["b", "pgup", "ctrl-b"], "a page up"),
    .init(.halfPageDown, .result, ["d", "ctrl-d"], "half a page down"),
    .init(.halfPageUp, .result, ["u", "ctrl-u"], "half a page up"),
    .init(.first, .result, ["g", "home", "<"], "the first row"),
    .init(.last, .result, ["G", "end", ">"], "the last row"),
    .init(.left, .result, ["h", "left"], "a column to the left; in a chart earlier"),
    .init(.right, .result, ["l", "right"], "a column to the right; in a chart later"),
    .init(.drillDown, .result, ["enter"], "the records of the row; Backspace comes back", hint: "records"),
    .init(.include, .result, ["+"], "only the records of the row, in the same result"),
    .init(.exclude, .result, ["-"], "without the records of the row"),
    .init(.sortNext, .result, ["o"], "sort by the next column", hint: "sort"),
    .init(.sortReverse, .result, ["O"], "sort the other way round"),
    .init(.foldNode, .result, ["z"], "fold or unfold the node of a tree"),
    .init(.foldAll, .result, ["x"], "fold or unfold the whole tree"),
    .init(.resultForm, .result, ["c"], "as a table, as lines, bars or sparklines", hint: "chart"),
    .init(.pinResult, .result, ["a"], "keep it as a panel"),
    .init(.copyRecord, .result, ["y"], "copy the row, tabs between its cells"),
    .init(.search, .result, ["/"], "search the rows"),
    .init(.searchNext, .result, ["n"], "the next row that has it"),
    .init(.searchPrevious, .result, ["N"], "the row before that has it"),
    .init(.stepOut, .result, ["esc"], "back to the log, without the pipeline", hint: "log"),
  ]

  private static let detail: [KeyTableRow] = [
    .init(.down, .detail, ["j", "down"], "the next field"),
    .init(.up, .detail, ["k", "up"], "the field before"),
    .init(.pageDown, .detail, ["space", "f", "pgdn", "ctrl-f"], "a page down"),
    .init(.pageUp, .detail, ["b", "pgup", "ctrl-b"], "a page up"),
    .init(.first, .detail, ["g", "home", "<"], "the first field"),
    .init(.last, .detail, ["G", "end", ">"], "the last field"),
    .init(.topValues, .detail, ["enter"], "the field's top values", hint: "top values"),
    .init(.include, .detail, ["+"], "filter for the field's value", hint: "only this"),
    .init(.exclude, .detail, ["-"], "filter out the field's value", hint: "without"),
    .init(.detailForm, .detail, ["r"], "fields, or the raw text", hint: "raw"),
  ]

  private static let panels: [KeyTableRow] = [
    .init(.earlier, .panels, ["h", "left"], "earlier; the log goes along", hint: "earlier"),
    .init(.later, .panels, ["l", "right"], "later; the log goes along", hint: "later"),
    .init(.beginSpan, .panels, ["space"], "select a span from here; h and l extend it", hint: "span"),
    .init(.down, .panels, ["j", "down"], "the next panel"),
    .init(.up, .panels, ["k", "up"], "the panel before"),
    .init(.first, .panels, ["g", "home", "<"], "to the beginning of the axis"),
    .init(.last, .panels, ["G", "end", ">"], "to its end"),
    .init(.addPanel, .panels, ["a"], "add a panel", hint: "add"),
    .init(.editPanel, .panels, ["e"], "edit the panel"),
    .init(.removePanel, .panels, ["D"], "remove the panel"),
    .init(.growPanel, .panels, ["+"], "higher: more rows for the panel"),
    .init(.shrinkPanel, .panels, ["-"], "lower"),
    .init(.fillScreen, .panels, ["f"], "the panel over most of the screen, or all again"),
    .init(.panelSeries, .panels, ["o"], "a row for each of its series, or all in one"),
    .init(.panelStyle, .panels, ["c"], "as bars, as lines, of a histogram also as heat"),
    .init(.panelScale, .panels, ["s"], "its scale logarithmic, or linear"),
    .init(.lockScale, .panels, ["S"], "lock its scale as it is now, or let it follow the values"),
    .init(.sharedScale, .panels, ["="], "one scale for all panels of a unit, or each its own"),
    .init(.movePanelDown, .panels, ["J"], "move the panel down"),
    .init(.movePanelUp, .panels, ["K"], "move it up"),
    .init(.hidePanel, .panels, ["x"], "hide the panel"),
    .init(.showHiddenPanels, .panels, ["X"], "show the hidden panels again"),
    .init(.showTrace, .panels, ["t"], "the records of the trace of the exemplar in the column"),
    .init(.toggleAlerts, .panels, ["A"], "mark alerts on the time axis, or not"),
    .init(.savePanels, .panels, ["w"], "keep the panels as a named set; :panels NAME shows one"),
    .init(.panEarlier, .panels, ["H"], "half a width earlier, where the axis is zoomed"),
    .init(.panLater, .panels, ["L"], "half a width later"),
    .init(.wholeAxis, .panels, ["0"], "the whole axis again"),
    .init(.takeSpan, .panels, ["enter"], "make the span the filter; without one back to the log"),
    .init(.stepOut, .panels, ["esc"], "drop the span; without one back to the log"),
  ]

  private static let sources: [KeyTableRow] = [
    .init(.down, .sources, ["j", "down"], "the next source"),
    .init(.up, .sources, ["k", "up"], "the source before"),
    .init(.pageDown, .sources, ["pgdn", "ctrl-f"], "a page down"),
    .init(.pageUp, .sources, ["pgup", "ctrl-b"], "a page up"),
    .init(.first, .sources, ["g", "home", "<"], "the first source"),
    .init(.last, .sources, ["G", "end", ">"], "the last source"),
    .init(.toggleSource, .sources, ["space", "enter"], "hide or show it", hint: "hide"),
    .init(.onlySource, .sources, ["o"], "only this one, or all again", hint: "only"),
    .init(.sourceFormat, .sources, ["f"], "choose its format", hint: "format"),
    .init(.sourceZone, .sources, ["z"], "the zone of stamps that name none", hint: "zone"),
    .init(.sourceClock, .sources, ["c"], "move its stamps, where its clock was wrong"),
  ]

  private static let columns: [KeyTableRow] = [
    .init(.down, .columns, ["j", "down"], "the next column"),
    .init(.up, .columns, ["k", "up"], "the column before"),
    .init(.pageDown, .columns, ["pgdn", "ctrl-f"], "a page down"),
    .init(.pageUp, .columns, ["pgup", "ctrl-b"], "a page up"),
    .init(.first, .columns, ["g", "home"], "the first column"),
    .init(.last, .columns, ["G", "end"], "the last column"),
    .init(.toggleColumn, .columns, ["space", "enter"], "show or hide it", hint: "show"),
    .init(.moveColumnDown, .columns, ["J"], "move it to the right", hint: "move"),
    .init(.moveColumnUp, .columns, ["K"], "move it to the left"),
    .init(.widenColumn, .columns, [">"], "wider; with a number, by so much", hint: "wider"),
    .init(.narrowColumn, .columns, ["<"], "narrower"),
    .init(.fitColumn, .columns, ["a"], "as wide as its values"),
    .init(.resetColumns, .columns, ["r"], "forget what was chosen for the format"),
  ]

  private static let help: [KeyTableRow] = [
    .init(.down, .help, ["j", "down"], "down"),
    .init(.up, .help, ["k", "up"], "up"),
    .init(.pageDown, .help, ["space", "f", "pgdn", "ctrl-f"], "a page down"),
    .init(.pageUp, .help, ["b", "pgup", "ctrl-b"], "a page up"),
    .init(.halfPageDown, .help, ["d", "ctrl-d"], "half a page down"),
    .init(.halfPageUp, .help, ["u", "ctrl-u"], "half a page up"),
    .init(.first, .help, ["g", "home", "<"], "the beginning; with a number, that line"),
    .init(.last, .help, ["G", "end", ">"], "the end"),
    .init(.search, .help, ["/", "i", "&"], "find in the help", hint: "find"),
    .init(.closePane, .help, ["q", "?", "f1"], "close the help", hint: "close"),
    .init(.stepOut, .help, ["esc"], "one step out"),
    .init(.command, .help, [":"], "commands"),
    .init(.quit, .help, ["Q"], "quit at once"),
    .init(.cancel, .help, ["ctrl-c"], "cancel work"),
    .init(.redraw, .help, ["ctrl-l"], "draw the screen again"),
    .init(.suspend, .help, ["ctrl-z"], "suspend"),
  ]

  private static let text: [KeyTableRow] = [
    .init(.down, .text, ["j", "down"], "down"),
    .init(.up, .text, ["k", "up"], "up"),
    .init(.pageDown, .text, ["space", "f", "pgdn", "ctrl-f"], "a page down"),
    .init(.pageUp, .text, ["b", "pgup", "ctrl-b"], "a page up"),
    .init(.halfPageDown, .text, ["d", "ctrl-d"], "half a page down"),
    .init(.halfPageUp, .text, ["u", "ctrl-u"], "half a page up"),
    .init(.first, .text, ["g", "home", "<"], "the beginning; with a number, that line"),
    .init(.last, .text, ["G", "end", ">"], "the end"),
    .init(.left, .text, ["h", "left"], "sideways to the left"),
    .init(.right, .text, ["l", "right"], "sideways to the right"),
    .init(.search, .text, ["/"], "find in the output", hint: "find"),
    .init(.searchNext, .text, ["n"], "the next line that has it"),
    .init(.searchPrevious, .text, ["N"], "the line before that has it"),
    .init(.copyRecord, .text, ["y"], "copy the output", hint: "copy"),
    .init(.closePane, .text, ["q"], "close the output", hint: "close"),
    .init(.stepOut, .text, ["esc", "ctrl-c"], "one step out"),
    .init(.quit, .text, ["Q"], "quit at once"),
    .init(.help, .text, ["?", "f1"], "the help"),
    .init(.redraw, .text, ["ctrl-l"], "draw the screen again"),
    .init(.suspend, .text, ["ctrl-z"], "suspend"),
  ]

  private static let lists: [KeyTableRow] =
    [Pane.choice, .files].flatMap { pane in
      [
        .init(.down, pane, ["down", "ctrl-n", "tab"], "the next"),
        .init(.up, pane, ["up", "ctrl-p", "shift-tab"], "the one before"),
        .init(.pageDown, pane, ["pgdn", "ctrl-f"], "a page down"),
        .init(.pageUp, pane, ["pgup", "ctrl-b"], "a page up"),
        .init(.first, pane, ["home"], "the first"),
        .init(.last, pane, ["end"], "the last"),
        .init(.accept, pane, ["enter"], "take it; other characters narrow the list", hint: "take"),
        .init(.deleteBackward, pane, ["backspace", "ctrl-h"], "widen the list again"),
        .init(.deleteToStart, pane, ["ctrl-u", "ctrl-w"], "the whole list again"),
        .init(.stepOut, pane, pane == .files ? ["esc"] : ["esc", "ctrl-c"], "one step out", hint: "leave"),
        .init(.redraw, pane, ["ctrl-l"], "draw the screen again"),
        .init(.suspend, pane, ["ctrl-z"], "suspend"),
      ] as [KeyTableRow]
    } + [.init(.quit, .files, ["ctrl-c"], "quit", hint: "quit")]

  private static let prompt: [KeyTableRow] = [
    .init(.accept, .prompt, ["enter"], "take it", hint: "take"),
    .init(.complete, .prompt, ["tab"], "complete", hint: "complete"),
    .init(.completeBackward, .prompt, ["shift-tab"], "the completion before"),
    .init(
      .stepOut, .prompt, ["esc", "ctrl-c", "ctrl-g"], "leave: first the completion, then the prompt", hint: "leave"),
    .init(.historyPrevious, .prompt, ["up", "ctrl-p"], "older entries"),
    .init(.historyNext, .prompt, ["down", "ctrl-n"], "newer entries"),
    .init(.historySearch, .prompt, ["ctrl-r"], "search in older entries"),
    .init(.lineStart, .prompt, ["ctrl-a", "home"], "to the beginning"),
    .init(.lineEnd, .prompt, ["ctrl-e", "end"], "to the end"),
    .init(.characterLeft, .prompt, ["left", "ctrl-b"], "left"),
    .init(.characterRight, .prompt, ["right", "ctrl-f"], "right"),
    .init(.wordLeft, .prompt, ["alt-b", "ctrl-left", "alt-left"], "a word left"),
    .init(.wordRight, .prompt, ["alt-f", "ctrl-right", "alt-right"], "a word right"),
    .init(.deleteBackward, .prompt, ["backspace", "ctrl-h"], "delete the character before; in an empty prompt leave"),
    .init(.deleteForward, .prompt, ["delete", "ctrl-d"], "delete the character at the caret"),
    .init(.deleteWordBackward, .prompt, ["ctrl-w", "alt-backspace"], "kill the word before"),
    .init(.deleteWordForward, .prompt, ["alt-d"], "kill the word after"),
    .init(.deleteToStart, .prompt, ["ctrl-u"], "kill to the beginning"),
    .init(.deleteToEnd, .prompt, ["ctrl-k"], "kill to the end"),
    .init(.yank, .prompt, ["ctrl-y"], "put back what was killed"),
    .init(.repair, .prompt, ["alt-q"], "take the suggested correction of the filter"),
    .init(.help, .prompt, ["f1"], "the query language; in an empty filter also ?", hint: "language"),
    .init(.redraw, .prompt, ["ctrl-l"], "draw the screen again"),
    .init(.suspend, .prompt, ["ctrl-z"], "suspend"),
  ]
}
