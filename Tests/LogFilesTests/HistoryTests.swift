import Glibc
import Platform
import TestSupport
import Testing

@testable import LogFiles

/// Whatever happens to a file, what is shown equals a fresh index over the generations that survive.
@Suite struct HistoryTests {
  let scratch = Scratch()

  /// What should be shown, beside the file that it is about.
  private struct Model {
    let scratch: Scratch
    var random: SeededGenerator
    /// What the file holds.
    var current = ""
    /// What survives of earlier generations.
    var past: [String] = []
    /// The name of the file that was renamed away last.
    var rotated: String?
    var number = 0

    var text: String { past.joined() + current }

    mutating func someLines() -> String {
      let size = Int.random(in: 0..<10, using: &random) == 0 ? 6000 : Int.random(in: 1...40, using: &random)
      defer { number += size }
      return lines(
        number..<number + size, ["event", "x", "longer message of this event"].randomElement(using: &random) ?? "")
    }

    mutating func append() {
      var text = someLines()
      // A line may come in two pieces.
      if Bool.random(using: &random) { text = String(text.dropLast(Int.random(in: 1...30, using: &random))) }
      let rest = text.hasSuffix("\n") ? "" : " rest\n"
      scratch.append("a.log", text)
      if Bool.random(using: &random) {
        scratch.append("a.log", rest)
        text += rest
      }
      current += text
    }

    mutating func rotate() {
      let name = "a.log.\(number)"
      number += 1
      scratch.move("a.log", to: name)
      past.append(current)
      current = Bool.random(using: &random) ? someLines() : ""
      scratch.write("a.log", current)
      rotated = name
    }

    mutating func appendToRotated() {
      guard let rotated else { return }
      let text = someLines()
      scratch.append(rotated, text)
      past[past.count - 1] += text
    }

    mutating func copyTruncate() {
      if current.isEmpty { return }
      run("cp", scratch.path("a.log"), scratch.path("a.log.\(number)"))
      number += 1
      truncate(scratch.path("a.log"), 0)
      past.append(current)
      current = ""
      rotated = nil
    }

    mutating func cut() {
      let length = Bool.random(using: &random) ? 0 : Int.random(in: 0..<current.utf8.count + 1, using: &random)
      truncate(scratch.path("a.log"), off_t(length))
      current = String(current.prefix(length))
    }

    mutating func rewrite() {
      // The same length, other numbers.
      let file = open(scratch.path("a.log"), O_WRONLY | O_CLOEXEC)
      current = String(current.map { $0 == "3" ? "4" : $0 == "4" ? "3" : $0 })
      _ = current.withCString { Glibc.write(file, $0, strlen($0)) }
      close(file)
    }

    mutating func replaceByCopy() {
      // A copy of nothing is any other file.
      if current.isEmpty { past.append("") }
      current += someLines()
      scratch.write("new", current)
      scratch.move("new", to: "a.log")
    }

    /// The name goes; a new file may get the number of the old one on disk once nobody holds it.
    mutating func removeAndCreate() {
      unlink(scratch.path("a.log"))
      past.append(current)
      current = Bool.random(using: &random) ? someLines() : ""
      scratch.append("a.log", current)
      rotated = nil
    }

    /// The file gets a second name, by which it grows; then the first name comes back as that of the same file.
    mutating func growByAnotherName() {
      let name = "link.\(number)"
      number += 1
      link(scratch.path("a.log"), scratch.path(name))
      let text = someLines()
      scratch.append(name, text)
      current += text
      if Bool.random(using: &random) { scratch.move(name, to: "a.log") } else { unlink(scratch.path(name)) }
    }

    /// The name becomes a link to a new file, in one step (`..data` of Kubernetes).
    mutating func switchLink() {
      let name = "v\(number)"
      number += 1
      past.append(current)
      current = someLines()
      scratch.makeFolder(name)
      scratch.write(name + "/real", current)
      symlink(name + "/real", scratch.path("next"))
      scratch.move("next", to: "a.log")
      rotated = nil
    }

    mutating func step() -> String {
      let names = [
        "append", "append", "append", "rotate", "appendToRotated", "copyTruncate", "cut", "rewrite", "replaceByCopy",
        "removeAndCreate", "growByAnotherName", "switchLink",
      ]
      let name = names[Int.random(in: 0..<names.count, using: &random)]
      switch name {
      case "append": append()
      case "rotate": rotate()
      case "appendToRotated": appendToRotated()
      case "copyTruncate": copyTruncate()
      case "cut": cut()
      case "rewrite": rewrite()
      case "removeAndCreate": removeAndCreate()
      case "growByAnotherName": growByAnotherName()
      case "switchLink": switchLink()
      default: replaceByCopy()
      }
      return name
    }
  }

  /// With announcements, and by looking alone.
  private func options(announced: Bool) -> LogFilesOptions {
    var options = LogFilesOptions(follows: true)
    options.hearsOfChanges = announced
    options.lookInterval = announced ? options.lookInterval : .milliseconds(15)
    return options
  }

  @Test(arguments: 0..<16, [true, false]) func everyStepIsShown(seed: UInt64, announced: Bool) {
    var model = Model(scratch: scratch, random: SeededGenerator(seed))
    scratch.write("a.log", "")
    let files = LogFileSet(options: options(announced: announced))
    files.open(.path(scratch.path("a.log")))
    files.waitUntilIndexed()
    var history: [String] = []
    for _ in 0..<25 {
      history.append(model.step())
      let isShown = eventually {
        let snapshot = files.snapshot()
        // A life without a byte must have been seen too before it may change again.
        return snapshot.text == model.text && snapshot.generations.count == model.past.count + 1
          && snapshot.generations.allSatisfy { $0.differenceFromFreshIndex == nil }
      }
      if isShown { continue }
      let snapshot = files.snapshot()
      Issue.record(
        """
        seed \(seed) after \(history): \(snapshot.generations.map(\.byteCount)) bytes instead of \
        \(model.past.map(\.utf8.count)) + \(model.current.utf8.count), \
        \(snapshot.generations.compactMap(\.differenceFromFreshIndex)) \(snapshot.markers.map(\.kind))
        """)
      return
    }
  }

  @Test(arguments: 100..<112, [true, false])
  func nothingIsRepeatedHoweverFastItChanges(seed: UInt64, announced: Bool) {
    var model = Model(scratch: scratch, random: SeededGenerator(seed))
    scratch.write("a.log", "")
    let files = LogFileSet(options: options(announced: announced))
    files.open(.path(scratch.path("a.log")))
    files.waitUntilIndexed()
    for _ in 0..<40 {
      switch Int.random(in: 0..<10, using: &model.random) {
      case 0: model.rotate()
      case 1: model.copyTruncate()
      case 2: model.cut()
      default: model.append()
      }
    }
    let isShown = eventually {
      let snapshot = files.snapshot()
      return snapshot.generations.last?.text == model.current
        && snapshot.generations.allSatisfy { $0.differenceFromFreshIndex == nil }
    }
    let snapshot = files.snapshot()
    #expect(
      isShown,
      """
      \(snapshot.generations.map(\.byteCount)) bytes, the last of \(model.current.utf8.count), \(snapshot.said) \
      \(snapshot.generations.compactMap(\.differenceFromFreshIndex)) \(snapshot.markers.map(\.kind))
      """)
    let shown = files.snapshot().text.split(separator: "\n").filter { $0.contains("number=") && !$0.contains("rest") }
    #expect(Set(shown).count == shown.count)
  }
}
