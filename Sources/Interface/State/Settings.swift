import Drawing
import Quantities

/// What options, configuration and terminal decided: read by update() and views, changed by a reload.
public struct Settings: Sendable {
  /// The keys.
  public var keymap = Keymap.standard
  /// Saved filters by name.
  public var savedFilters: [String: String] = [:]
  /// The display zone (`--tz`, default the machine's).
  public var displayZone = Zone.utc
  /// Characters to draw with.
  public var glyphs = GlyphSet.unicode
  /// Whether the terminal has colours; without them the cursor column is drawn as a line.
  public var hasColours = true
  /// The connection to the terminal, as the configuration has it; on the screen what was found, which is never `.auto`.
  public var connection = Connection.auto
  /// Whether the mouse is on.
  public var usesMouse = false
  /// `--secure`: no writing, no spawned commands.
  public var isSecure = false
  /// How the program was started.
  public var invocation = Invocation()
  /// The theme's name.
  public var theme = "dark"
  /// The themes that can be chosen.
  public var themeNames: [String] = []
  /// Names of the formats, with a sentence each.
  public var formats: [FormatName] = []
  /// Names of the metric sources, the default first.
  public var metricSources: [String] = []
  /// Whether a metric source speaks the API of Prometheus, which tells alerts and exemplars.
  public var hasPrometheus = false
  /// Sets of panels that have a name, those of the configuration first.
  public var panelSets: [PanelSet] = []
  /// Columns wanted for files that match a pattern, the first match wins.
  public var columns: [ColumnChoice] = []

  /// Makes the settings of a program without configuration.
  public init() {}

  /// How quick the connection to the terminal is.
  public enum Connection: String, CaseIterable, Sendable {
    /// Slow over ssh where the terminal is slow to answer, else fast.
    case auto
    /// Bytes do not matter.
    case fast
    /// Few bytes: 16 colours, of the cursor's row only the beginning is lit, and files that grow are shown less often.
    case slow
  }

  /// A format that can be forced.
  public struct FormatName: Equatable, Sendable {
    /// As `--format` takes it.
    public var name: String
    /// One sentence.
    public var summary: String

    /// Makes a name.
    public init(name: String, summary: String) {
      self.name = name
      self.summary = summary
    }
  }

  /// The columns that a kind of file is shown in.
  public struct ColumnChoice: Equatable, Sendable {
    /// A pattern of file names with `*` and `?`.
    public var match: String
    /// Field names in order.
    public var columns: [String]

    /// Makes a choice.
    public init(match: String, columns: [String]) {
      self.match = match
      self.columns = columns
    }
  }
}
