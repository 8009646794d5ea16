extension Command {
  /// `:context N`.
  static let context = Command(["context"], argument: "N", help: "records of context around matches") {
    state, argument in
    guard let count = Int(argument), (0...1000).contains(count) else {
      return state.say("context is a number from 0 to 1000", .error)
    }
    return state.change { $0.context = count }
  }
}
