/// The grammars that lines are read with.
enum Family: UInt8, CaseIterable, Sendable {
  case text
  case syslog
  case access
  case json
  case logfmt
  /// Rows of columns that a header or a documentation names.
  case columns
  /// Entries of the systemd journal over many lines.
  case journal
  /// Elements of XML, over one line or many.
  case xml
  /// Lines of a format that the user defined by patterns.
  case custom

  var name: String {
    switch self {
    case .text: "text"
    case .syslog: "syslog"
    case .access: "access"
    case .json: "json"
    case .logfmt: "logfmt"
    case .columns: "columns"
    case .journal: "journal"
    case .xml: "xml"
    case .custom: "custom"
    }
  }

  /// Whether it is a format by itself; the others have several.
  var isNamed: Bool { self != .custom && self != .columns && self != .journal }

  /// One sentence for `--list-formats`.
  var summary: String {
    switch self {
    case .text: "lines that begin with a time, or none; level and key=value pairs are found where they stand"
    case .syslog: "syslog, classic (RFC 3164) and RFC 5424 with structured data"
    case .access: "access logs of web servers: common, combined, with virtual host, with times at the end"
    case .json: "one JSON object a line: structlog, pino, zap, logstash, bunyan, ECS, journald, Docker and others"
    case .logfmt: "key=value pairs, as Prometheus, Loki and Grafana write them"
    case .columns: "rows of columns"
    case .journal: "the systemd journal"
    case .xml: "elements of XML, over one line or many: Windows events, log4j, java.util.logging and others"
    case .custom: "a format of yours"
    }
  }

  init?(name: String) {
    guard let family = Family.allCases.first(where: { $0.name == name }) else { return nil }
    self = family
  }
}

/// What detection learned of one file. The default is what a text file with stamps near the start of lines needs.
struct Habits: Sendable {
  /// Whether lines of the sample have stamps: decides if an unindented line without one is a record.
  var hasStamps = true
  /// Whether records begin as Python's logging writes them by default, in a file without stamps.
  var beginsWithLevel = false
  /// Whether the word after the stamp is a level as Python numbers them.
  var hasNumberLevel = false
  /// Whether levels stand on the second lines of records (`LevelBelow`).
  var hasLevelBelow = false
  /// Whether lines are those of a container's log (`ContainerLine`).
  var isContainer = false
  /// Whether the head of a record may lie beyond its first line: objects of JSON over many lines (`ObjectBlock`), entries
  /// of the journal.
  var hasBlocks = false
  /// Whether the sample holds colours of a terminal (`EscapeSequences`).
  var hasColours = false
  /// Whether the file is in Latin-1.
  var isLatin1 = false
  /// How deep the objects of an array are indented, where a file is one.
  var objectIndent = 0
  /// Whether records begin with blanks in this file.
  var isIndented = false
  /// The shape that most stamps of the sample have, where it is one that is read fast; and where in a line it begins.
  var template = StampTemplate()
  var templateOffset = 0
  /// In which forms stamps are written, and how far from the start of a line.
  var stamps = StampFinder()
  /// How entries of the journal are written, in a file of them.
  var journal: JournalReading.Form?
  /// Which elements are records, in a file of XML.
  var xml: XMLForm?
  /// How rows are written, in a file of them.
  var columns: ColumnsFormat?
  /// How JSON lines end that name their time last.
  var ending = JSONEnding()
  /// The JSON key at the top that holds the message, where the user named it.
  var messageKey: ShortName?
  /// Names of levels that the user defined.
  var levels: LevelDictionary?
  /// The JSON key at the top that holds the time, where the file has a favourite.
  var timeKey: ShortName?
  /// The JSON key at the top that holds the level.
  var levelKey: ShortName?
  /// How the numbers under `levelKey` are to be read.
  var levelRole = KeyRole(kind: .level, rank: 0)
}
