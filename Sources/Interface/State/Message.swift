import Quantities

/// A sentence in the status line, until it has been there long enough or a key was pressed.
public struct Message: Equatable, Sendable {
  /// How it is coloured.
  public enum Tone: Equatable, Sendable {
    /// Something to know.
    case plain
    /// Something that may be wrong.
    case warning
    /// Something that went wrong.
    case error
  }

  /// The sentence.
  public var text: String
  /// Its colour.
  public var tone: Tone
  /// When it goes away.
  public var until: Timestamp

  /// Makes a message that stays for `span`.
  public init(_ text: String, tone: Tone = .plain, at now: Timestamp, for span: TimeSpan = .seconds(Int64(6))) {
    self.text = text
    self.tone = tone
    until = now + span
  }
}

/// A question that takes the place of the status line until it is answered.
public struct Question: Equatable, Sendable {
  /// What it is about.
  public enum Kind: Equatable, Sendable {
    /// Quitting would lose records that came through a pipe: `q` quits, `w` saves, Esc stays.
    case quitLosesRecords
    /// Whether to use the configuration found in a log's own folder: `y` yes, anything else no.
    case useFolderConfiguration(path: String)
  }

  /// What it is about.
  public var kind: Kind
  /// The question; shortened on a narrow screen.
  public var text: String
  /// The keys that answer it and what they do: always shown.
  public var answers: String

  /// Makes a question.
  public init(_ kind: Kind, text: String, answers: String) {
    self.kind = kind
    self.text = text
    self.answers = answers
  }
}
