import Drawing
import JSON

/// Reads a theme file and those it inherits from; what stands in an heir wins. All palettes are read before the first style, so that
/// an heir may give new colours to the names that its parent's styles use.
struct ThemeLoader {
  let depth: ColourDepth
  private var palette: [String: Colour] = [:]
  private var found: [Role: Style] = [:]
  /// The files, what is inherited first.
  private var files: [(name: String, root: JSONNode)] = []
  private var visited: [String] = []
  private var theme = ""

  init(depth: ColourDepth) { self.depth = depth }

  /// The style of every role: what the files say, or what a terminal without colours needs.
  func styles() -> [Role: Style] {
    guard depth == .none else { return found }
    return Dictionary(
      Role.all.map { ($0, Style(attributes: Monochrome.attributes(of: $0))) }, uniquingKeysWith: { first, _ in first })
  }

  /// Loads a built-in theme or a file, and what it inherits.
  mutating func load(_ name: String, read: (String) -> [UInt8]?) throws(ThemeError) {
    try collect(name, from: nil, read: read)
    for file in files {
      theme = file.name
      try readPalette(file.root)
    }
    for file in files {
      theme = file.name
      try readStyles(file.root)
    }
  }

  private mutating func collect(
    _ name: String, from origin: ThemeError?, read: (String) -> [UInt8]?
  ) throws(ThemeError) {
    func fail(_ message: String) -> ThemeError {
      ThemeError(theme: origin?.theme ?? name, line: origin?.line, column: origin?.column, message: message)
    }
    if visited.contains(name) { throw fail("theme \"\(name)\" inherits from itself") }
    visited.append(name)
    guard let text = BuiltInThemes.text(of: name) ?? read(name) else { throw fail(ThemeLoader.unknownTheme(name)) }
    theme = name
    let root: JSONNode
    do { root = try JSONDocument.parse(text, allowingComments: true) } catch {
      throw ThemeError(theme: name, line: error.line, column: error.column, message: error.message)
    }
    guard root.members != nil else { throw mistake(root, "expected an object") }
    if let parent = root["inherits"] {
      guard let parentName = parent.string else { throw mistake(parent, "expected the name of a theme") }
      try collect(parentName, from: mistake(parent, ""), read: read)
    }
    files.append((name, root))
  }

  private static func unknownTheme(_ name: String) -> String {
    let known = Theme.builtInNames
    let near = Suggestion.nearest(to: name, in: known).map { "; did you mean \"\($0)\"?" }
    return "unknown theme \"\(name)\"" + (near ?? "; there are \(known.joined(separator: ", ")), or give a file")
  }

  private func mistake(_ node: JSONNode, _ message: String) -> ThemeError {
    ThemeError(theme: theme, line: node.line, column: node.column, message: message)
  }

  private mutating func readPalette(_ root: JSONNode) throws(ThemeError) {
    guard let node = root["palette"] else { return }
    guard let members = node.members else { throw mistake(node, "expected an object of colours") }
    for member in members {
      guard let choice = pick(member.node) else { throw mistake(member.node, "expected one to three colours") }
      palette[member.name] = try colour(choice)
    }
  }

  /// Of [24-bit, 256, 16], the best that the terminal has; a shorter list repeats its last.
  private func pick(_ node: JSONNode) -> JSONNode? {
    let choices = node.array ?? [node]
    guard !choices.isEmpty, choices.count <= 3 else { return nil }
    let index = depth == .direct ? 0 : depth == .indexed256 ? 1 : 2
    return choices[min(index, choices.count - 1)]
  }

  private func colour(_ node: JSONNode) throws(ThemeError) -> Colour {
    guard let text = node.string ?? node.spelling else {
      throw mistake(node, "expected a colour, found \(node.value.kindDescription)")
    }
    if let colour = palette[text] { return colour }
    guard let colour = ColourNames.colour(text) else { throw mistake(node, unknownColour(text)) }
    return ColourNames.reduced(colour, to: depth)
  }

  private func unknownColour(_ text: String) -> String {
    let near = Suggestion.nearest(to: text, in: ColourNames.names + palette.keys.sorted() + StyleWords.all)
    return "unknown colour \"\(text)\""
      + (near.map { "; did you mean \"\($0)\"?" } ?? "; a colour is a name, 0 to 255 or #rrggbb")
  }

  // MARK: Styles

  private mutating func readStyles(_ root: JSONNode) throws(ThemeError) {
    for member in root.members ?? [] where member.name != "inherits" && member.name != "palette" {
      if let parts = member.node.members {
        for part in parts { try readStyle(member.name + "." + part.name, at: part) }
      } else if member.name == "source", let list = member.node.array, !list.isEmpty {
        for index in 0..<Role.sourceCount { found[.source(index)] = try style(list[index % list.count]) }
      } else {
        try readStyle(member.name, at: member)
      }
    }
  }

  /// `match`, `level.error`; a bare `cursor` or `search` means the main role of its group.
  private mutating func readStyle(_ path: String, at member: JSONMember) throws(ThemeError) {
    let roles = ThemeLoader.rolesByPath
    let main = [".base", ".row", ".any", ".label"].lazy.compactMap { roles[path + $0] }.first
    guard let role = roles[path] ?? main else {
      let near = Suggestion.nearest(to: path, in: roles.keys.sorted()).map { "; did you mean \"\($0)\"?" } ?? ""
      let message = "unknown part \"\(path)\"" + near
      throw ThemeError(theme: theme, line: member.line, column: member.column, message: message)
    }
    found[role] = try style(member.node)
  }

  private static let rolesByPath = Dictionary(
    Role.all.map { ($0.path, $0) }, uniquingKeysWith: { first, _ in first })

  /// `"[colour] [on colour] [bold dim italic underline reverse]"`, or a list of such for 24-bit, 256 and 16 colours.
  private func style(_ node: JSONNode) throws(ThemeError) -> Style {
    guard let choice = pick(node), let text = choice.string ?? choice.spelling else {
      throw mistake(node, "expected a style such as \"red on black bold\"")
    }
    var style = Style()
    var isBackground = false
    for word in text.split(separator: " ") {
      if word == "on" {
        isBackground = true
      } else if let attribute = StyleWords.attributes[String(word)] {
        style.attributes.insert(attribute)
      } else {
        let colour = try colour(JSONNode(.string(String(word)), line: choice.line, column: choice.column))
        if isBackground { style.background = colour } else { style.foreground = colour }
        isBackground = false
      }
    }
    return style
  }
}

extension JSONNode {
  /// A number as it was written: a palette index needs no quotes.
  fileprivate var spelling: String? {
    if case .number(_, let text) = value { text } else { nil }
  }
}

/// The words for attributes in theme files.
enum StyleWords {
  static let attributes: [String: Style.Attributes] = [
    "bold": .bold, "dim": .dim, "italic": .italic, "underline": .underline, "reverse": .reverse, "plain": [],
  ]
  static let all = attributes.keys.sorted()
}
