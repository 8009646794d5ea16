import Testing

@testable import Records

/// Records that begin without a stamp where others have one, and lines with a date that is no stamp.
@Suite struct MarginTests {
  @Test func linesOfPythonsDefaultAreRecordsInAFileWithStamps() {
    let found = records(
      """
      2026-01-02 03:04:05 INFO server: start
      further text
      WARNING:app.web:slow
      Traceback (most recent call last):
      ValueError: kaput
      Level 25:app:custom
      ERROR: no logger is named here
      2026-01-02 03:04:06 INFO server: stop
      """)
    #expect(found.map(\.lines) == [1...2, 3...5, 6...7, 8...8])
    #expect(found.map(\.record.level) == [.info, .warn, .info, .info])
    #expect(found.map { $0.record.stamp != nil } == [true, false, false, true])
  }

  @Test func withoutStampsWhatDoesNotBeginSoContinues() {
    let text = """
      INFO:root:started
      ERROR:root:two
      lines
      KeyError: 'x'
      CRITICAL:shop.cart:end
      """
    #expect(reader(for: text).formatName == "python-default")
    #expect(records(text).map(\.lines) == [1...1, 2...4, 5...5])
  }

  @Test func templatesOfStampsBeginRecords() {
    let found = records(
      """
      2026-01-02T03:04:05.678+0000 info "app" done {"a": 1}
      {iso_end} debug "app" begin {}
      {broken brace} goes on
      2026-01-02T03:04:06.678+0000 error "app" done {}
      """)
    #expect(found.map(\.lines) == [1...1, 2...3, 4...4])
    #expect(found.map(\.record.level) == [.info, .debug, .error])
  }

  @Test func numbersOfPythonAreLevelsWhereAllLinesHaveOne() {
    let numbered = "1767323045.1 10 77 a\n1767323045.2 30 77 b\n1767323045.3 25 77 c\n1767323045.4 50 77 d"
    #expect(records(numbered).map(\.record.level) == [.debug, .warn, .info, .critical])
    let counts = "2026-01-02 03:04:05 10 rows\n2026-01-02 03:04:06 37 rows\n2026-01-02 03:04:07 20 rows"
    #expect(records(counts).map(\.record.level) == [nil, nil, nil])
  }

  @Test func datesInTheMidstCountOnlyWhereTheUsualSignStandsBefore() {
    let request = "127.0.0.1 () {2 vars in 9 bytes} [Fri Jan  2 03:04:05 2026] GET / => generated 2 bytes"
    let found = records(
      "compiled with version: 12.2.0 on 22 November 2025 12:49:39\n\(request)\n\(request)\n\(request)\n\(request)")
    #expect(found.map(\.lines) == [1...1, 2...2, 3...3, 4...4, 5...5])
    #expect(found.first?.record.stamp == nil)
  }

  @Test func aLineThatEndsWithItsStampIsItsMessage() {
    #expect(Reading("*** Starting the server on [Fri Jan 02 03:04:05 2026] ***").message.hasPrefix("*** Starting"))
  }

  @Test func levelsAreNoHosts() {
    let reading = Reading("2026-01-02T03:04:05Z INFO Note: text")
    #expect(reading.format == "text")
    #expect(reading.fields["host"] == nil && reading.fields["program"] == nil)
    #expect(reading.level == .info)
    let chrome = Reading("2026-01-02T03:04:05.678901Z INFO update_engine[77]: text")
    #expect(chrome.fields["program"] == "update_engine")
  }

  private func records(_ text: String) -> [(lines: ClosedRange<Int>, record: ParsedRecord)] {
    let reader = reader(for: text)
    return withBytes(text) { bytes in
      let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      var starts: [(line: Int, offset: Int)] = []
      var offset = 0
      for line in 0..<index.lineCount {
        if index.groups[line / 64].code(ofLine: line % 64).isStart { starts.append((line + 1, offset)) }
        offset = (bytes[offset...].firstIndex(of: 10) ?? bytes.count) + 1
      }
      return zip(starts, starts.dropFirst() + [(index.lineCount + 1, bytes.count)]).map { start, next in
        (start.line...next.line - 1, reader.parse(bytes.part(start.offset..<next.offset), reference: reference))
      }
    }
  }
}
