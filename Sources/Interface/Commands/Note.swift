extension Command {
  /// `:note TEXT`.
  static let note = Command(
    ["note"], argument: "TEXT", help: "a bookmark here with a note; nothing takes the note away"
  ) { state, argument in state.note(argument) }

  /// `:copy`.
  static let copy = Command(["copy"], help: "choose what to copy, as Y") { state, _ in state.listCopies() }
}

extension State {
  /// Sets a bookmark with a note at the cursor.
  mutating func note(_ text: String) -> [Effect] {
    guard let place = log.place else { return say("there are no records") }
    if !bookmarks.contains(place.position) { _ = toggleBookmark() }
    bookmarks.note(text, at: place.position)
    say(text.isEmpty ? "no note" : "noted; \(keyName(of: .bookmarks) ?? ":") lists the bookmarks")
    return keepSession()
  }

  /// Opens the prompt for the note of the bookmark at the cursor.
  mutating func editNote() -> [Effect] {
    guard let place = log.place else { return say("there are no records") }
    return open(.command, text: "note " + (bookmarks.mark(at: place.position)?.note ?? ""))
  }
}
