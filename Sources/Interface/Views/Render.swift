import Drawing
import Themes

/// A drawn screen, and where the terminal's caret stands on it.
public struct RenderedScreen: Sendable {
  /// The cells.
  public var surface: Surface
  /// The caret of the prompt or of a list; nil where there is none to show.
  public var caret: (column: Int, row: Int)?
}

/// Draws the state as it is: pure, O(cells of the screen).
///
///     let screen = renderScreen(state, size: state.size, theme: theme, glyphs: state.settings.glyphs)
///     terminal.draw(screen.surface, cursor: screen.caret)
public func renderScreen(_ state: State, size: Size, theme: Theme, glyphs: GlyphSet) -> RenderedScreen {
  var state = state
  state.size = size
  var canvas = Canvas(state, theme: theme, glyphs: glyphs)
  if TinyWindowView.applies(to: size) {
    TinyWindowView.draw(on: &canvas)
  } else if state.files != nil {
    FileChooserView.draw(on: &canvas)
  } else {
    HeaderView.draw(on: &canvas)
    VolumeView.draw(on: &canvas)
    PanelsView.draw(on: &canvas)
    AxisView.draw(on: &canvas)
    if state.showsResult { ResultView.draw(on: &canvas) } else { LogView.draw(on: &canvas) }
    ColumnHeadingView.draw(on: &canvas)
    ColumnChooserView.draw(on: &canvas)
    ScrollBarView.draw(on: &canvas)
    DetailView.draw(on: &canvas)
    SourcesView.draw(on: &canvas)
    TextPaneView.draw(on: &canvas)
    if state.help.isOpen { HelpView.draw(on: &canvas) }
    StatusView.draw(on: &canvas)
    ChoiceView.draw(on: &canvas)
    PromptView.draw(on: &canvas)
  }
  return RenderedScreen(surface: canvas.surface, caret: canvas.caret)
}

/// Draws the state; see `renderScreen(_:size:theme:glyphs:)` for the caret too.
public func render(_ state: State, size: Size, theme: Theme, glyphs: GlyphSet) -> Surface {
  renderScreen(state, size: size, theme: theme, glyphs: glyphs).surface
}
