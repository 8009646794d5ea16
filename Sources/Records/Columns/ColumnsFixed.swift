// Formats whose columns are in no header but in a documentation.

extension ColumnsDetection {
  /// PostgreSQL's csvlog (documentation, "Using CSV-Format Log Output"); versions before 13 have 23 columns, 26 since 14.
  static let postgresFormat: ColumnsFormat = {
    var columns = [
      "log_time", "user", "database", "pid", "client", "session", "session_line_num", "command",
      "session_start_time", "virtual_transaction_id", "transaction_id", "error_severity", "error_code", "message",
      "detail", "hint", "internal_query", "internal_query_pos", "context", "query", "query_pos", "location", "program",
      "backend_type", "leader_pid", "query_id",
    ].map { ColumnsFormat.Column(Array($0.utf8)) }
    columns[4] = ColumnsFormat.Column(Array("client".utf8), .client)
    var layout = ColumnsFormat.Layout(columns)
    (layout.time, layout.date, layout.level, layout.message) = (0, -1, 11, 13)
    return ColumnsFormat(.postgresCSV, separator: UInt8(ascii: ","), hasQuotes: true, layouts: [layout])
  }()

  /// Application Load Balancer ("Access log entries"); older ones end earlier.
  static let application = [
    "type", "time", "elb", "client", "upstream", "request_processing_time", "target_processing_time",
    "response_processing_time", "status", "target_status_code", "received_bytes", "bytes", "request", "agent",
    "ssl_cipher", "ssl_protocol", "target_group_arn", "trace_id", "domain_name", "chosen_cert_arn",
    "matched_rule_priority", "request_creation_time", "actions_executed", "redirect_url", "error_reason",
    "target_port_list", "target_status_code_list", "classification_of_request", "classification_reason",
    "conn_trace_id",
  ]
  /// Classic Load Balancer ("Access log entries").
  static let classic = [
    "time", "elb", "client", "upstream", "request_processing_time", "backend_processing_time",
    "response_processing_time", "status", "backend_status_code", "received_bytes", "bytes", "request", "agent",
    "ssl_cipher", "ssl_protocol",
  ]

  static func balancer(_ names: [String]) -> ColumnsFormat {
    let parts: [String: ColumnsFormat.Column.Part] = ["time": .time, "client": .client, "request": .request]
    let columns = names.map { ColumnsFormat.Column(Array($0.utf8), parts[$0] ?? .value) }
    var layout = ColumnsFormat.Layout(columns)
    layout.time = names.firstIndex(of: "time") ?? 0
    layout.status = names.firstIndex(of: "status") ?? -1
    (layout.date, layout.level, layout.message) = (-1, -1, names.firstIndex(of: "request") ?? -1)
    return ColumnsFormat(.elb, separator: 32, hasQuotes: true, layouts: [layout])
  }

  /// Whether a line of csvlog is among the first; embedded newlines make some that are none.
  func postgres() -> ColumnsFormat? {
    let isFound = hasRow(separator: UInt8(ascii: ","), amongFirst: 20) { line, columns in
      guard columns.count >= 13, line.has("-", at: 4), Self.isStamp(line, columns[0]),
        line.part(columns[5].range).contains(UInt8(ascii: ".")), line.part(columns[3].range).allSatisfy(\.isDigit)
      else { return false }
      let level = columns[11].range
      return !level.isEmpty && LevelValue.read(line, level, scale: .mixed) != nil
    }
    return isFound ? Self.postgresFormat : nil
  }

  /// Access logs of load balancers: a request in quotes where each version has it.
  func balancer() -> ColumnsFormat? {
    func isRow(_ names: [String]) -> Bool {
      let time = names[0] == "time" ? 0 : 1
      return hasRow(separator: 32, amongFirst: 3) { line, columns in
        guard columns.count >= time + 14, Self.isStamp(line, columns[time]), columns[time + 11].isQuoted,
          columns[time + 12].isQuoted
        else { return false }
        return columns[time + 4..<time + 11].allSatisfy { column in
          let value = line.part(column.range)
          return FieldKinds.isNumber(value) || value.count == 1 && value[0] == UInt8(ascii: "-")
        }
      }
    }
    if isRow(Self.classic) { return Self.balancer(Self.classic) }
    return isRow(Self.application) ? Self.balancer(Self.application) : nil
  }

  private static func isStamp(_ line: UnsafeRawBufferPointer, _ column: ColumnSplitter.Column) -> Bool {
    let bytes = line.part(column.range)
    return bytes.count >= 19 && bytes.count <= 48 && ColumnsReading.stamp(bytes, .customary)?.form == .yearFirst
  }

  private func hasRow(
    separator: UInt8, amongFirst count: Int,
    _ fits: (UnsafeRawBufferPointer, [ColumnSplitter.Column]) -> Bool
  ) -> Bool {
    var left = count
    var isFound = false
    forEachLine { line in
      var splitter = ColumnSplitter(line, separator: separator, hasQuotes: true)
      var columns: [ColumnSplitter.Column] = []
      while let column = splitter.next(), columns.count < 64 { columns.append(column) }
      isFound = fits(line, columns)
      left -= 1
      return !isFound && left > 0
    }
    return isFound
  }
}
