/// What a pipeline computes: columns, rows, and what must be known to read them.
///
///     chiplog -q '* | count, p95(duration) by route' access.log
///
///     route         count  p95(duration)
///     /api/orders    3120          182ms
public struct ResultTable: Hashable, Sendable {
  /// A column.
  public struct Column: Hashable, Sendable {
    /// What it says.
    public enum Role: Hashable, Sendable {
      /// What makes the group: the field's path where one makes it.
      case key
      /// The time slice that makes the group; its values are the beginnings.
      case slice(nanoseconds: Int64)
      /// What was computed.
      case value
    }

    /// The name that is shown, and that later stages use.
    public var name: String
    /// What it says.
    public var role: Role
    /// The unit in which machine-readable output states durations and sizes: the one that the field's name declares
    /// (`ms` for `took_ms`), else seconds and bytes.
    public var unit: String?

    /// Makes a column.
    public init(_ name: String, role: Role = .value, unit: String? = nil) {
      self.name = name
      self.role = role
      self.unit = unit
    }
  }

  /// A row.
  public struct Row: Hashable, Sendable {
    /// One for each column.
    public var cells: [Value]
    /// The filter that finds the records that the row was made of; nil where there is none (`(other)`).
    public var filter: String?
    /// How deep it stands in a tree; 0 elsewhere.
    public var depth: Int

    /// Makes a row.
    public init(_ cells: [Value], filter: String? = nil, depth: Int = 0) {
      self.cells = cells
      self.filter = filter
      self.depth = depth
    }
  }

  /// The columns, keys first.
  public var columns: [Column]
  /// The rows in the order in which they are shown.
  public var rows: [Row]
  /// What must be known to read the numbers: methods with their errors, what was left out and how much of it. Whole sentences without
  /// a full stop.
  public var notes: [String]

  /// Makes a table.
  public init(columns: [Column] = [], rows: [Row] = [], notes: [String] = []) {
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}
