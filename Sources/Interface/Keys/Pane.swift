/// The parts of the screen that keys can go to.
public enum Pane: String, Hashable, CaseIterable, Sendable {
  /// The rows of the log; always open.
  case log
  /// The result of a pipeline, in the place of the log.
  case result
  /// All fields of the record under the cursor.
  case detail
  /// The panels and the volume.
  case panels
  /// The list of sources.
  case sources
  /// The columns of a format.
  case columns
  /// The help.
  case help
  /// What a command printed; takes all keys while it is open.
  case text
  /// A list to choose one thing from; takes all keys while it is open.
  case choice
  /// The list of files at the start without arguments; takes all keys.
  case files
  /// The line at the bottom that is typed into; takes all keys.
  case prompt

  /// What it is called in help and messages.
  public var title: String {
    switch self {
    case .log: "log"
    case .result: "results"
    case .detail: "details"
    case .panels: "panels"
    case .sources: "sources"
    case .columns: "columns"
    case .help: "help"
    case .text: "output"
    case .choice: "lists"
    case .files: "files"
    case .prompt: "prompts"
    }
  }

  /// Whether keys that it does not bind go on to the log (modal panes keep them).
  public var fallsThrough: Bool {
    switch self {
    case .result, .detail, .panels, .sources, .columns: true
    case .log, .help, .text, .choice, .files, .prompt: false
    }
  }

  /// Whether `Tab` stops here.
  public var isVisitedByTab: Bool {
    switch self {
    case .log, .result, .detail, .panels, .sources, .columns: true
    case .help, .text, .choice, .files, .prompt: false
    }
  }
}
