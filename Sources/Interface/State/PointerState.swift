import Drawing
import Quantities

/// What the mouse did last, as far as it tells what it does next.
public struct PointerState: Equatable, Sendable {
  /// The last press of the left button.
  var press: MouseEvent?
  /// When that was.
  var pressed = Timestamp.distantPast
  /// The column of the axis that the button went down on, while it is down; nil elsewhere.
  var axisColumn: Int?

  /// Whether it went down on the scroll bar, and is down.
  var isOnScrollBar = false

  /// Two presses in one row within this time are a double click.
  static let doubleClick = TimeSpan.milliseconds(400)

  /// A mouse that has done nothing.
  public init() {}

  /// Takes note that no button is down.
  mutating func release() { (axisColumn, isOnScrollBar) = (nil, false) }

  /// Takes note of a press; says whether it is the second of a double click.
  mutating func takePress(_ event: MouseEvent, at now: Timestamp) -> Bool {
    let isNear = press.map { $0.row == event.row && abs($0.column - event.column) <= 1 } ?? false
    let isDouble = isNear && (.zero...Self.doubleClick).contains(now - pressed)
    press = isDouble ? nil : event
    pressed = now
    return isDouble
  }
}
