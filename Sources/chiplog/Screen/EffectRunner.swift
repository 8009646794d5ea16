import Interface
import Platform
import Timelines

/// Carries out effects on a thread a lane, by the rules that `Effect` gives: supersede, coalesce or queue.
final class EffectRunner: Sendable {
  private struct LaneState {
    var waiting: [Effect] = []
    var running: Cancellation?
    var hasThread = false
    var isClosed = false
  }

  private let workspace: Workspace
  private let mailbox: Mailbox
  private let lanes: [Effect.Lane: Monitor<LaneState>]

  init(workspace: Workspace, mailbox: Mailbox) {
    self.workspace = workspace
    self.mailbox = mailbox
    lanes = Dictionary(uniqueKeysWithValues: Effect.Lane.allCases.map { ($0, Monitor(LaneState())) })
  }

  /// Hands an effect to its lane; `.cancel` takes hold at once. Effects of the host are not for this.
  func submit(_ effect: Effect) {
    if case .cancel(let lane) = effect {
      lanes[lane]?.withLock {
        $0.waiting.removeAll()
        $0.running?.cancel()
      }
      return
    }
    guard let lane = effect.lane, let state = lanes[lane] else { return }
    let needsThread = state.withLock { state in
      switch lane.policy {
      case .supersede:
        state.waiting.removeAll()
        state.running?.cancel()
      case .coalesce: state.waiting.removeAll()
      case .queue: break
      }
      state.waiting.append(effect)
      defer { state.hasThread = true }
      return !state.hasThread
    }
    if needsThread { Threads.start("\(lane)") { [self] in work(in: state) } }
  }

  /// Whether anything runs or waits in `lane`.
  func isBusy(_ lane: Effect.Lane) -> Bool {
    lanes[lane]?.withLock { $0.running != nil || !$0.waiting.isEmpty } ?? false
  }

  /// Cancels everything; the threads end by themselves.
  func close() {
    for lane in lanes.values {
      lane.withLock {
        $0.isClosed = true
        $0.waiting.removeAll()
        $0.running?.cancel()
      }
    }
  }

  private func work(in lane: Monitor<LaneState>) {
    while true {
      let job: (Effect, Cancellation)? = lane.wait { state -> (Effect, Cancellation)?? in
        if state.isClosed { return .some(nil) }
        guard !state.waiting.isEmpty else { return nil }
        let cancellation = Cancellation()
        state.running = cancellation
        return (state.waiting.removeFirst(), cancellation)
      }
      guard let (effect, cancellation) = job else { return }
      workspace.perform(effect, cancellation: cancellation) { [mailbox] event in
        if !cancellation.isCancelled { mailbox.post(event) }
      }
      lane.withLock { $0.running = nil }
    }
  }
}
