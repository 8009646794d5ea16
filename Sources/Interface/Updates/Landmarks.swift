import Quantities

/// Stepping to gaps and bursts of errors.
extension State {
  /// `]g` `[g` `]e` `[e`: to the `times`-th next one; presses while one is looked for add up.
  mutating func goToLandmark(_ kind: Landmark.Kind, forward: Bool, times: Int) -> [Effect] {
    guard let place = log.heading else { return say("there are no records") }
    guard let axis else { return say("these records have no times") }
    var request = LandmarkRequest(
      id: landmarkCount + 1, kind: kind, from: place, isForward: forward, count: times, axis: axis)
    if let earlier = landmark, earlier.kind == kind, earlier.isForward == forward {
      request.from = earlier.from
      request.count = min(earlier.count + times, 1 << 30)
    }
    landmarkCount = request.id
    landmark = request
    return [.findLandmark(request)]
  }

  mutating func take(_ answer: LandmarkAnswer) -> [Effect] {
    guard let request = landmark, request.id == answer.id else { return [] }
    landmark = nil
    guard let (found, number) = answer.found else { return say(Self.nothing(request, answer)) }
    say("\(found.text); \(number) of \(answer.count)")
    return jump(to: found.place)
  }

  private static func nothing(_ request: LandmarkRequest, _ answer: LandmarkAnswer) -> String {
    let count = answer.count
    let way = request.isForward ? "below" : "above"
    switch request.kind {
    case .gap:
      return count > 0
        ? "no gap \(way), \(count) the other way"
        : "no gap: nothing is silent for longer than \(length(answer.least))"
    case .burst:
      return count > 0
        ? "no burst of errors \(way), \(count) the other way" : "no burst: errors never become many at once"
    }
  }
}

extension TimeSpan {
  /// A part of it, rounded down.
  func divided(by parts: Int64) -> TimeSpan { .nanoseconds(nanoseconds / parts) }
}
