import JSON

/// What a panel of Grafana says of its values: unit, bounds, and from where they are too high.
struct GrafanaStyle {
  /// The unit as our configuration names it.
  private(set) var unit: String?
  private(set) var maximum: Double?
  private(set) var minimum: Double?
  private(set) var warn: Double?
  private(set) var error: Double?

  init(_ panel: JSONNode) {
    let defaults = panel["fieldConfig"]?["defaults"]
    let axis = panel["yaxes"]?.array?.first
    unit = (defaults?["unit"]?.string ?? axis?["format"]?.string ?? panel["format"]?.string).flatMap(Self.unit)
    func bound(_ name: String) -> Double? {
      let bound = defaults?[name] ?? axis?[name]
      return bound?.number ?? bound?.string.flatMap { Double($0) }
    }
    maximum = bound("max")
    minimum = bound("min")
    if let thresholds = defaults?["thresholds"] { readSteps(thresholds, defaults, type: panel["type"]?.string ?? "") }
    readOldThresholds(panel)
  }

  /// `thresholds.steps`: each a value and the colour from there on.
  private mutating func readSteps(_ thresholds: JSONNode, _ defaults: JSONNode?, type: String) {
    guard thresholds["mode"]?.string != "percentage" else { return }
    // A graph has thresholds whether it shows them or not.
    let style = defaults?["custom"]?["thresholdsStyle"]?["mode"]?.string
    if type == "timeseries", style == nil || style == "off" { return }
    let steps = (thresholds["steps"]?.array ?? []).map { (value: $0["value"]?.number, colour: Self.severity($0)) }
    // What Grafana puts there itself means nothing.
    if steps.count == 2, steps[1].value == 80, steps[0].colour == nil { return }
    // Where low values are bad, there is nothing to be said from a value upwards.
    guard steps.first?.colour == nil else { return }
    for step in steps {
      guard let value = step.value else { continue }
      switch step.colour {
      case .warn where warn == nil: warn = value
      case .error where error == nil: error = value
      default: break
      }
    }
  }

  private enum Severity { case warn, error }

  private static func severity(_ step: JSONNode) -> Severity? {
    let colour = step["color"]?.string?.lowercased() ?? ""
    if colour.contains("red") || ["#d44a3a", "#f2495c", "#e24d42", "#bf1b00"].contains(colour) { return .error }
    let isWarm = ["orange", "yellow"].contains { colour.contains($0) }
    return isWarm || ["rgba(237, 129, 40, 0.89)", "#ff780a", "#eab839", "#ef843c"].contains(colour) ? .warn : nil
  }

  /// Graphs before Grafana 8 (`thresholds: [{value, op, colorMode}]`) and single numbers (`"70,90"`).
  private mutating func readOldThresholds(_ panel: JSONNode) {
    for threshold in panel["thresholds"]?.array ?? [] where threshold["op"]?.string != "lt" {
      guard let value = threshold["value"]?.number else { continue }
      switch threshold["colorMode"]?.string {
      case "warning": warn = warn ?? value
      case "critical": error = error ?? value
      default: break
      }
    }
    let parts = (panel["thresholds"]?.string ?? "").split(separator: ",").map { Double($0) }
    guard parts.count == 2, let low = parts[0], let high = parts[1], low < high else { return }
    let colours = panel["colors"]?.array ?? []
    if let first = colours.first?.string, first.contains("245, 54, 54") || first.contains("d44a3a") { return }
    (warn, error) = (low, high)
  }

  /// Our name of a unit of Grafana; nil where we infer as much.
  static func unit(_ id: String) -> String? {
    if let name = units[id] { return name }
    if id.hasPrefix("suffix:") { return String(id.dropFirst(7)) }
    return nil
  }

  // What is counted a second is not said: `19.8 req/s` has no room beside a panel.
  private static let units: [String: String] = [
    "s": "s", "ms": "ms", "µs": "µs", "ns": "ns", "m": "min", "h": "h", "d": "d", "dtdurations": "s",
    "dtdurationms": "ms", "clocks": "s", "clockms": "ms", "bytes": "bytes", "decbytes": "bytes", "kbytes": "KiB",
    "deckbytes": "kB", "mbytes": "MiB", "decmbytes": "MB", "gbytes": "GiB", "decgbytes": "GB", "bits": "bits",
    "decbits": "bits", "Bps": "bytes/s", "binBps": "bytes/s", "bps": "bps", "binbps": "bps", "KBs": "kB/s",
    "KiBs": "KiB/s", "MBs": "MB/s", "MiBs": "MiB/s", "GBs": "GB/s", "GiBs": "GiB/s", "pps": "/s",
    "percent": "%", "percentunit": "ratio", "reqps": "/s", "ops": "/s", "rps": "/s", "wps": "/s", "iops": "/s",
    "eps": "/s",
    "mps": "/s", "cps": "/s", "hertz": "Hz", "celsius": "celsius",
    "volt": "V", "amp": "A", "watt": "W", "joule": "joules", "rotrpm": "rpm", "dateTimeAsIso": "time",
    "dateTimeFromNow": "time",
  ]
}
