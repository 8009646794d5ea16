import Platform

/// The machine that is measured on.
enum Machine {
  /// The processor's name, as the kernel has it.
  static var processor: String {
    let line = text(of: "/proc/cpuinfo").split(separator: "\n").first { $0.hasPrefix("model name") }
    return line?.split(separator: ":").last.map { String($0.drop { $0 == " " }) } ?? "unknown processor"
  }

  /// How many processors this process may use.
  static var coreCount: Int {
    // `Cpus_allowed:\tf` is a mask in hexadecimal digits, in groups that commas part.
    let mask = status("Cpus_allowed:").reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
    return mask > 0 ? mask : Threads.processorCount
  }

  /// The three load averages.
  static var load: String { text(of: "/proc/loadavg").split(separator: " ").prefix(3).joined(separator: " ") }

  /// Whether others have kept more than half of the processors busy for a minute: then ratios of clock times say little.
  static var isBusy: Bool { (Double(load.prefix { $0 != " " }) ?? 0) > Double(coreCount) / 2 }

  /// Bytes of memory that this process has for itself, maps of files not counted.
  static var anonymousBytes: Int {
    (Int(status("RssAnon:").filter(\.isNumber)) ?? 0) * 1024
  }

  /// What the kernel says of this process under `name`.
  private static func status(_ name: String) -> String {
    let line = text(of: "/proc/self/status").split(separator: "\n").first { $0.hasPrefix(name) }
    return line.map { String($0.dropFirst(name.count)) } ?? ""
  }

  static func text(of path: String) -> String {
    (try? FileDescriptor.open(path).readToEnd(limit: 1 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }
}
