/// How a file spells rows of columns: what its header says, or the documentation where files of that kind have none.
///
/// Immutable, shared by all that read the file.
final class ColumnsFormat: Sendable {
  enum Kind: String, CaseIterable, Sendable {
    case csv
    case tsv
    case w3c
    case zeek
    case elb
    case postgresCSV = "postgres-csv"

    /// Whether a value in quotes may hold line ends, so that a line may continue the row above.
    var hasLongRows: Bool { self == .csv || self == .tsv || self == .postgresCSV }

    /// One sentence for `--list-formats`.
    var summary: String {
      switch self {
      case .csv: "rows with a header line, separated by `,` `;` or `|`, values quoted where needed (RFC 4180)"
      case .tsv: "rows with a header line, separated by tabs"
      case .w3c: "W3C extended log: IIS, CloudFront and others whose `#Fields:` name the columns"
      case .zeek: "Zeek (Bro): tab-separated rows whose `#fields` name the columns"
      case .elb: "access logs of AWS load balancers, classic and application"
      case .postgresCSV: "PostgreSQL's csvlog, which has no header"
      }
    }
  }

  /// What one header names. The indices are -1 where no column is what they say.
  struct Layout: Sendable {
    var columns: [Column] = []
    var time = -1
    /// The day, where it stands apart from the time.
    var date = -1
    var level = -1
    var scale = KeyRole.Scale.mixed
    /// The status of an answer, which gives a level where no column does.
    var status = -1
    var message = -1
  }

  struct Column: Sendable {
    enum Part: UInt8, Sendable {
      case value
      /// When it happened, which is no field of its own.
      case time
      /// Address and port of a client.
      case client
      /// The first line of a request.
      case request
    }

    let name: [UInt8]
    let part: Part

    init(_ name: [UInt8], _ part: Part = .value) {
      self.name = name
      self.part = part
    }
  }

  let kind: Kind
  let separator: UInt8
  let hasQuotes: Bool
  /// The headers of the sample. A row is read by the first with as many columns as the row has, or else by the first.
  let layouts: [Layout]
  /// The day of rows that have a time only, as the file's first `#Date:` writes it.
  let day: [UInt8]
  /// Files whose lines with `#` at the margin are not rows.
  var hasComments: Bool { kind == .w3c || kind == .zeek }

  /// How many headers of a file are kept.
  static let limit = 8

  init(_ kind: Kind, separator: UInt8, hasQuotes: Bool, layouts: [Layout], day: [UInt8] = []) {
    self.kind = kind
    self.separator = separator
    self.hasQuotes = hasQuotes
    self.layouts = layouts
    self.day = day
  }

  /// The number of the layout for a row with `count` columns.
  func layout(of count: Int) -> Int {
    layouts.firstIndex { $0.columns.count == count } ?? 0
  }
}

extension ColumnsFormat.Layout {
  /// The roles of columns by what they are called.
  init(_ columns: [ColumnsFormat.Column]) {
    self.columns = columns
    var ranks: [KeyRole.Kind: UInt8] = [:]
    for (number, column) in columns.enumerated() {
      guard let role = column.name.withUnsafeBytes({ Self.role($0) }), role.rank < ranks[role.kind] ?? .max else {
        continue
      }
      ranks[role.kind] = role.rank
      switch role.kind {
      case .time: time = number
      case .level: (level, scale) = (number, role.scale)
      case .status: status = number
      case .message: message = number
      case .request: break
      }
    }
    takeDate()
  }

  private static func role(_ name: UnsafeRawBufferPointer) -> KeyRole? {
    if name.count == 9, name.has("sc-status", at: 0) { return KeyRole(kind: .status, rank: 0) }
    if name.count == 11, name.has("status_code", at: 0) { return KeyRole(kind: .status, rank: 1) }
    if name.count == 15, name.has("elb_status_code", at: 0) { return KeyRole(kind: .status, rank: 0) }
    if let role = KeyRole.of(name) { return role }
    // Headers of tables are often written in capitals.
    return Array(name.map { ($0 &- 65) < 26 ? $0 | 32 : $0 }).withUnsafeBytes { KeyRole.of($0) }
  }

  /// A day and a time in columns of their own.
  private mutating func takeDate() {
    guard let date = number(of: "date"), let time = number(of: "time") else { return }
    (self.date, self.time) = (date, time)
  }

  private func number(of name: String) -> Int? {
    columns.firstIndex { $0.name.count == name.utf8.count && zip($0.name, name.utf8).allSatisfy { $0 | 32 == $1 } }
  }
}
