/// The form in which records are matched and read, where it is not that of their bytes: without colours, and in UTF-8.
extension RecordReader {
  /// Whether the file's sample holds colours: then a filter sees its records without escape sequences.
  public var hasColours: Bool { habits.hasColours }

  /// Whether the file is in Latin-1: then its records are matched and read as UTF-8.
  public var isLatin1: Bool { habits.isLatin1 }

  /// Whether a scan of the file's bytes would not see what a person sees, so that each record is asked by itself.
  public var hasPlainForm: Bool { habits.hasColours || habits.isLatin1 }

  /// Calls `body` with the record as it is matched and read.
  ///
  /// The bytes are valid during the call.
  @inline(__always) public func withPlain<Result>(
    _ record: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    hasPlainForm ? withPlainForm(record, body) : body(record)
  }

  @inline(never) private func withPlainForm<Result>(
    _ record: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
  ) -> Result {
    if habits.isLatin1, Latin1.isIn(record) {
      return Latin1.utf8(record).withUnsafeBytes { text in
        habits.hasColours && EscapeSequences.isIn(text)
          ? EscapeSequences.stripped(text).withUnsafeBytes(body) : body(text)
      }
    }
    guard habits.hasColours, EscapeSequences.isIn(record) else { return body(record) }
    return EscapeSequences.stripped(record).withUnsafeBytes(body)
  }
}
