/// What a piece of the screen means; a theme says how it looks.
///
/// A role's name in a theme file is its path there: `fieldKey` is `"field": { "key": ... }`.
public enum Role: Hashable, Sendable {
  /// Ordinary text, and the background of the whole screen.
  case text
  /// Text that may be overlooked: units, hints, what is being replaced.
  case dim
  /// The header line: base, the names of files, following, paused, a warning.
  case header, headerTitle, headerLive, headerPaused, headerWarning
  /// The line between panels and log: base, the times on it, the time under the cursor.
  case axis, axisLabel, axisCursor
  /// The column of the cursor's time in the panels.
  case timeCursor
  /// The row under the cursor, and the bar at its left.
  case cursor, cursorBar
  /// Text that the filter matches; text that the search matches; the hit the search stands on.
  case match, search, searchCurrent
  /// Selected text or rows.
  case selection
  /// A bookmark, a marker row (`rotated 14:12`), a sticky row with the date.
  case bookmark, marker, date
  /// The time of a record, its message, its continuation lines.
  case time, message, continuation
  /// A severity level, 0 (trace) to 7 (fatal), and a record of no known level.
  case level(UInt8), levelUnknown
  /// The parts of a field, by what kind of value it has.
  case fieldKey, fieldString, fieldNumber, fieldBoolean, fieldNull, fieldAddress, fieldIdentifier, fieldURL, fieldPath,
    fieldDuration
  /// Brackets, commas and equal signs; bytes that are shown by a substitute.
  case punctuation, substitute
  /// The colour of a source, any number; themes have a few and they repeat.
  case source(Int)
  /// A panel: title, bars, bars above the warning or the error limit, numbers, old data, a fault.
  case panelTitle, panelSpark, panelWarn, panelOver, panelNumber, panelStale, panelFault
  /// Bars of the volume row that hold nothing worse than information.
  case volume
  /// The status line: base, a key, a message.
  case status, statusKey, statusMessage
  /// A prompt: its label, the text in it, parts of a query.
  case prompt, promptText, queryField, queryOperator, queryValue, queryKeyword
  /// A mistake, and a warning, wherever they stand.
  case error, warning
  /// A pane or list over the log: base, border, title, the chosen line.
  case popup, popupBorder, popupTitle, popupSelected
  /// A heading in help and details.
  case heading
  /// Progress of work.
  case progress

  /// The levels' names in theme files, mildest first.
  public static let levelNames = ["trace", "debug", "info", "notice", "warn", "error", "critical", "fatal"]

  /// How many colours of sources a theme has.
  public static let sourceCount = 12

  /// The path in a theme file.
  public var path: String {
    switch self {
    case .level(let level): "level." + Role.levelNames[min(7, Int(level))]
    case .levelUnknown: "level.unknown"
    case .source(let number): "source.\(Role.sourceIndex(number))"
    default: Role.pathsByRole[self] ?? "text"
    }
  }

  static func sourceIndex(_ number: Int) -> Int { (number % sourceCount + sourceCount) % sourceCount }

  /// All roles, sources counted out.
  public static let all: [Role] =
    plain.map(\.0) + (0..<8).map { .level($0) } + [.levelUnknown] + (0..<sourceCount).map { .source($0) }

  private static let pathsByRole = Dictionary(uniqueKeysWithValues: plain.map { ($0.0, $0.1) })

  private static let plain: [(Role, String)] = [
    (.text, "text"), (.dim, "dim"),
    (.header, "header.base"), (.headerTitle, "header.title"), (.headerLive, "header.live"),
    (.headerPaused, "header.paused"), (.headerWarning, "header.warning"),
    (.axis, "axis.base"), (.axisLabel, "axis.label"), (.axisCursor, "axis.cursor"), (.timeCursor, "axis.column"),
    (.cursor, "cursor.row"), (.cursorBar, "cursor.bar"),
    (.match, "match"), (.search, "search.any"), (.searchCurrent, "search.current"), (.selection, "selection"),
    (.bookmark, "bookmark"), (.marker, "marker"), (.date, "date"),
    (.time, "time"), (.message, "message"), (.continuation, "continuation"),
    (.fieldKey, "field.key"), (.fieldString, "field.string"), (.fieldNumber, "field.number"),
    (.fieldBoolean, "field.boolean"), (.fieldNull, "field.null"), (.fieldAddress, "field.address"),
    (.fieldIdentifier, "field.identifier"), (.fieldURL, "field.url"), (.fieldPath, "field.path"),
    (.fieldDuration, "field.duration"), (.punctuation, "field.punctuation"), (.substitute, "substitute"),
    (.panelTitle, "panel.title"), (.panelSpark, "panel.spark"), (.panelWarn, "panel.warn"), (.panelOver, "panel.over"),
    (.panelNumber, "panel.number"), (.panelStale, "panel.stale"), (.panelFault, "panel.fault"),
    (.volume, "panel.volume"),
    (.status, "status.base"), (.statusKey, "status.key"), (.statusMessage, "status.message"),
    (.prompt, "prompt.label"), (.promptText, "prompt.text"), (.queryField, "prompt.field"),
    (.queryOperator, "prompt.operator"), (.queryValue, "prompt.value"), (.queryKeyword, "prompt.keyword"),
    (.error, "error"), (.warning, "warning"),
    (.popup, "popup.base"), (.popupBorder, "popup.border"), (.popupTitle, "popup.title"),
    (.popupSelected, "popup.selected"), (.heading, "heading"), (.progress, "progress"),
  ]
}
