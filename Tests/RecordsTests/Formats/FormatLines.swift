import Testing

@testable import Records

/// A line of some format, and what a person would name in it.
struct FormatLine: Sendable, CustomTestStringConvertible {
  var format: String
  var line: String
  var level: Level?
  var message: String?
  var fields: [String: String]

  /// With `message` nil, the message is not looked at. The fields are all that the line must give.
  init(_ format: String, _ line: String, _ level: Level? = nil, _ message: String? = nil, _ fields: [String: String]) {
    self.format = format
    self.line = line
    self.level = level
    self.message = message
    self.fields = fields
  }

  var testDescription: String { "\(format): \(line.prefix(60))" }

  /// Checks that a file that holds nothing but this line is read as it says.
  func check() {
    let reading = Reading(line)
    #expect(reading.format == format)
    #expect(reading.time != nil)
    #expect(reading.level == level)
    if let message { #expect(reading.message == message) }
    for (name, value) in fields { #expect(reading.fields[name] == value, "\(name)") }
    for name in reading.fields.keys.sorted() where fields[name] == nil {
      Issue.record("\(name)=\(reading.fields[name] ?? "") was not expected")
    }
  }
}

/// The message of a program in syslog, and what a person would name in it.
struct MessageLine: Sendable, CustomTestStringConvertible {
  var program: String
  var message: String
  var fields: [String: String]

  /// The fields are all that the message must give.
  init(_ program: String, _ message: String, _ fields: [String: String]) {
    self.program = program
    self.message = message
    self.fields = fields
  }

  var testDescription: String { "\(program): \(message.prefix(60))" }

  /// Checks the message behind a usual header.
  func check() {
    let reading = Reading("Nov 20 03:04:05 box \(program)[12]: \(message)")
    #expect(reading.format == "syslog")
    for (name, value) in fields { #expect(reading.fields[name] == value, "\(name)") }
    let header = ["host", "program", "app", "pid"]
    for name in reading.fields.keys.sorted() where fields[name] == nil && !header.contains(name) {
      Issue.record("\(name)=\(reading.fields[name] ?? "") was not expected")
    }
  }
}
