import Glibc
import Interface
import Platform
import Quantities

/// Sessions as they were left, one file for each set of sources, in `$XDG_STATE_HOME/chiplog/sessions/`, for the user alone.
enum SessionFiles {
  /// How many sets are remembered.
  private static let most = 60

  private static var folder: String { Files.stateFolder + "/sessions" }

  /// What was left of these sources; nil if nothing was.
  static func load(_ sources: [String]) -> SavedSession? {
    Files.contents(of: path(of: absolute(sources))).flatMap { SavedSession(reading: $0) }
  }

  /// Keeps a session; a disk that takes none costs only that. The oldest ones beyond sixty are forgotten.
  static func save(_ session: SavedSession) {
    var session = session
    session.sources = absolute(session.sources)
    try? Files.replace(path(of: session.sources), with: Array(session.text.utf8))
    for old in files().dropFirst(most) { unlink(old.path) }
  }

  /// The sets whose files are still there, the one left last first.
  static func latest(_ count: Int) -> [SavedSession] {
    files().prefix(count).compactMap { file in
      Files.contents(of: file.path).flatMap { SavedSession(reading: $0) }
    }.filter { session in session.sources.contains { PathText.withBytes($0) { access($0, R_OK) } == 0 } }
  }

  /// The files, latest first.
  private static func files() -> [(path: String, modified: Timestamp)] {
    let paths = ((try? Folder.names(in: folder)) ?? []).filter { $0.hasSuffix(".jsonc") }.map { folder + "/" + $0 }
    return paths.compactMap { path in (try? FileFacts(path: path)).map { (path, $0.modified) } }
      .sorted { $0.modified > $1.modified }
  }

  private static func path(of sources: [String]) -> String {
    // FNV-1a: names of files need no secret.
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in sources.sorted().joined(separator: "\n").utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    let digits = String(hash, radix: 16)
    return "\(folder)/\(String(repeating: "0", count: 16 - digits.count))\(digits).jsonc"
  }

  private static func absolute(_ sources: [String]) -> [String] {
    sources.map { name in
      guard let resolved = PathText.withBytes(name, { realpath($0, nil) }) else { return name }
      defer { free(resolved) }
      let length = strlen(resolved)
      return resolved.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
        PathText.text(UnsafeBufferPointer(start: bytes, count: length))
      }
    }
  }
}
