import Quantities

extension State {
  /// Takes in an event; returns what is to be done about it. Never does I/O; O(a screen of rows).
  ///
  /// - Parameter now: The wall clock.
  public mutating func update(_ event: Event, at now: Timestamp) -> [Effect] {
    self.now = now
    return []
  }
}
