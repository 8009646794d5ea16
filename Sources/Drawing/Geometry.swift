/// A size in cells.
public struct Size: Hashable, Sendable {
  /// Cells across.
  public var columns: Int
  /// Cells down.
  public var rows: Int

  /// Makes a size; negative parts become 0.
  public init(columns: Int, rows: Int) {
    self.columns = max(0, columns)
    self.rows = max(0, rows)
  }
}

/// A rectangle of cells; row 0 is the top, column 0 the left.
public struct Rect: Hashable, Sendable {
  /// The leftmost column.
  public var column: Int
  /// The topmost row.
  public var row: Int
  /// How many cells across and down.
  public var size: Size

  /// Makes a rectangle.
  public init(column: Int, row: Int, columns: Int, rows: Int) {
    self.column = column
    self.row = row
    size = Size(columns: columns, rows: rows)
  }

  /// The column after the last.
  public var endColumn: Int { column + size.columns }
  /// The row after the last.
  public var endRow: Int { row + size.rows }
  /// Whether it holds no cell.
  public var isEmpty: Bool { size.columns == 0 || size.rows == 0 }
}
