/// How common bytes are in logs, roughly: what is rare is worth looking for first. The text itself corrects it.
enum ByteFrequency {
  /// The share of the byte among all bytes.
  static func share(_ byte: UInt8) -> Float { shares[Int(byte)] }

  /// The share of the members of `set`.
  static func share(_ set: ByteSet) -> Float { min(1, set.reduce(0) { $0 + share($1) }) }

  private static let shares: [Float] = {
    var shares = [Float](repeating: 0.0002, count: 256)
    for byte in 0x41...0x5A { shares[byte] = 0.002 }
    for byte in 0x80...0xBF { shares[byte] = 0.001 }
    let common = #" e0t1aio2r3sn-=:.4567d89lcuh/_mpgT"bfkvyw,xjqz"#
    var share: Float = 0.06
    for byte in common.utf8 {
      shares[Int(byte)] = share
      share *= 0.94
    }
    return shares
  }()
}
