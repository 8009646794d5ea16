import Glibc

/// What the command line asks of the benchmark.
struct Settings {
  /// A command line that cannot be followed.
  struct Mistake: Error { var text: String }

  /// Bytes of each of the three large files.
  var size = 1_000_000_000
  /// Where the files lie; they are made there if they are missing.
  var folder: String
  /// How often each thing is measured.
  var rounds = 5
  /// The rows to measure; all if empty.
  var rows: [String] = []
  /// The chiplog to run; nil for the one that is built beside this program.
  var program: String?
  /// Whether the table is written in Markdown.
  var isMarkdown = false
  /// The document whose table is written anew.
  var readme: String?
  /// Whether a file of 10 GB is made for the row `start`.
  var isHuge = false
  /// Where the raw numbers go; nil for a new file in `folder`.
  var rawPath: String?

  static let help = """
    Measures chiplog against wc, rg, grep and lnav where they are installed.
    swift run -c release Benchmarks [OPTIONS]
      --rows A,B      only these rows: \(Row.all.map(\.name).joined(separator: " "))
      --size SIZE     bytes of each of the three large files, e.g. 50M (default 1G = 1,000,000,000)
      --quick         the same as --size 50M --rounds 3
      --rounds N      how often each thing is measured, the contenders in turn (default 5)
      --data FOLDER   where the files are made, or found from an earlier run (default $TMPDIR/chiplog-benchmarks)
      --huge          make a file of 10 GB for the row "start"
      --program PATH  the chiplog to run (default: build it, and take that)
      --markdown      print the table in Markdown
      --readme FILE   write the table into FILE, between the two comments that are there for it
      --raw FILE      where the raw numbers go, as JSON lines (default: a new file in the data folder)
    """

  init(_ arguments: [String], temporaryFolder: String) throws(Mistake) {
    folder = temporaryFolder + "/chiplog-benchmarks"
    var rest = arguments[...]
    while let name = rest.popFirst() {
      func value() throws(Mistake) -> String {
        guard let value = rest.popFirst() else { throw Mistake(text: "\(name) needs a value") }
        return value
      }
      switch name {
      case "--rows": rows = try value().split(separator: ",").map(String.init)
      case "--size": size = try Self.bytes(value())
      case "--quick": (size, rounds) = (50_000_000, 3)
      case "--rounds": rounds = try Self.number(value(), name)
      case "--data": folder = try value()
      case "--huge": isHuge = true
      case "--program": program = try value()
      case "--markdown": isMarkdown = true
      case "--readme": readme = try value()
      case "--raw": rawPath = try value()
      default: throw Mistake(text: "unknown option \(name)\n\(Self.help)")
      }
    }
    let known = Row.all.map(\.name)
    for row in rows where !known.contains(row) {
      throw Mistake(text: "unknown row \(row); there are: \(known.joined(separator: " "))")
    }
  }

  private static func number(_ text: String, _ name: String) throws(Mistake) -> Int {
    guard let number = Int(text), number > 0 else { throw Mistake(text: "\(name) takes a number above 0, not \(text)") }
    return number
  }

  /// `50M`, `1G`, `200K`, `123456`: powers of 1000.
  private static func bytes(_ text: String) throws(Mistake) -> Int {
    let factors: [Character: Int] = ["K": 1000, "M": 1_000_000, "G": 1_000_000_000]
    let factor = text.uppercased().last.flatMap { factors[$0] }
    guard let number = Int(factor == nil ? text : String(text.dropLast())), number > 0, number < 1 << 40 else {
      throw Mistake(text: "--size takes a size such as 50M, not \(text)")
    }
    return number * (factor ?? 1)
  }
}
