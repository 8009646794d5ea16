import Analysis
import Drawing
import LogFiles
import Quantities
import Timelines

/// Which records leave the log.
public enum RecordSelection: Equatable, Sendable {
  /// All between two records of the view, in either order, and these two.
  case between(Place, Place)
  /// All that the view shows.
  case shown
  /// All of every source, whatever is shown.
  case all
}

/// How records and results are written.
public enum OutputForm: String, CaseIterable, Sendable {
  /// Records as they stand in their logs; a result in aligned columns.
  case text
  /// An array of JSON, one element a line.
  case json
  /// One JSON object a line.
  case jsonLines = "jsonl"
  /// Comma-separated values with a header (RFC 4180).
  case csv

  /// What the end of a file's name asks for; text for any other.
  public init(ofFile name: String) {
    let last = name.split(separator: "/").last ?? ""
    let suffix = last.lastIndex(of: ".").map { last[last.index(after: $0)...].lowercased() }
    self =
      switch suffix {
      case "json": .json
      case "jsonl", "ndjson": .jsonLines
      case "csv": .csv
      default: .text
      }
  }
}

/// A program that takes the terminal for a while.
public enum TerminalProgram: Equatable, Sendable {
  /// `$VISUAL` or `$EDITOR`.
  case editor
  /// `$PAGER`.
  case pager

  /// What it is called in messages.
  public var name: String { self == .editor ? "editor" : "pager" }
}

/// Something to be given out of the program.
public struct OutputRequest: Sendable {
  /// What is given out.
  public enum Content: Sendable {
    /// Records.
    case records(RecordSelection)
    /// A result, its rows in the order of the screen; times in `zone` where it is text.
    case table(ResultTable, zone: Zone)
  }

  /// Where it goes.
  public enum Target: Equatable, Sendable {
    /// The clipboard of the terminal.
    case clipboard
    /// The input of a shell command.
    case command(String)
    /// A file, made for it.
    case file(path: String, replaces: Bool, thenQuits: Bool)
    /// A program on the terminal, which is given a file.
    case program(TerminalProgram)
  }

  /// Counts up with every request.
  public var id: Int
  /// What is given out.
  public var content: Content
  /// How it is written.
  public var form: OutputForm
  /// Where it goes.
  public var target: Target

  /// What is done, and with what, for the status line: `writing`, `x.csv`.
  public var deed: (verb: String, object: String) {
    switch target {
    case .clipboard: ("copying", "")
    case .command(let text): ("running", text)
    case .file(let path, _, _): ("writing", path)
    case .program(let program): ("preparing", program.name)
    }
  }
}

/// What a request came to.
public struct OutputAnswer: Sendable {
  /// How it ended.
  public enum Outcome: Sendable {
    /// All of it was read, to be copied; `bytes` is nil where there are more than a clipboard takes.
    case collected(bytes: [UInt8]?, size: Int, count: Int)
    /// A command ended: the beginning of what it printed, how many bytes it printed in all, and how it ended where that
    /// was no success.
    case ran(text: [UInt8], size: Int, failure: String?)
    /// A file was written.
    case written(count: Int)
    /// A file is there for a program on the terminal, which is to show `line`; one made for it is removed afterwards.
    case prepared(path: String, line: Int?, isTemporary: Bool)
    /// It did not work; the sentence says why.
    case failed(String)
  }

  /// The request's `id`.
  public var id: Int
  /// How it ended.
  public var outcome: Outcome

  /// Makes an answer.
  public init(id: Int, outcome: Outcome) {
    self.id = id
    self.outcome = outcome
  }
}

/// What is being given out.
public struct OutputState: Sendable {
  /// Counts the requests.
  public var requestCount = 0
  /// The request at work; nil when none is.
  public var inFlight: OutputRequest?
  /// When it was sent.
  public var sent = Timestamp.distantPast
  /// How far it is, 0 to 1; nil where that cannot be known.
  public var progress: Double?
  /// A request that waits for the view that is being built.
  var waiting: OutputRequest?

  /// How long something takes before the status line says so.
  static let patience = TimeSpan.milliseconds(300)

  /// Nothing at work.
  public init() {}
}
