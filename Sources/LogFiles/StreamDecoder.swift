/// Finds out from its beginning how a stream writes its text, and turns the rest into UTF-8 with line feeds.
///
/// Unlike a file a stream is decided once: what is shown cannot be taken back. A live one is decided by what comes first,
/// so that nothing waits; an archive waits for 64 KB, as a file has them.
struct StreamDecoder {
  /// Whether more is sure to come soon, so that it can be waited for.
  let waitsForSample: Bool
  private var sample: [UInt8] = []
  private var transcoder: Transcoder?
  private var isDecided = false

  init(waitsForSample: Bool) { self.waitsForSample = waitsForSample }

  /// The text for what was read; nil where it is these bytes as they are.
  mutating func text(for bytes: UnsafeRawBufferPointer) -> [UInt8]? {
    if isDecided {
      guard transcoder != nil else { return nil }
      var text: [UInt8] = []
      transcoder?.append(bytes, to: &text)
      return text
    }
    if sample.isEmpty, TextEncoding.isSurelyPlain(bytes) {
      isDecided = true
      return nil
    }
    sample.append(contentsOf: bytes)
    return isSampleEnough ? decide() : []
  }

  /// What has been held back when the stream ends.
  mutating func rest() -> [UInt8] {
    var text = isDecided ? [] : decide()
    transcoder?.finish(&text)
    return text
  }

  private var isSampleEnough: Bool {
    if waitsForSample { return sample.count >= TextEncoding.sampleSize }
    // A mark of the byte order takes two bytes, and what looks like UTF-16 without it four units.
    return sample.count >= 8 || (!sample.contains(0) && (sample.count >= 2 || sample[0] < 0xFE))
  }

  private mutating func decide() -> [UInt8] {
    isDecided = true
    let encoding = sample.withUnsafeBytes { TextEncoding(firstBytes: $0) }
    defer { sample = [] }
    if encoding == .plain { return sample }
    var transcoder = Transcoder(encoding)
    var text: [UInt8] = []
    sample.withUnsafeBytes { transcoder.append($0, to: &text) }
    self.transcoder = transcoder
    return text
  }
}
