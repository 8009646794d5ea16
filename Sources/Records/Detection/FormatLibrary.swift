/// All formats by name: the one list that help, completion, detection and `--format` use.
///
/// The built-in ones, and before them those that the user defined. Immutable: share it between threads.
public final class FormatLibrary: Sendable {
  /// What chiplog knows by itself.
  public static let builtIn = FormatLibrary()

  /// The user's own, in the order in which they are tried; they come before all others.
  let custom: [LineFormat]

  /// Makes a library with the user's formats; of two with the same name the first counts, and hides a built-in one.
  public init(_ definitions: [FormatDefinition] = []) {
    var names: Set<String> = []
    custom = definitions.map(\.format).filter { names.insert($0.name).inserted }
  }

  /// Every format's name with one sentence about it.
  public var names: [(name: String, summary: String)] {
    let own = Set(custom.map(\.name))
    let builtIn =
      Family.allCases.filter(\.isNamed).map { ($0.name, $0.summary) }
      + ColumnsFormat.Kind.allCases.map { ($0.rawValue, $0.summary) }
      + [JournalReading.Form.verbose, .export].map { ($0.name, $0.summary) }
      + [
        ("docker", "Docker's json-file: lines of containers in JSON, with the level that a line names"),
        ("cri", "logs of containers in Kubernetes: stamp, stream, F or P, and the line"),
        (JavaFormats.simple.name, JavaFormats.simple.summary),
      ] + LineFormats.lines.map { ($0.name, $0.summary) }
    return custom.map { ($0.name, $0.summary) } + builtIn.filter { !own.contains($0.0) }
  }

  /// A reader of the named format, adapted to the beginning of the file; nil if no format has that name.
  public func reader(
    named name: String, options: ReadingOptions, sample: UnsafeRawBufferPointer
  ) -> RecordReader? {
    guard format(named: name) != nil else { return nil }
    var options = options
    options.library = self
    options.forcedFormat = name
    return FormatDetection.reader(for: sample, fileName: "", options: options)
  }

  /// What a format's name stands for.
  enum Format {
    case family(Family)
    case columns(ColumnsFormat.Kind)
    case journal(JournalReading.Form)
    case lines(LineFormat)

    /// The grammar that such lines are read with.
    var family: Family {
      switch self {
      case .family(let family): family
      case .columns: .columns
      case .journal: .journal
      case .lines(let format): format.custom.map { $0.json == nil ? .custom : .json } ?? .text
      }
    }
  }

  /// nil if no format has that name.
  func format(named name: String) -> Format? {
    if let format = custom.first(where: { $0.name == name }) { return .lines(format) }
    if let kind = ColumnsFormat.Kind(rawValue: name) { return .columns(kind) }
    if let form = JournalReading.Form.allCases.first(where: { $0.name == name }) { return .journal(form) }
    if let family = Family(name: name), family.isNamed { return .family(family) }
    if name == "docker" { return .family(.json) }
    if name == JavaFormats.simple.name { return .lines(JavaFormats.simple) }
    if name == "cri" { return .family(.text) }
    return LineFormats.lines.first { $0.name == name }.map { .lines($0) }
  }
}
