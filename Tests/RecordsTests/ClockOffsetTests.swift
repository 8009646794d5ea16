import Quantities
import Testing

@testable import Records

/// An offset moves every stamp by as much, whichever way reads it: fast paths, templates, the general reading.
@Suite struct ClockOffsetTests {
  private static let start = Timestamp(seconds: 1_767_319_445)
  private static let reference = Timestamp(seconds: 1_767_400_000)

  private static let families: [(String, @Sendable (CivilTime) -> String)] = [
    ("app.log", { "\(date($0)) \(clock($0)).250 INFO plain text" }),
    ("a.json", { "{\"time\":\"\(date($0))T\(clock($0)).250Z\",\"level\":\"info\",\"msg\":\"x\"}" }),
    ("end.json", { "{\"level\":\"info\",\"msg\":\"x\",\"ts\":\"\(date($0))T\(clock($0))Z\"}" }),
    ("logfmt.log", { "time=\(date($0))T\(clock($0))Z level=info msg=x" }),
    ("access.log", { "192.0.2.1 - - [\(two($0.day))/Jan/\($0.year):\(clock($0)) +0000] \"GET / HTTP/1.1\" 200 5" }),
    ("syslog", { "Jan \($0.day < 10 ? " " : "")\($0.day) \(clock($0)) host app[1]: text" }),
    ("five.log", { "<30>1 \(date($0))T\(clock($0)).250Z host app 1 - - text" }),
  ]

  private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
  private static func date(_ time: CivilTime) -> String { "\(time.year)-\(two(time.month))-\(two(time.day))" }
  private static func clock(_ time: CivilTime) -> String { "\(two(time.hour)):\(two(time.minute)):\(two(time.second))" }

  @Test(arguments: families.indices) func stampsMove(number: Int) {
    let (name, line) = Self.families[number]
    let lines = (0..<400).map { line(Zone.utc.civilTime(at: Self.start + .seconds(Int64($0 * 7)))) }
    let bytes = Array((lines.joined(separator: "\n") + "\n").utf8)
    bytes.withUnsafeBytes { buffer in
      let plain = FormatDetection.reader(for: buffer, fileName: name, options: .init())
      for offset in [TimeSpan.seconds(Int64(3)), .milliseconds(-90_500)] {
        let moved = FormatDetection.reader(for: buffer, fileName: name, options: .init(offset: offset))
        #expect(plain.formatName == moved.formatName)
        let segment = 0..<buffer.count
        let before = plain.index(buffer, segment: segment, reference: Self.reference)
        let after = moved.index(buffer, segment: segment, reference: Self.reference)
        #expect(before.earliest != nil && before.earliest.map { $0 + offset } == after.earliest)
        #expect(before.latest != nil && before.latest.map { $0 + offset } == after.latest)
        #expect(before.base != nil && before.base.map { $0 + offset } == after.base)
        for group in 0..<before.groups.count {
          #expect(before.stamp(ofGroup: group).map { $0 + offset } == after.stamp(ofGroup: group))
        }
        var (one, other) = (
          StampReading(plain, reference: Self.reference), StampReading(moved, reference: Self.reference)
        )
        for line in lines {
          let own = Array(line.utf8)
          own.withUnsafeBytes { record in
            let stamp = one.stamp(of: record)
            #expect(stamp != nil)
            #expect(stamp.map { $0 + offset } == other.stamp(of: record))
            #expect(moved.parse(record, reference: Self.reference).stamp == stamp.map { $0 + offset })
          }
        }
      }
    }
  }
}
