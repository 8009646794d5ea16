/// The states of one kind: some places for each group, those of a group together.
///
/// One array, since an array of arrays is copied when one of its states changes.
struct StateTable<State: Sendable>: Sendable {
  /// All states, group by group.
  private(set) var all: [State] = []
  private let places: Int

  init(places: Int) { self.places = places }

  mutating func addGroup(_ state: State) {
    if all.isEmpty, places > 0 { all.reserveCapacity(8 * places) }
    for _ in 0..<places { all.append(state) }
  }

  subscript(place: Int, group: Int) -> State {
    get { all[group &* places &+ place] }
    _modify { yield &all[group &* places &+ place] }
  }

  mutating func change(_ body: (inout State) -> Void) {
    for index in all.indices { body(&all[index]) }
  }

  /// Bytes of the states themselves, with the room that is kept for more.
  var byteCount: Int { all.capacity * MemoryLayout<State>.stride }
}
