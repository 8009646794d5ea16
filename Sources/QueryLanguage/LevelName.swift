import Records

/// The names that a level is typed by.
enum LevelName {
  /// The level of that name, in any case; nil if there is none.
  static func level(_ name: String) -> Level? { table[name.lowercased()] }

  /// The canonical names, mildest first, for help.
  static let list = ordered.joined(separator: " ")

  /// The canonical names, mildest first.
  static let ordered = Level.allCases.map(\.name)

  /// Every accepted name.
  static var all: [String] { table.keys.sorted() }

  private static let table: [String: Level] = {
    var table: [String: Level] = [
      "warning": .warn, "err": .error, "crit": .critical, "emerg": .fatal, "emergency": .fatal, "panic": .fatal,
      "alert": .critical, "information": .info, "informational": .info,
    ]
    for level in Level.allCases { table[level.name] = level }
    return table
  }()
}
