import Drawing

/// Where a list over the log stands, for its view and for the mouse.
struct ChoiceLayout {
  /// The box with its border.
  let rect: Rect
  /// Columns of the labels.
  let labelColumns: Int
  /// Whether there is a line to narrow the list with.
  let isNarrowed: Bool
  /// The first item shown.
  let first: Int
  private let count: Int

  init(_ choice: Choice, size: Size) {
    let items = choice.shown
    labelColumns = min(40, items.map { CharacterWidth.columns(of: $0.label) }.max() ?? 0)
    let details = items.map { CharacterWidth.columns(of: $0.detail) }.max() ?? 0
    let hint = choice.hint
    let wanted = max(
      labelColumns + (details > 0 ? details + 2 : 0) + 6, choice.title.count + 6, hint.count + 6, 24)
    isNarrowed = choice.purpose != .continuations
    let height = min(max(1, items.count) + 2 + (isNarrowed ? 1 : 0), max(3, size.rows - 4))
    rect = Rect(
      column: 0, row: max(0, size.rows - 1 - height), columns: min(wanted, size.columns), rows: height)
    let room = height - 2 - (isNarrowed ? 1 : 0)
    first = max(0, min(choice.selected - room / 2, items.count - room))
    count = items.count
  }

  /// How many items are shown at once.
  var room: Int { rect.size.rows - 2 - (isNarrowed ? 1 : 0) }

  /// The index of the item in a row of the screen; nil where there is none.
  func item(atRow row: Int) -> Int? {
    let offset = row - rect.row - 1
    guard (0..<max(0, room)).contains(offset), first + offset < count else { return nil }
    return first + offset
  }
}

extension Choice {
  /// What stands where the narrowing is typed.
  var hint: String {
    if isLoading { return "counting" }
    return items.isEmpty ? "there are none" : "type to narrow"
  }
}
