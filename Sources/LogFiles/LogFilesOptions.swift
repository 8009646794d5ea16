import Platform
import Quantities
import Records

/// How sources are opened and watched.
public struct LogFilesOptions: Sendable {
  /// Whether growth, rotation and new files are watched for.
  public var follows: Bool
  /// The zone of stamps that name none.
  public var assumedZone: Zone
  /// Zones for sources whose name fits a pattern (`*`, `?`); the first that fits counts.
  public var assumedZones: [(pattern: String, zone: Zone)]
  /// Formats for sources whose name fits a pattern; the pattern `*` forces all. The first that fits counts.
  public var formats: [(pattern: String, name: String)]
  /// The formats that there are.
  public var library = FormatLibrary.builtIn
  /// Added to the stamps of sources whose name fits a pattern.
  public var offsets: [(pattern: String, offset: TimeSpan)]
  /// Bytes that streams and decompressed files may take on disk; nil for min(2 GiB, 10% of the free space).
  public var spoolLimit: Int?
  /// Whether a stream stands still at that limit until its oldest records were read (`noteRead`), instead of losing them.
  public var holdsUnread = false
  /// Whether the system is asked to announce changes; if not, or where it cannot, everything is only looked at.
  public var hearsOfChanges = true
  /// How often everything is looked at while following.
  public var lookInterval = TimeSpan.seconds(Int64(1))
  /// Where spools are made.
  public var spoolFolder: String
  /// Whether no program may be started (`--secure`): no archives, no journal.
  public var isSecure: Bool
  /// Whether a file found in a folder is a log, by its path and first 4 KB; files named by themselves are not asked for.
  public var isLog: @Sendable (_ path: String, _ head: [UInt8]) -> Bool = { _, _ in true }
  /// What the wall clock says.
  public var now: @Sendable () -> Timestamp

  /// Makes options for reading once, in UTC.
  public init(
    follows: Bool = false, assumedZone: Zone = .utc, assumedZones: [(pattern: String, zone: Zone)] = [],
    formats: [(pattern: String, name: String)] = [], offsets: [(pattern: String, offset: TimeSpan)] = [],
    spoolLimit: Int? = nil, spoolFolder: String = UnnamedFile.folder, isSecure: Bool = false,
    now: @escaping @Sendable () -> Timestamp = { Clock.now }
  ) {
    self.follows = follows
    self.assumedZone = assumedZone
    self.assumedZones = assumedZones
    self.formats = formats
    self.offsets = offsets
    self.spoolLimit = spoolLimit
    self.spoolFolder = spoolFolder
    self.isSecure = isSecure
    self.now = now
  }
}

/// Something that records are read from.
public enum LogSource: Sendable {
  /// A file, a folder, a named pipe, an archive (`.gz`, `.bz2`, `.xz`, `.zst`).
  case path(String)
  /// The system's journal: of one unit, or all of it.
  case journal(unit: String?)
  /// What is piped into us; the descriptor is a copy of standard input, which the terminal may replace.
  case standardInput(FileDescriptor)
}
