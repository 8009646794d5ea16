import LogFiles

/// What a person chose to see: everything that `U` undoes.
public struct ViewOptions: Equatable, Sendable {
  /// The time column.
  public enum TimeColumn: String, CaseIterable, Equatable, Sendable {
    /// Clock time; the date stands in rows of its own.
    case time
    /// Date and clock time.
    case date
    /// How long before the present, or before the record under the cursor.
    case relative
    /// How long before or after the record that was marked last; passed over while none is.
    case sinceMark = "since the mark"
    /// No time.
    case off
  }

  /// The zone of times on the screen.
  public enum Zone: String, CaseIterable, Equatable, Sendable {
    /// As written if all files agree, else the display zone.
    case written
    /// The display zone (`--tz`, default the machine's).
    case local
    /// UTC.
    case utc
  }

  /// How records are laid out.
  public enum Form: String, CaseIterable, Equatable, Sendable {
    /// As written for one text file, columns for anything else.
    case automatic
    /// As written.
    case raw
    /// In columns.
    case columns
  }

  /// What is left out of a row that stands for more.
  public enum Fold: String, CaseIterable, Equatable, Sendable {
    /// Nothing: every line of every record.
    case none = "off"
    /// Continuation lines, which are counted behind the first.
    case lines
    /// Also records that say the same as the one before but for numbers, identifiers, addresses and the like.
    case repeats
    /// Also records whose message is the same byte for byte.
    case identical
  }

  /// The text of the filter; empty shows everything.
  public var filter = ""
  /// What follows the filter, from its first `|` on: the result takes the place of the log. Empty shows the log.
  public var pipeline = ""
  /// Whether records that do not match are left out.
  public var showsOnlyMatches = true
  /// Whether the search, in place of a filter, says what matches.
  public var filtersBySearch = false
  /// Records of context around each match.
  public var context = 0
  /// Sources that are hidden.
  public var hidden: Set<FileID> = []
  /// The time column.
  public var timeColumn = TimeColumn.time
  /// The zone.
  public var zone = Zone.written
  /// Raw or columns.
  public var form = Form.automatic
  /// Whether long lines wrap.
  public var wraps = false
  /// What is folded.
  public var fold = Fold.none
  /// Whether line numbers and files are shown.
  public var showsLineNumbers = false
  /// The part of the time that the axis shows; nil shows all. While following only its length counts: it ends with the
  /// newest record.
  public var zoom: TimeAxis?
  /// The stretch of the axis that is selected.
  public var span: SpanSelection?

  /// The kind of repeats that are folded; none where only lines are.
  var repeats: Fold { fold == .repeats || fold == .identical ? fold : .none }

  /// The options of a fresh start.
  public init() {}

  /// The filter with its pipeline, as it is typed.
  public var query: String {
    pipeline.isEmpty ? filter : filter.isEmpty ? pipeline : filter + " " + pipeline
  }

  /// Whether a change from `other` needs another set of records, not only another drawing.
  public func selectsOtherRecords(than other: ViewOptions) -> Bool {
    filter != other.filter || showsOnlyMatches != other.showsOnlyMatches || context != other.context
      || hidden != other.hidden || filtersBySearch != other.filtersBySearch
  }
}
