import Quantities
import Records

/// The first line is learned from; every line is then read by the learned template and by the general parser.
enum StampCheck {
  static func run(_ input: [UInt8]) throws(Violation) {
    let lines = input.prefix(4096).split(separator: 10, maxSplits: 64).map(Array.init)
    guard let first = lines.first else { return }
    let sample = first + [10]
    try sample.withBytes { (bytes) throws(Violation) in
      let reader = FormatDetection.reader(for: bytes, fileName: "", options: .init())
      var reading = StampReading(reader, reference: IndexCheck.reference)
      for line in lines {
        try line.withBytes { (bytes) throws(Violation) in
          let learned = reading.stamp(of: bytes)
          let general = reader.parse(bytes, reference: IndexCheck.reference).stamp
          try require(
            learned == general,
            "\(String(decoding: line, as: UTF8.self)): learned \(String(describing: learned)), general \(String(describing: general))"
          )
        }
      }
    }
  }
}
