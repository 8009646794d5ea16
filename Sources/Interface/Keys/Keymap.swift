import Drawing

/// Which keys do what in which pane: the standard table, changed by the configuration.
///
///     let keymap = Keymap.standard
///     keymap.lookup([.character("]")], in: .log)                    // .prefix
///     keymap.lookup([.character("]"), .character("w")], in: .log)   // .action(.nextWarning)
public struct Keymap: Equatable, Sendable {
  /// What some keys mean.
  public enum Meaning: Equatable, Sendable {
    /// Nothing.
    case none
    /// The beginning of longer sequences only.
    case prefix
    /// An action.
    case action(Action)
    /// An action, and the beginning of longer sequences: it waits for the next key, or for half a second.
    case both(Action)
  }

  private var bindings: [Pane: [[Key]: Action]] = [:]

  /// The keys without any configuration.
  public static let standard = Keymap(rows: KeyTable.rows)

  init(rows: [KeyTableRow]) {
    for row in rows {
      for text in row.keys {
        guard let keys = Key.sequence(named: text) else { continue }
        bindings[row.pane, default: [:]][keys] = row.action
      }
    }
  }

  /// What `keys` mean in `pane`; a pane that lets keys through asks the log next.
  public func lookup(_ keys: [Key], in pane: Pane) -> Meaning {
    let own = ownMeaning(keys, in: pane)
    return own == .none && pane.fallsThrough ? ownMeaning(keys, in: .log) : own
  }

  /// The sequences that do `action` in `pane`, those of the standard table first.
  public func keys(for action: Action, in pane: Pane) -> [[Key]] {
    let all = bindings[pane, default: [:]].filter { $0.value == action }.map(\.key)
    let standard = KeyTable.rows.first { $0.action == action && $0.pane == pane }?.keys ?? []
    let order = standard.compactMap(Key.sequence(named:))
    return all.sorted { left, right in
      let (a, b) = (order.firstIndex(of: left) ?? .max, order.firstIndex(of: right) ?? .max)
      return a == b ? Key.text(of: left) < Key.text(of: right) : a < b
    }
  }

  /// The sequences that go on from `prefix` in `pane`, with what they do, in a fixed order.
  public func continuations(of prefix: [Key], in pane: Pane) -> [(keys: [Key], action: Action)] {
    let panes = pane.fallsThrough ? [pane, .log] : [pane]
    var found: [[Key]: Action] = [:]
    for pane in panes {
      for (keys, action) in bindings[pane, default: [:]] where keys.count > prefix.count && keys.starts(with: prefix) {
        if found[keys] == nil { found[keys] = action }
      }
    }
    return found.map { (keys: $0.key, action: $0.value) }.sorted { Key.text(of: $0.keys) < Key.text(of: $1.keys) }
  }

  /// Binds `keys` to `action` in every pane that knows the action.
  public mutating func bind(_ keys: [Key], to action: Action) {
    for pane in Pane.allCases where KeyTable.rows.contains(where: { $0.pane == pane && $0.action == action }) {
      bindings[pane, default: [:]][keys] = action
    }
  }

  /// Takes `keys` away from every pane.
  public mutating func unbind(_ keys: [Key]) {
    for pane in Pane.allCases { bindings[pane]?[keys] = nil }
  }

  private func ownMeaning(_ keys: [Key], in pane: Pane) -> Meaning {
    guard let own = bindings[pane], !keys.isEmpty else { return .none }
    let isPrefix = own.keys.contains { $0.count > keys.count && $0.starts(with: keys) }
    guard let action = own[keys] else { return isPrefix ? .prefix : .none }
    return isPrefix ? .both(action) : .action(action)
  }
}

extension Key {
  /// The keys that a text names, with spaces between them: `] w`, `ctrl-s`; nil if one of them is unknown.
  public static func sequence(named text: String) -> [Key]? {
    var keys: [Key] = []
    for part in text.split(separator: " ") {
      guard let key = Key(name: String(part)) else { return nil }
      keys.append(key)
    }
    return keys.isEmpty ? nil : keys
  }

  /// The text that `sequence(named:)` reads back.
  static func text(of keys: [Key]) -> String { keys.map(\.name).joined(separator: " ") }
}
