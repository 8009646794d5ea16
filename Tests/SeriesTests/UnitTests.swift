import Series
import Testing

@Suite struct UnitTests {
  @Test(arguments: [
    (0, "0"), (100, "100"), (1, "1"), (3.14159, "3.1"), (0.25, "0.25"), (0.031, "0.03"), (0.0042, "0.004"),
    (0.00002, "2e-5"), (999, "999"), (999.6, "1.0k"), (12_400, "12.4k"), (-12_400, "-12.4k"), (5e6, "5.0M"),
    (2.5e12, "2.5T"), (1e22, "1e7P"), (.nan, "NaN"), (.infinity, "+Inf"), (-.infinity, "-Inf"),
  ]) func numbersHaveAboutThreeDigits(value: Double, text: String) { #expect(MetricUnit.number.text(value) == text) }

  @Test(arguments: [
    (3.1, "3.1/s"), (212, "212/s"), (0, "0/s"), (4, "4.0/s"), (12_400, "12.4k/s"), (0.5, "0.50/s"),
  ]) func ratesArePerSecond(value: Double, text: String) {
    #expect(MetricUnit.number.perSecond.text(value) == text)
  }

  @Test(arguments: [
    (0, "0s"), (0.25, "250ms"), (1, "1s"), (1.5, "1.5s"), (0.9996, "1.0s"), (0.0000123, "12.3us"), (90, "90s"),
    (150, "2.5min"), (7200, "2.0h"), (400_000, "4.6d"), (2e-9, "2.0ns"),
  ]) func secondsTakeTheUnitThatSuits(value: Double, text: String) { #expect(MetricUnit.seconds.text(value) == text) }

  @Test(arguments: [
    (0, "0 B"), (512, "512 B"), (1024, "1.0 KiB"), (1_288_490_189, "1.2 GiB"), (1_048_575.9, "1.0 MiB"),
  ]) func bytesCountIn1024(value: Double, text: String) { #expect(MetricUnit.bytes.text(value) == text) }

  @Test func otherUnitsRead() {
    #expect(MetricUnit.ratio.text(0.37) == "37.0%")
    #expect(MetricUnit(named: "%").text(37) == "37.0%")
    #expect(MetricUnit(named: "ms").text(250) == "250ms")
    #expect(MetricUnit(named: "req/s").text(12) == "12.0 req/s")
    #expect(MetricUnit(named: "B/s").text(2048) == "2.0 KiB/s")
    #expect(MetricUnit(.instant).text(1_795_351_371) == "2026-11-22")
    #expect(MetricUnit(.named("Hz")).text(2.4e9) == "2.4 GHz")
  }

  @Test func twoBoundsShareOneUnit() {
    #expect(MetricUnit.number.perSecond.text(from: 0.2, to: 3.1) == "0.20-3.1/s")
    #expect(MetricUnit.bytes.text(from: 1e9, to: 1.5e9) == "0.93-1.4 GiB")
    #expect(MetricUnit.number.text(from: -3, to: 4) == "-3..4")
    #expect(MetricUnit.number.text(from: 4, to: 4) == "4")
  }

  @Test(arguments: [
    ("http_request_duration_seconds", MetricUnit.seconds), ("http_request_duration_seconds_bucket", .seconds),
    ("node_memory_MemFree_bytes", .bytes), ("http_requests_total", .number), ("x_seconds_count", .number),
    ("process_start_time_seconds", MetricUnit(.instant)), ("node_cpu_seconds_total", .seconds), ("up", .number),
    ("cache_hit_ratio", .ratio), ("job:latency_seconds:p99", .number),
    ("disk_used_percent", MetricUnit(.ratio, scale: 0.01)),
  ]) func namesTellUnits(name: String, unit: MetricUnit) { #expect(MetricUnit.inferred(fromMetric: name) == unit) }

  @Test func cpuSecondsPerSecondAreANumber() {
    let unit = MetricUnit.inferred(fromMetric: "node_cpu_seconds_total").perSecond
    #expect(unit.text(3.9) == "3.9")
  }

  @Test func noTextIsWiderThanPromised() {
    for unit in [MetricUnit.number, .seconds, .bytes, .ratio, .number.perSecond, .bytes.perSecond, MetricUnit(.bits)] {
      var value = 1e-12
      while value < 1e17 {
        for one in [value, -value, value * 9.996, value * 0.99951] {
          #expect(unit.text(one).count <= MetricUnit.width + (one < 0 ? 1 : 0), "\(one): \(unit.text(one))")
        }
        value *= 3.7
      }
    }
  }
}
