import Foundation
import Quantities
import TestSupport
import Testing

@testable import Records

/// What reading a whole sample gives.
private struct SampleReading {
  var format: String
  var records = 0
  var stamped = 0
  var levelled = 0
  var parsed: [ParsedRecord] = []

  init(_ name: String) throws {
    let url = try #require(sharedMaterial).appendingPathComponent("samples/\(name)")
    let data = [UInt8](try Data(contentsOf: url))
    format = ""
    data.withUnsafeBytes { bytes in
      let reader = FormatDetection.reader(for: bytes, fileName: name, options: .init())
      format = reader.formatName
      let index = reader.index(bytes, segment: 0..<bytes.count, reference: reference)
      records = index.recordCount
      stamped = index.stampedCount
      var starts: [Int] = []
      var offset = 0
      for line in 0..<index.lineCount {
        if index.groups[line / 64].code(ofLine: line % 64).isStart { starts.append(offset) }
        offset = (bytes[offset...].firstIndex(of: 10) ?? bytes.count) + 1
      }
      for (start, end) in zip(starts, starts.dropFirst() + [bytes.count]) {
        let record = reader.parse(bytes.part(start..<min(end, bytes.count)), reference: reference)
        levelled += record.level == nil ? 0 : 1
        parsed.append(record)
      }
    }
  }
}

/// Tests over what real programs wrote; skipped where the samples are not beside the project.
@Suite(.enabled(if: sharedMaterial != nil, "the shared samples are not here")) struct SampleTests {
  @Test(
    "Every record has its stamp and level",
    arguments: [
      ("structlog/json_iso.log", "json"), ("structlog/json_iso_formatexc.log", "json"),
      ("structlog/json_epoch_float.log", "json"), ("structlog/console_nocolor.log", "structlog-console"),
      ("structlog/console_color.log", "structlog-console"), ("structlog/keyvalue.log", "logfmt"),
      ("structlog/logfmt.log", "logfmt"),
      ("python-json-logger/fields.log", "json"), ("python-json-logger/renamed.log", "json"),
      ("loguru/default.log", "text"), ("loguru/color.log", "text"), ("loguru/serialize.jsonl", "json"),
      ("ecs-logging/stdlib.log", "json"), ("ecs-logging/structlog.log", "json"),
      ("logstash/python_logstash_tcp_v1.jsonl", "json"), ("nginx/access_combined.log", "access"),
      ("nginx/access_timed.log", "access"), ("nginx/access_json.log", "json"), ("nginx/error.log", "nginx-error"),
      ("apache2/access_common.log", "access"), ("apache2/access_combined.log", "access"),
      ("apache2/access_vhost_combined_D.log", "access"), ("apache2/error.log", "apache-error"),
      ("redis/redis.log", "redis"),
      ("python-logging/asctime.log", "text"), ("python-logging/django_verbose.log", "django"),
      ("rsyslog/RSYSLOG_SyslogProtocol23Format.log", "syslog"), ("prometheus/server-logfmt.log", "logfmt"),
      ("loki/server-logfmt.log", "logfmt"), ("influxdb/server-logfmt.log", "logfmt"),
      ("node-exporter/server.log", "logfmt"), ("victoria-metrics/server-json.log", "json"),
      ("haproxy/udp_rfc5424.txt", "syslog"),
    ])
  func complete(_ name: String, _ format: String) throws {
    let reading = try SampleReading(name)
    #expect(reading.format == format)
    #expect(reading.records > 0)
    #expect(reading.stamped == reading.records)
    #expect(reading.levelled == reading.records)
  }

  @Test(
    "Every record has its stamp",
    arguments: [
      ("postgresql/postgresql.log", "postgresql"), ("rsyslog/RSYSLOG_FileFormat.log", "syslog"),
      ("rsyslog/RSYSLOG_TraditionalFileFormat.log", "syslog"), ("syslog-ng/default.log", "syslog"),
      ("syslog-ng/iso.log", "syslog"), ("systemd-journal/json.txt", "json"), ("systemd-journal/short.txt", "syslog"),
      ("systemd-journal/short-iso.txt", "syslog"), ("runit-svlogd/svlogd_tt_utc.log", "text"),
      ("runit-svlogd/svlogd_t_tai64n.log", "text"), ("runit-svlogd/svlogd_ttt.log", "text"),
      ("eliot/eliot.log", "json"), ("python-logging/created_epoch.log", "python-logging"),
    ])
  func stamped(_ name: String, _ format: String) throws {
    let reading = try SampleReading(name)
    #expect(reading.format == format)
    #expect(reading.records > 0)
    #expect(reading.stamped == reading.records)
  }

  @Test("Every sample of the folder can be read, with spans inside its records")
  func everything() throws {
    let root = try #require(sharedMaterial).appendingPathComponent("samples")
    let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
    var count = 0
    for case let url as URL in files where (try? url.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true
    {
      let name = String(url.path.dropFirst(root.path.count + 1))
      let reading = try SampleReading(name)
      #expect(reading.parsed.count == reading.records, "\(name)")
      count += 1
    }
    #expect(count > 100)
  }
}
