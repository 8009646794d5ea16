/// What was entered at one kind of prompt, oldest first, without neighbours that are equal.
public struct PromptHistory: Equatable, Sendable {
  /// The entries, oldest first.
  public private(set) var entries: [String]
  /// How many entries are kept.
  public static let limit = 500

  /// Makes a history, keeping the newest of `entries`.
  public init(_ entries: [String] = []) { self.entries = Array(entries.suffix(Self.limit)) }

  /// Adds an entry; an equal older one moves to the end, an empty one is not kept.
  public mutating func add(_ text: String) {
    guard !text.isEmpty else { return }
    entries.removeAll { $0 == text }
    entries.append(text)
    if entries.count > Self.limit { entries.removeFirst(entries.count - Self.limit) }
  }

  /// The index of the newest entry before `index` that contains `needle`; nil if none does.
  public func search(_ needle: String, before index: Int) -> Int? {
    guard !needle.isEmpty else { return nil }
    let pattern = Array(needle.utf8)
    return entries.indices.prefix(max(0, index)).last { Array(entries[$0].utf8).contains(pattern) }
  }
}

/// Which prompts there are; each has a history of its own.
public enum PromptKind: Hashable, CaseIterable, Sendable {
  /// The filter bar.
  case filter
  /// `/`.
  case search
  /// `:`.
  case command
  /// A panel to add, or to edit (its index stands in `Prompt.editedPanel`).
  case panel
  /// A search in the help.
  case help
  /// A file to save to.
  case saveAs
  /// A command that records go into.
  case pipe
  /// A search in what a command printed.
  case text

  /// The name of the history in the file that keeps it.
  public var name: String {
    switch self {
    case .filter: "filter"
    case .search: "search"
    case .command: "command"
    case .panel: "panel"
    case .help: "help"
    case .saveAs: "save"
    case .pipe: "pipe"
    case .text: "text"
    }
  }
}
