import Drawing
import Metrics
import Quantities

/// What `$XDG_CONFIG_HOME/chiplog/config.jsonc` says: everything optional, everything checked.
///
///     let (configuration, mistakes) = Configuration.decode(bytes, scope: .user)
///     settings.apply(configuration)
///
/// A mistake never stops the program: what is wrong is left out, and said with its place.
public struct Configuration: Sendable {
  /// Whose file it is.
  public enum Scope: Sendable {
    /// The user's own.
    case user
    /// Found beside the logs: may set panels and filters, nothing else.
    case folder
  }

  /// A key and what it does.
  public struct KeyBinding: Equatable, Sendable {
    /// The keys, one after the other.
    public var keys: [Key]
    /// The action; nil takes the key away.
    public var action: Action?
  }

  /// What is said about files whose names match a pattern.
  public struct FileRule: Equatable, Sendable {
    /// A pattern with `*` and `?`, matched against the path or its end.
    public var match: String
    /// The format to read them as.
    public var format: String?
    /// The zone of stamps that name none.
    public var zone: String?
    /// Added to every stamp.
    public var offset: TimeSpan?
    /// The columns to show, in order.
    public var columns: [String] = []
  }

  /// A set of panels.
  public struct PanelSet: Equatable, Sendable {
    /// Its name; `default` is shown without being asked for.
    public var name: String
    /// Its panels.
    public var panels: [PanelSpecification]
  }

  /// Something wrong, and where.
  public struct Mistake: Equatable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    public var line: Int
    /// The column, from 1.
    public var column: Int
    /// What is wrong, and what to do.
    public var message: String

    /// `12:3: unknown key "them"; did you mean "theme"?`
    public var description: String { "\(line):\(column): \(message)" }
  }

  /// The theme's name or path.
  public var theme: String?
  /// The display zone: `auto` (as written), `local`, `UTC`, a name or an offset.
  public var zone: String?
  /// The zone of stamps that name none.
  public var unzoned: String?
  /// Whether the mouse is on.
  public var mouse: Bool?
  /// How much of the cursor's row is lit: nil or `auto` is what suits the line.
  public var connection: Settings.Connection?
  /// Whether a session comes back when its sources are opened again.
  public var restore: Bool?
  /// Keys, in the order of the file.
  public var keys: [KeyBinding] = []
  /// Metric servers, the default first: those of "prometheus" and of "metrics" in the order of the file.
  public var metricServers: [MetricServerConfiguration] = []
  /// Sets of panels, in the order of the file.
  public var panels: [PanelSet] = []
  /// Saved filters by name.
  public var filters: [String: String] = [:]
  /// Rules for files, the first match wins.
  public var files: [FileRule] = []

  /// An empty configuration.
  public init() {}

  /// The panels of a set; nil if there is none of that name.
  public func panels(named name: String = "default") -> [PanelSpecification]? {
    panels.first { $0.name == name }?.panels
  }
}

extension Settings {
  /// Takes over what a configuration says; options of the command line go over it afterwards.
  public mutating func apply(_ configuration: Configuration) {
    if let theme = configuration.theme { self.theme = theme }
    if let mouse = configuration.mouse { usesMouse = mouse }
    if let connection = configuration.connection { self.connection = connection }
    keymap = .standard
    for binding in configuration.keys {
      if let action = binding.action { keymap.bind(binding.keys, to: action) } else { keymap.unbind(binding.keys) }
    }
    savedFilters = configuration.filters
    metricSources = configuration.metricServers.map(\.name)
    hasPrometheus = configuration.metricServers.contains { $0.kind == .prometheus }
    panelSets = configuration.panels.map { PanelSet(name: $0.name, panels: $0.panels, isSaved: false) }
    columns = configuration.files.filter { !$0.columns.isEmpty }.map {
      ColumnChoice(match: $0.match, columns: $0.columns)
    }
  }
}
