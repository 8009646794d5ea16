import Drawing
import Quantities
import Testing

@testable import Interface

/// What selecting, copying, commands and their output look like.
@Suite struct GoldenOutputTests {
  private func selecting() -> State {
    var state = GoldenFixture.state(rows: 16, files: GoldenLogs.all, cursor: 5)
    state.selection = RecordMarking(state.log.window.rows[2])
    return state
  }

  @Test("Selected records have a ground of their own, and a line in the margin where there is no colour")
  func selection() throws {
    try GoldenScreen.check("selection", selecting())
    try GoldenScreen.check("selection-16", selecting(), depth: .sixteen)
    try GoldenScreen.check("selection-plain", selecting(), glyphs: .ascii, depth: .none)
  }

  @Test("What a command printed takes the place of the log, its matches marked")
  func output() throws {
    var state = GoldenFixture.state(rows: 12, files: GoldenLogs.all)
    let text = GoldenLogs.wide + (1...20).map { "line \($0) of many, with a deploy\n" }.joined()
    state.textPane = TextPaneState(title: "sort | uniq -c", lines: TextPaneState.lines(of: Array(text.utf8)))
    state.textPane?.needle = "deploy"
    try GoldenScreen.check("output", state)
    state.textPane?.column = 24
    state.size = Size(columns: 40, rows: 8)
    try GoldenScreen.check("output-40-ascii", state, glyphs: .ascii, depth: .none)
  }

  @Test("Y offers forms, the place, the command line and the fields")
  func copies() throws {
    var state = GoldenFixture.state(files: GoldenLogs.all, cursor: 3)
    state.sources.named = ["nginx/access.log", "shop.jsonl", "mailer.log"]
    state.follow.isFollowing = false
    _ = state.listCopies()
    try GoldenScreen.check("copies", state)
  }

  @Test("The command line lists what it could become, with keys and help")
  func palette() throws {
    for (name, columns, glyphs) in [("palette", 80, GlyphSet.unicode), ("palette-40-ascii", 40, .ascii)] {
      var state = GoldenFixture.state(columns: columns, rows: 20, files: GoldenLogs.all)
      state.settings.glyphs = glyphs
      _ = state.open(.command)
      for character in "book" { _ = state.update(.key(.character(character)), at: GoldenFixture.now) }
      try GoldenScreen.check(name, state, glyphs: glyphs)
    }
  }

  @Test("Work that takes long says how far it is")
  func progress() throws {
    var state = GoldenFixture.state(rows: 6, files: GoldenLogs.all)
    _ = state.giveOut(.records(.shown), to: .file(path: "/tmp/shown.csv", replaces: false, thenQuits: false))
    state.output.progress = 0.43
    state.now = state.now + .seconds(Int64(1))
    try GoldenScreen.check("writing", state)
  }
}
