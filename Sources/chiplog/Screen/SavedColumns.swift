import Interface

/// The columns that were chosen on the screen, by format: a line each, `FORMAT TAB COLUMNS` as `:columns` takes them.
enum SavedColumns {
  private static var path: String { "\(Files.stateFolder)/columns" }
  /// Formats that are kept; beyond them the first by name go.
  private static let limit = 500

  static func load() -> [String: [LogColumn]] {
    guard let bytes = Files.contents(of: path) else { return [:] }
    var columns: [String: [LogColumn]] = [:]
    for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n").suffix(limit) {
      let parts = line.split(separator: "\t", maxSplits: 1)
      guard parts.count == 2, let list = LogColumn.list(String(parts[1])) else { continue }
      columns[String(parts[0])] = list
    }
    return columns
  }

  /// Keeps those of a format beside the others; a disk that takes none costs only the choice.
  static func save(_ columns: [LogColumn]?, ofFormat format: String) {
    guard !format.contains(where: { $0 == "\t" || $0.isNewline }) else { return }
    var all = load()
    all[format] = columns
    let lines = all.sorted { $0.key < $1.key }.suffix(limit).map { "\($0.key)\t\(LogColumn.text(of: $0.value))\n" }
    try? Files.replace(path, with: Array(lines.joined().utf8))
  }
}
