import LogFiles
import Metrics
import Quantities

/// The detail pane.
public struct DetailState: Equatable, Sendable {
  /// What it shows of the record.
  public enum Form: Equatable, Sendable {
    /// Time, source, message and all fields, one a row.
    case fields
    /// The record's text; JSON indented.
    case raw
  }

  /// Whether it is open.
  public var isOpen = false
  /// What it shows.
  public var form = Form.fields
  /// The selected item (see `State.detailItems`).
  public var selected = 0
  /// The first line shown.
  public var scroll = 0

  /// Makes a closed pane.
  public init() {}
}

/// The list of sources.
public struct SourcesState: Equatable, Sendable {
  /// Whether it is open.
  public var isOpen = false
  /// The selected source.
  public var selected = 0
  /// Names of files opened on the screen of which nothing was heard yet.
  var awaited: Set<String> = []
  /// The sources as they were named, on the command line or since.
  public var named: [String] = []
  /// Matches of the filter by source, where known.
  public var matchCounts: [FileID: Int] = [:]

  /// Makes a closed pane.
  public init() {}
}

/// The help.
public struct HelpState: Sendable {
  /// What it is about.
  public enum Topic: Equatable, Sendable {
    /// Keys and commands.
    case keys
    /// The query language.
    case language
  }

  /// Whether it is open.
  public var isOpen = false
  /// What it is about.
  public var topic = Topic.keys
  /// The prompt that it was opened from, which goes on when it closes.
  public var resumes: Prompt?
  /// The pane whose keys stand first.
  public var pane = Pane.log
  /// The first line shown.
  public var scroll = 0
  /// What is searched for in it.
  public var needle = ""

  /// Makes a closed pane.
  public init() {}
}

/// The panels, the volume and the time axis that they share with the log.
public struct PanelsState: Sendable {
  /// Whether they are hidden.
  public var isHidden = false
  /// What the panels are to show.
  public var specifications: [PanelSpecification] = []
  /// Whether a metrics file chose them itself: what anyone else chooses takes their place.
  public var areDefaults = false
  /// The named set that was shown or saved last; nil before.
  public var setName: String?
  /// The panels with their data, in the order of the specifications.
  public var panels: [PanelState] = []
  /// What the metric sources sent last.
  var metrics: [PanelState] = []
  /// What the logs answered to the panels that ask them.
  var logs: [PanelSpecification: LogPanel] = [:]
  /// What is marked as anomalous.
  var anomalies = AnomalyMarks()
  /// The alerts marked on the time axis.
  var alerts = AlertMarks()
  /// The exemplars of the panel in focus.
  var exemplars = ExemplarMarks()
  /// Counts the questions to the logs.
  var logRequestCount = 0
  /// Whether all panels of a unit have one scale.
  public var sharesScale = false
  /// Whether the selected panel takes most of the screen.
  public var fillsScreen = false
  /// The selected row while the panels are in focus: 0 is the volume, then the panels.
  public var selected = 0
  /// The records by time and level; nil while unknown.
  public var volume: Volume?
  /// The last volume asked for.
  public var requestedVolume: VolumeRequest?
  /// The last view of the panels asked for.
  public var requestedView: PanelView?
  /// The window whose answer does not move the axis: that of a cursor which went after the axis.
  var axisHolds: Int?

  /// Makes panels without content.
  public init() {}
}

/// How many records of each level fall into each column of the axis.
public struct Volume: Equatable, Sendable {
  /// Records of one column.
  public struct Column: Equatable, Sendable {
    /// Records by level, `Level.rawValue` the index; the ninth counts records without one.
    public var counts: [Int]

    /// Makes a column from nine counts.
    public init(counts: [Int]) { self.counts = counts }
    /// No records.
    static let none = Array(repeating: 0, count: 9)
    /// Both together.
    func adding(_ other: Column) -> Column { Column(counts: zip(counts, other.counts).map { $0 + $1 }) }
    /// All records of the column.
    public var total: Int { counts.reduce(0, +) }
  }

  /// The request that it answers.
  public var request: VolumeRequest
  /// One entry a column.
  public var columns: [Column]

  /// Makes a volume.
  public init(request: VolumeRequest, columns: [Column]) {
    self.request = request
    self.columns = columns
  }

  /// What is known of another axis from this one, until it has been counted: each column gets the share of those that it
  /// lies in.
  func projected(onto axis: TimeAxis, columns width: Int) -> Volume {
    let own = request.axis
    guard axis != own || width != columns.count, width > 0, !columns.isEmpty else { return self }
    let share = axis.span.seconds / Double(width) / (own.span.seconds / Double(columns.count))
    let projected = (0..<width).map { index -> Column in
      let time = axis.column(index, of: width).middle
      guard let source = own.column(of: time, columns: columns.count) else { return Column(counts: Column.none) }
      if share <= 1 {
        return Column(counts: columns[source].counts.map { Int((Double($0) * share).rounded(.up)) })
      }
      guard let covered = own.columns(of: axis.column(index, of: width), columns: columns.count) else {
        return Column(counts: Column.none)
      }
      return columns[covered.clamped(to: 0...columns.count - 1)].reduce(Column(counts: Column.none)) { $0.adding($1) }
    }
    var request = request
    (request.axis, request.columns) = (axis, width)
    return Volume(request: request, columns: projected)
  }

  /// Records a second in `column`.
  public func rate(inColumn column: Int) -> Double {
    let seconds = (request.axis.to - request.axis.from).seconds / Double(max(1, columns.count))
    return columns.indices.contains(column) && seconds > 0 ? Double(columns[column].total) / seconds : 0
  }
}

/// The time axis: the first instant, and the instant after the last.
public struct TimeAxis: Hashable, Sendable {
  /// The left edge.
  public var from: Timestamp
  /// The right edge, after `from`.
  public var to: Timestamp

  /// Makes an axis.
  public init(from: Timestamp, to: Timestamp) {
    self.from = from
    self.to = max(to, from + .nanoseconds(1))
  }

  /// The least of 1, 2, 5, 10, 20, 50... ms, s, then 15 s, 30 s, 1 m and so on that is at least `nanoseconds`.
  static func step(atLeast nanoseconds: Int64) -> Int64 {
    let seconds: [Int64] = [
      1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, 86_400,
    ]
    for scale: Int64 in [1_000_000, 10_000_000, 100_000_000] {
      for factor: Int64 in [1, 2, 5] where factor * scale >= nanoseconds { return factor * scale }
    }
    if let step = seconds.first(where: { $0 * 1_000_000_000 >= nanoseconds }) { return step * 1_000_000_000 }
    let days = nanoseconds / 86_400_000_000_000 + 1
    return days * 86_400_000_000_000
  }

  /// The column of an instant among `columns`; nil outside.
  public func column(of time: Timestamp, columns: Int) -> Int? {
    guard columns > 0, time >= from, time < to else { return nil }
    return Int((Int128(time.nanoseconds) - Int128(from.nanoseconds)) * Int128(columns) / length)
  }

  private var length: Int128 { Int128(to.nanoseconds) - Int128(from.nanoseconds) }

  /// The instant at which `column` begins, rounded up, as `Timeline.histogram` has it.
  public func time(ofColumn column: Int, columns: Int) -> Timestamp {
    let columns = Int128(max(1, columns))
    let offset = (length * Int128(column) + columns - 1) / columns
    return from + .nanoseconds(Int64(clamping: offset))
  }
}

/// What volume to count.
public struct VolumeRequest: Hashable, Sendable {
  /// The view to count in.
  public var view: Int
  /// The axis.
  public var axis: TimeAxis
  /// How many columns.
  public var columns: Int
}

/// What time the panels show.
public struct PanelView: Hashable, Sendable {
  /// The axis.
  public var axis: TimeAxis
  /// How many columns.
  public var columns: Int
  /// Whether it moves with the present.
  public var isFollowing: Bool
}
