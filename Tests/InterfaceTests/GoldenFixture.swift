import Drawing
import LogFiles
import Metrics
import Quantities
import Records
import Series
import Timelines

@testable import Interface

/// States made of texts of logs, without files, workers or clocks.
enum GoldenFixture {
  /// 2026-03-14 14:09:40 UTC.
  static let now = Timestamp(seconds: 1_773_497_380)

  /// A state that shows `files`, merged by time, with the cursor on the record `cursor` (the last one where nil).
  static func state(
    columns: Int = 80, rows: Int = 24, files: [(name: String, text: String)], cursor: Int? = nil
  ) -> State {
    var state = State(size: Size(columns: columns, rows: rows), now: now)
    var records: [LogRow] = []
    for (index, file) in files.enumerated() {
      var status = FileStatus(file: FileID(index), name: file.name, shortName: file.name)
      let found = self.records(of: file.text, named: file.name, file: FileID(index))
      status.phase = .following
      status.recordCount = found.count
      status.byteCount = file.text.utf8.count
      status.format = found.first?.format ?? "text"
      status.hasTimes = found.contains { $0.parsed.stamp != nil }
      state.summary.files.append(status)
      records += found
    }
    records = records.enumerated().sorted { ($0.element.record.key, $0.offset) < ($1.element.record.key, $1.offset) }
      .map(\.element)
    show(records, cursor: cursor ?? records.count - 1, in: &state)
    return state
  }

  /// Puts rows on the screen as an answer of a worker would.
  static func show(_ rows: [LogRow], cursor: Int, in state: inout State) {
    let request = WindowRequest(id: 1, anchor: .end, reach: 100, movesCursor: true)
    state.log.window = Window(
      request: request, view: 0, rows: rows, firstRank: 0, count: rows.count, anchor: cursor)
    state.view.count = rows.count
    state.view.totalCount = rows.count
    state.view.matchCount = rows.count
    state.follow.countAtPause = rows.count
    state.view.writtenOffset = .seconds(0)
    let stamps = rows.compactMap(\.parsed.stamp)
    if let first = stamps.min(), let last = stamps.max() { state.view.span = first...last }
    if rows.indices.contains(cursor) { state.log.cursor = rows[cursor].position }
    state.log.top = rows.first?.position
    scroll(&state)
  }

  /// Scrolls down until the cursor is on the screen.
  static func scroll(_ state: inout State) {
    guard let cursor = state.log.cursorIndex else { return }
    for index in 0...cursor {
      state.log.top = state.log.window.rows[index].position
      let isVisible = state.visibleRows.contains {
        if case .record(let shown, _) = $0 { shown == cursor } else { false }
      }
      if isVisible { return }
    }
  }

  static func records(of text: String, named name: String, file: FileID) -> [LogRow] {
    let bytes = Array(text.utf8)
    return bytes.withUnsafeBytes { buffer in
      let reader = FormatDetection.reader(for: buffer, fileName: name, options: ReadingOptions())
      let lines = ranges(of: bytes)
      var rows: [LogRow] = []
      var start = 0
      var key = now
      while start < lines.count {
        var end = start + 1
        while end < lines.count,
          !reader.code(ofLine: .init(rebasing: buffer[lines[end]]), reference: now).isStart
        { end += 1 }
        let range = lines[start].lowerBound..<lines[end - 1].upperBound
        let parsed = reader.parse(.init(rebasing: buffer[range]), reference: now)
        key = parsed.stamp ?? key
        let record = TimelineRecord(
          position: Position(file: file, generation: GenerationID(0), offset: ByteOffset(range.lowerBound)),
          bytes: range,
          line: LineNumber(start + 1), lineCount: end - start, key: key, level: parsed.level)
        rows.append(
          LogRow(
            record: record, bytes: Array(bytes[range]), isTruncated: false, parsed: parsed, format: reader.formatName,
            isStructured: reader.isStructured, isMatch: true))
        start = end
      }
      return rows
    }
  }

  private static func ranges(of bytes: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for (index, byte) in bytes.enumerated() where byte == 10 {
      ranges.append(start..<index)
      start = index + 1
    }
    if start < bytes.count { ranges.append(start..<bytes.count) }
    return ranges
  }

  // MARK: Panels

  /// Adds a panel whose value at each of `values` is spread evenly over the axis; NaN is a gap.
  static func addPanel(
    _ title: String, _ values: [Double], unit: MetricUnit = .number, warn: Double? = nil, error: Double? = nil,
    status: PanelStatus = .fresh(now), to state: inout State
  ) {
    guard let axis = state.axis else { return }
    let specification = PanelSpecification(title: title, expression: "\(title)_total", warn: warn, error: error)
    var panel = PanelState(specification: specification)
    let step = (axis.to - axis.from).seconds / Double(max(1, values.count))
    panel.drawn = TimeSeries(
      samples: ContiguousArray(
        values.enumerated().map {
          Sample(time: axis.from + .seconds((Double($0.offset) + 0.01) * step), value: $0.element)
        }),
      step: .seconds(step))
    panel.unit = unit
    panel.status = status
    state.panels.specifications.append(specification)
    state.panels.panels.append(panel)
  }

  /// Counts the records of the window as the volume.
  static func addVolume(scale: Int = 1, to state: inout State) {
    guard let axis = state.axis else { return }
    let columns = state.layout.axisColumns
    var volume = Volume(
      request: VolumeRequest(view: 0, axis: axis, columns: columns),
      columns: Array(repeating: .init(counts: Array(repeating: 0, count: 9)), count: columns))
    for row in state.log.window.rows {
      guard let stamp = row.parsed.stamp, let column = axis.column(of: stamp, columns: columns) else { continue }
      volume.columns[column].counts[row.parsed.level.map { Int($0.rawValue) } ?? 8] += scale
    }
    state.panels.volume = volume
  }
}
