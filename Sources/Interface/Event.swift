import Drawing
import Metrics
import Quantities
import QueryLanguage

/// Something that happened: keys, time, changes of the sources, answers of workers.
public enum Event: Sendable {
  /// A key, a paste, or the mouse.
  case key(Key)
  /// The terminal's size changed.
  case resize(Size)
  /// `State.nextDeadline` has come.
  case tick
  /// The sources published a new snapshot.
  case snapshotChanged(SourcesSummary)
  /// A view was built.
  case view(ViewAnswer)
  /// A view is being built: the request's `id`, 0 to 1, and matches so far.
  case viewProgress(id: Int, fraction: Double, found: Int)
  /// How far a search is (0 to 1).
  case searchProgress(id: Int, fraction: Double)
  /// Rows came.
  case window(Window)
  /// A search ended.
  case found(SearchAnswer)
  /// A pipeline has run, or so far.
  case result(ResultAnswer)
  /// A pipeline could not run; the request's `id`.
  case resultFailed(id: Int, Diagnostic)
  /// The logs answered a panel.
  case logPanel(LogPanelAnswer)
  /// Anomalies were looked for.
  case anomalies(AnomalyAnswer)
  /// A gap or a burst was looked for.
  case landmark(LandmarkAnswer)
  /// A volume was counted.
  case volume(Volume)
  /// Errors and matches along the log were found.
  case minimap(Minimap)
  /// Fields and values were sampled.
  case vocabulary(Vocabulary)
  /// The most frequent values of a field were counted, the most frequent first; `sampled` records were looked at.
  case topValues(field: String, values: [ValueCount], sampled: Int, isComplete: Bool)
  /// Panels changed.
  case panels([PanelState])
  /// An expression was completed; `text` is the line that was asked about.
  case completions(text: String, ExpressionCompletion)
  /// Alerts were found.
  case alerts(AlertAnswer)
  /// Exemplars were found.
  case exemplars(ExemplarAnswer)
  /// An expression was read, or not.
  case expressionChecked(String, ExpressionProblem?)
  /// Files for the chooser were found; `isComplete` ends the search.
  case filesFound([FileChooser.Candidate], isComplete: Bool)
  /// A zone was looked up; nil if there is none of that name.
  case zoneFound(name: String, zone: Zone?, purpose: Effect.ZonePurpose)
  /// The configuration was read (again): settings made from it, panels if it names any, and its mistakes.
  case configured(Settings, panels: [PanelSpecification]?, mistakes: [String])
  /// A dashboard was read; `notes` say what was left out of it.
  case panelsImported(title: String, panels: [PanelSpecification], notes: [String])
  /// A folder's own configuration was found.
  case folderConfigurationFound(path: String)
  /// It was read after consent.
  case folderConfiguration(panels: [PanelSpecification], filters: [String: String], mistakes: [String])
  /// Files that a path could go on with.
  case pathsFound(String, [Prompt.Completion.Item])
  /// Where the records of an earlier session are; nil for those that are gone.
  case spotsFound([Place?])
  /// What an earlier session with the sources just opened left; nil if there was none.
  case sessionFound(SavedSession?)
  /// What `Effect.giveOut` came to.
  case output(OutputAnswer)
  /// How far it is, 0 to 1; the request's `id`.
  case outputProgress(id: Int, fraction: Double)
  /// Something to tell the user.
  case message(String, Message.Tone)
  /// The program came back from being suspended.
  case resumed
}

/// A value and how often it was seen.
public struct ValueCount: Equatable, Sendable {
  /// The value.
  public var value: String
  /// How often.
  public var count: Int

  /// Makes a count.
  public init(value: String, count: Int) {
    self.value = value
    self.count = count
  }
}
