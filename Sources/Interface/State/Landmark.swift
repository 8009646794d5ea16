import Quantities
import Timelines

/// Something in the log that one steps to: a gap, a burst of errors.
public struct Landmark: Equatable, Sendable {
  /// What kinds there are.
  public enum Kind: Hashable, Sendable {
    /// A long silence.
    case gap
    /// Where errors become many.
    case burst
  }

  /// The rank, in the view that was looked through, of the record that one goes to: the first after a gap, the first error
  /// of a burst.
  public var rank: Int
  /// That record.
  public var place: Place
  /// What it is, with its size: `gap of 4m12s`.
  public var text: String
}

/// A step to a landmark.
public struct LandmarkRequest: Equatable, Sendable {
  /// Counts up with every request.
  public var id: Int
  /// Of which kind.
  public var kind: Landmark.Kind
  /// The record that the step starts from.
  public var from: Place
  /// Whether to go down.
  public var isForward: Bool
  /// How many to go.
  public var count: Int
  /// The axis on the screen, whose length says what is long.
  public var axis: TimeAxis
}

/// Where a step leads.
public struct LandmarkAnswer: Sendable {
  /// The request's `id`.
  public var id: Int
  /// The landmark, and which of how many it is; nil if there is none that way.
  public var found: (landmark: Landmark, number: Int)?
  /// How many there are in all.
  public var count: Int
  /// How long a silence must be to be a gap.
  public var least = TimeSpan.zero
}
