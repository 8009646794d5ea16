import Platform
import Quantities
import Testing

@testable import LogFiles

/// What the follow logic decides, without files, threads or clocks.
@Suite struct FollowMachineTests {
  private let first = GenerationID(1)
  private let second = GenerationID(2)

  private func facts(_ inode: UInt64, size: Int, modified: Int64 = 0) -> FileFacts {
    FileFacts(
      identity: FileIdentity(device: 1, inode: inode), size: size, modified: Timestamp(seconds: modified))
  }

  private func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

  private func opened(_ size: Int = 100) -> FollowMachine {
    var machine = FollowMachine()
    #expect(machine.handle(.looked(facts(1, size: size), behind: [:], now: at(10))) == [.open(after: nil, nil)])
    #expect(machine.handle(.opened(first, facts(1, size: size), now: at(10))) == [.lookAgain])
    return machine
  }

  @Test func nothingIsDoneWhileNothingChanges() {
    var machine = opened()
    for second in 11..<20 as Range<Int64> {
      #expect(machine.handle(.looked(facts(1, size: 100), behind: [:], now: at(second))).isEmpty)
    }
  }

  @Test func growthIsReadOnceAtATime() {
    var machine = opened()
    #expect(
      machine.handle(.looked(facts(1, size: 150, modified: 11), behind: [:], now: at(12))) == [.read(first, size: 150)])
    #expect(machine.handle(.looked(facts(1, size: 150, modified: 11), behind: [:], now: at(12))).isEmpty)
    #expect(machine.handle(.looked(facts(1, size: 170, modified: 12), behind: [:], now: at(13))).isEmpty)
    #expect(machine.handle(.read(first, size: 150)) == [.lookAgain])
    #expect(
      machine.handle(.looked(facts(1, size: 170, modified: 12), behind: [:], now: at(13))) == [.read(first, size: 170)])
    #expect(machine.handle(.read(first, size: 170)).isEmpty)
  }

  @Test func aReadThatStoppedEarlyGoesOn() {
    var machine = opened()
    #expect(
      machine.handle(.looked(facts(1, size: 900, modified: 11), behind: [:], now: at(12))) == [.read(first, size: 900)])
    #expect(machine.handle(.read(first, size: 500)) == [.lookAgain])
    #expect(
      machine.handle(.looked(facts(1, size: 900, modified: 11), behind: [:], now: at(12))) == [.read(first, size: 900)])
  }

  @Test func aTouchIsChecked() {
    var machine = opened()
    #expect(
      machine.handle(.looked(facts(1, size: 100, modified: 11), behind: [:], now: at(12))) == [.read(first, size: 100)])
  }

  @Test func whatChangedAMomentAgoIsCheckedAgain() {
    var machine = opened()
    let now = at(11) + .milliseconds(20)
    #expect(
      machine.handle(.looked(facts(1, size: 120, modified: 11), behind: [:], now: now)) == [.read(first, size: 120)])
    #expect(machine.handle(.read(first, size: 120)).isEmpty)
    #expect(
      machine.handle(.looked(facts(1, size: 120, modified: 11), behind: [:], now: at(12))) == [.read(first, size: 120)])
    #expect(machine.handle(.read(first, size: 120)).isEmpty)
    #expect(machine.handle(.looked(facts(1, size: 120, modified: 11), behind: [:], now: at(13))).isEmpty)
  }

  @Test func aShorterFileBeginsAnew() {
    var machine = opened()
    let actions = machine.handle(.looked(facts(1, size: 20, modified: 11), behind: [:], now: at(12)))
    #expect(actions == [.open(after: first, .truncated)])
    #expect(machine.handle(.looked(facts(1, size: 20, modified: 11), behind: [:], now: at(12))).isEmpty)
  }

  @Test func otherBytesBeginAnew() {
    var machine = opened()
    _ = machine.handle(.looked(facts(1, size: 120, modified: 11), behind: [:], now: at(12)))
    #expect(machine.handle(.lost(first, .rewritten)) == [.open(after: first, .rewritten)])
    #expect(machine.handle(.read(first, size: 120)).isEmpty)
  }

  @Test func aRenamedFileIsReadUntilItIsQuiet() {
    var machine = opened()
    let rotated = machine.handle(
      .looked(facts(2, size: 0, modified: 10), behind: [first: facts(1, size: 130, modified: 19)], now: at(20)))
    #expect(rotated == [.read(first, size: 130), .open(after: first, .renamed)])
    _ = machine.handle(.opened(second, facts(2, size: 0, modified: 10), now: at(20)))
    _ = machine.handle(.read(first, size: 130))
    let late = machine.handle(
      .looked(facts(2, size: 0, modified: 10), behind: [first: facts(1, size: 140, modified: 23)], now: at(24)))
    #expect(late == [.read(first, size: 140)])
    _ = machine.handle(.read(first, size: 140))
    for second in [26, 28, 29] as [Int64] {
      let quiet = machine.handle(
        .looked(facts(2, size: 0, modified: 10), behind: [first: facts(1, size: 140, modified: 23)], now: at(second)))
      #expect(!quiet.contains(.release(first)))
    }
    let released = machine.handle(
      .looked(facts(2, size: 0, modified: 10), behind: [first: facts(1, size: 140, modified: 23)], now: at(30)))
    #expect(released.contains(.release(first)))
    #expect(machine.retired.isEmpty)
  }

  @Test func aRenamedFileThatIsCutShortGoes() {
    var machine = opened()
    _ = machine.handle(.looked(facts(2, size: 0), behind: [:], now: at(20)))
    _ = machine.handle(.opened(second, facts(2, size: 0), now: at(20)))
    let cut = machine.handle(.looked(facts(2, size: 0), behind: [first: facts(1, size: 5)], now: at(21)))
    #expect(cut == [.discard(first, .truncated)])
  }

  @Test func aMissingNameIsReadByItsDescriptor() {
    var machine = opened()
    let read = machine.handle(.looked(nil, behind: [first: facts(1, size: 110, modified: 12)], now: at(13)))
    #expect(read == [.read(first, size: 110)])
    #expect(machine.handle(.looked(nil, behind: [:], now: at(14))).isEmpty)
  }

  @Test func whatCannotBeOpenedIsTriedWhenItChanges() {
    var machine = FollowMachine()
    #expect(machine.handle(.looked(facts(1, size: 9), behind: [:], now: at(1))) == [.open(after: nil, nil)])
    #expect(machine.handle(.openFailed(facts(1, size: 9))).isEmpty)
    #expect(machine.handle(.looked(facts(1, size: 9), behind: [:], now: at(2))).isEmpty)
    #expect(machine.handle(.looked(facts(1, size: 10), behind: [:], now: at(3))) == [.open(after: nil, nil)])
    #expect(machine.handle(.openFailed(nil)) == [.lookAgain])
  }
}
