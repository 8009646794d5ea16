import Interface
import Platform
import Synchronization

/// What workers leave for the loop: events in their order, and notes that something changed.
final class Mailbox: Sendable {
  private struct Contents {
    var events: [Event] = []
    var hasNewSnapshot = false
    var hasNewPanels = false
  }

  /// Readable while there is something to take; for poll.
  let wakeUp: WakeUp
  private let contents = Mutex(Contents())

  init() throws(SystemError) { wakeUp = try WakeUp() }

  /// Leaves an event.
  func post(_ event: Event) {
    contents.withLock { $0.events.append(event) }
    wakeUp.signal()
  }

  /// Notes that the sources published a snapshot.
  func noteSnapshot() {
    contents.withLock { $0.hasNewSnapshot = true }
    wakeUp.signal()
  }

  /// Notes that panels changed.
  func notePanels() {
    contents.withLock { $0.hasNewPanels = true }
    wakeUp.signal()
  }

  /// All events since the last call.
  func takeEvents() -> [Event] {
    wakeUp.clear()
    return contents.withLock { contents in
      defer { contents.events.removeAll() }
      return contents.events
    }
  }

  /// Whether a snapshot waits to be looked at.
  var hasNewSnapshot: Bool { contents.withLock { $0.hasNewSnapshot } }

  /// Takes the note of a new snapshot, if there is one.
  func takeSnapshotNote() -> Bool {
    contents.withLock { contents in
      defer { contents.hasNewSnapshot = false }
      return contents.hasNewSnapshot
    }
  }

  /// Takes the note of changed panels, if there is one.
  func takePanelsNote() -> Bool {
    contents.withLock { contents in
      defer { contents.hasNewPanels = false }
      return contents.hasNewPanels
    }
  }
}
