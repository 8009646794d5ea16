/// Folding records.
extension State {
  /// `R`: as it is, continuation lines folded, repeats folded too.
  mutating func cycleFold() -> [Effect] {
    let next: ViewOptions.Fold =
      switch options.fold {
      case .none: .lines
      case .lines: .repeats
      case .repeats, .identical: .none
      }
    return fold(next)
  }

  mutating func fold(_ fold: ViewOptions.Fold) -> [Effect] {
    let effects = change { $0.fold = fold }
    let what =
      switch fold {
      case .none: "nothing folded"
      case .lines: "one line a record"
      case .repeats: "one line a record; repeats folded, whatever their numbers"
      case .identical: "one line a record; identical repeats folded"
      }
    say(what)
    return effects
  }
}
