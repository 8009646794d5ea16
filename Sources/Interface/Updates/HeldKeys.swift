import Drawing

/// Keys that come faster than the rows: `g y` copies the first record also where both keys arrive before it does.
///
/// What concerns the record under the cursor waits while the cursor is on its way, and so does what is typed after it.
extension State {
  /// Actions that take the record under the cursor.
  private static let needingCursor: Set<Action> = [
    .select, .copyRecord, .copyMenu, .note, .pipeRecords, .editRecord, .details, .bookmark, .include, .exclude,
    .searchWord,
    .whereAmI, .onlySourceAtHand, .muteSourceAtHand, .highlightWord,
  ]

  /// How many keys wait at most; more than anyone types.
  private static let heldLimit = 1000

  /// Whether `key` waits for the cursor; Esc and ^C never do, and end the waiting.
  mutating func holds(_ key: Key) -> Bool {
    if key == .escape || key == .control("c") {
      heldKeys = []
      return false
    }
    if heldKeys.isEmpty {
      guard isCursorOnItsWay, focus == .log, keys.sequence.isEmpty else { return false }
      switch settings.keymap.lookup([key], in: .log) {
      case .action(let action), .both(let action): guard Self.needingCursor.contains(action) else { return false }
      case .none, .prefix: return false
      }
    }
    if heldKeys.count < Self.heldLimit { heldKeys.append(key) }
    return true
  }

  private var isCursorOnItsWay: Bool { log.pending?.movesCursor == true }

  /// Presses what waited, until one must wait again.
  mutating func releaseKeys() -> [Effect] {
    var effects: [Effect] = []
    while !isCursorOnItsWay, !heldKeys.isEmpty {
      let waiting = heldKeys
      heldKeys = []
      var index = 0
      while index < waiting.count, heldKeys.isEmpty {
        effects += press(waiting[index])
        index += 1
      }
      heldKeys += waiting[index...]
      if heldKeys.count == waiting.count { break }
    }
    return effects
  }
}
