import Matching
import Quantities

/// How the rows of the log are decorated, apart from what `ViewOptions` says: nothing here selects records.
public struct LogPaneState: Sendable {
  /// Words in colours of their own, the first one made first.
  public var highlights: [WordHighlight] = []
  /// The columns that were chosen.
  public var columns = ColumnsState()
  /// Where errors and matches lie among the records shown; nil until it is known.
  public var minimap: Minimap?
  /// The last one asked for.
  var requestedMinimap: MinimapRequest?
  /// When it was asked for.
  var minimapAsked = Timestamp.distantPast

  /// Makes a pane without decoration.
  public init() {}
}

/// A word, or a regular expression, in a colour of its own wherever it stands in the log.
public struct WordHighlight: Sendable {
  /// As it was typed: a word, or `/expression/`.
  public var text: String
  /// Its colour.
  public var colour: HighlightColour
  /// What is looked for; a word without capital letters is found in any case, as searches are.
  public var pattern: Pattern

  /// Makes a highlight; nil for the empty text and for an expression that cannot be read.
  public init?(_ text: String, colour: HighlightColour) {
    let ignoresCase = !text.contains(where: \.isUppercase)
    let expression = text.count > 2 && text.hasPrefix("/") && text.hasSuffix("/") ? text.dropFirst().dropLast() : nil
    if let expression {
      let options = PatternOptions(ignoresCase: ignoresCase)
      guard let pattern = try? Pattern(String(expression), options: options) else { return nil }
      self.pattern = pattern
    } else {
      guard !text.isEmpty else { return nil }
      pattern = Pattern.literal(text, ignoresCase: ignoresCase)
    }
    self.text = text
    self.colour = colour
  }
}

/// The colours that words are highlighted in, in the order in which they are given out.
public enum HighlightColour: String, CaseIterable, Sendable {
  case magenta, green, blue, red, yellow, cyan
}

/// Where errors and matches lie: one mark a row of the scroll bar.
public struct Minimap: Equatable, Sendable {
  /// What is among the records that one row stands for.
  public struct Mark: Equatable, Sendable {
    /// How many are errors, or worse.
    public var errors = 0
    /// How many the search matches, or the filter where all records are shown.
    public var matches = 0

    /// Makes a mark.
    public init(errors: Int = 0, matches: Int = 0) {
      self.errors = errors
      self.matches = matches
    }
  }

  /// The request that it answers.
  public var request: MinimapRequest
  /// One entry a row.
  public var marks: [Mark]

  /// Makes a map.
  public init(request: MinimapRequest, marks: [Mark]) {
    self.request = request
    self.marks = marks
  }
}
