import Drawing
import Records
import Themes

/// A volume of several rows, stacked by level: errors at the bottom, warnings on them, everything else on top.
///
/// A cell has eight steps and two colours, that of its block and that of its ground:
///
///     a bar of 14 steps, 5 of them errors, on two rows:
///
///         ▆  6 steps of the rest, nothing above
///         ▅  5 steps of errors, 3 steps of the rest as the ground
enum VolumeBars {
  static func draw(_ columns: ArraySlice<Volume.Column>, _ rect: Rect, _ canvas: inout Canvas) {
    let most = columns.map(\.total).max() ?? 0
    // One step stays empty, so that the highest bar does not touch what lies above it.
    let steps = rect.size.rows * 8 - 1
    for (index, column) in columns.enumerated() {
      let parts = parts(of: column, most: most, steps: steps)
      for row in 0..<rect.size.rows {
        let cell = cell(parts, above: row * 8)
        draw(cell, column: canvas.layout.axisColumn + index, row: rect.endRow - 1 - row, isLowest: row == 0, &canvas)
      }
    }
  }

  /// A part of a bar: how it looks, and at which step it ends.
  struct Part: Equatable {
    var role: Role
    var end: Int
  }

  /// The parts of a bar from the bottom; what is there at all has a step at least.
  static func parts(of column: Volume.Column, most: Int, steps: Int) -> [Part] {
    guard column.total > 0, most > 0 else { return [] }
    func count(from level: Level) -> Int { column.counts.prefix(8).dropFirst(Int(level.rawValue)).reduce(0, +) }
    let height = max(1, (column.total * steps + most / 2) / most)
    let errors = count(from: .error)
    let worse = count(from: .warn)
    func step(_ count: Int) -> Int {
      count == 0 ? 0 : min(height, max(1, (count * height + column.total / 2) / column.total))
    }
    let errorEnd = step(errors)
    let warnEnd = worse == errors ? errorEnd : min(height, max(errorEnd + 1, step(worse)))
    return [
      Part(role: .panelOver, end: errorEnd), Part(role: .panelWarn, end: warnEnd), Part(role: .volume, end: height),
    ]
  }

  /// What a cell shows of a bar: a block of so many eighths, and the colour above the block where the bar goes on.
  struct CellLook: Equatable {
    var eighths: Int
    var block: Role
    var ground: Role?
  }

  /// The look of the cell that begins at step `above`; nil if the bar ends below it.
  static func cell(_ parts: [Part], above start: Int) -> CellLook? {
    var found: [(role: Role, eighths: Int)] = []
    var from = 0
    for part in parts {
      let eighths = min(part.end, start + 8) - max(from, start)
      if eighths > 0 { found.append((part.role, eighths)) }
      from = max(from, part.end)
    }
    guard let first = found.first else { return nil }
    let filled = found.reduce(0) { $0 + $1.eighths }
    if filled < 8 {
      // The ground must stay empty, so one colour has to do: the one that takes most of it.
      let main = found.max { $0.eighths < $1.eighths } ?? first
      return CellLook(eighths: filled, block: main.role, ground: nil)
    }
    guard let ground = found.dropFirst().max(by: { $0.eighths < $1.eighths }) else {
      return CellLook(eighths: 8, block: first.role, ground: nil)
    }
    return CellLook(eighths: first.eighths, block: first.role, ground: ground.role)
  }

  static func draw(_ cell: CellLook?, column: Int, row: Int, isLowest: Bool, _ canvas: inout Canvas) {
    guard let cell else {
      if isLowest { canvas.put(canvas.glyphs.blocks[0], .dim, column: column, row: row) }
      return
    }
    var style = canvas.style(cell.block)
    if let ground = cell.ground {
      // Two colours in a cell need a theme that names both; elsewhere the lower one takes the cell.
      guard let colour = canvas.style(ground).foreground, canvas.hasColours, canvas.glyphs == .unicode else {
        canvas.surface.put(canvas.glyphs.blocks[7], column: column, row: row, style: style)
        return
      }
      style.background = colour
    }
    canvas.surface.put(canvas.glyphs.blocks[cell.eighths - 1], column: column, row: row, style: style)
  }
}
