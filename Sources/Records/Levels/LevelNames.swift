/// The names that programs give to levels, packed for one comparison a word.
enum LevelNames {
  /// The level called by the `count` bytes at `start`, in any case; nil if they are no level's name.
  @inline(__always) static func level(_ line: UnsafeRawBufferPointer, at start: Int, count: Int) -> Level? {
    guard count >= 3, count <= 13 else { return nil }
    var key: UInt64 = 0
    for offset in 0..<min(count, 8) { key = key &<< 8 | UInt64(line[start &+ offset] | 32) }
    return count <= 8 ? level(key) : long(key, line, start, count)
  }

  /// The level whose name, in lower case and at most eight letters, is packed in `key`, last letter lowest.
  @inline(__always) static func level(_ key: UInt64) -> Level? {
    switch key {
    // trace trc trce finest finer verbose vrb verb silly trace1 trace2 trace3 trace4 trace5 debug5 debug4 debug3
    // debug2
    case 0x7472616365, 0x747263, 0x74726365, 0x66696e657374, 0x66696e6572, 0x766572626f7365, 0x767262, 0x76657262,
      0x73696c6c79,
      0x747261636531, 0x747261636532, 0x747261636533, 0x747261636534, 0x747261636535, 0x646562756735,
      0x646562756734, 0x646562756733, 0x646562756732:
      return .trace
    // debug dbg dbug fine debug1 debu config
    case 0x6465627567, 0x646267, 0x64627567, 0x66696e65, 0x646562756731, 0x64656275, 0x636f6e666967:
      return .debug
    // info inf log stats success succ
    case 0x696e666f, 0x696e66, 0x6c6f67, 0x7374617473, 0x73756363657373, 0x73756363:
      return .info
    // notice note noti
    case 0x6e6f74696365, 0x6e6f7465, 0x6e6f7469:
      return .notice
    // warn warning wrn warnin
    case 0x7761726e, 0x7761726e696e67, 0x77726e, 0x7761726e696e:
      return .warn
    // error err erro eror fail severe
    case 0x6572726f72, 0x657272, 0x6572726f, 0x65726f72, 0x6661696c, 0x736576657265:
      return .error
    // critical crit crt alert dpanic
    case 0x637269746963616c, 0x63726974, 0x637274, 0x616c657274, 0x6470616e6963:
      return .critical
    // fatal ftl emerg panic
    case 0x666174616c, 0x66746c, 0x656d657267, 0x70616e6963:
      return .fatal
    default: return nil
    }
  }

  private static func long(_ key: UInt64, _ line: UnsafeRawBufferPointer, _ start: Int, _ count: Int) -> Level? {
    func ends(_ text: StaticString) -> Bool {
      guard count == 8 + text.utf8CodeUnitCount else { return false }
      for offset in 0..<(count - 8) where line[start + 8 + offset] | 32 != text.utf8Start[offset] { return false }
      return true
    }
    switch key {
    case 0x696e666f726d6174: return ends("ion") || ends("ional") || ends("ive") ? .info : nil  // informat...
    case 0x6e6f746966696361: return ends("tion") ? .notice : nil  // notific...
    case 0x656d657267656e63: return ends("y") ? .fatal : nil  // emergency
    default: return nil
    }
  }

  /// The level of a single letter as logcat, klog, Serilog or gitea write it.
  static func level(letter: UInt8) -> Level? {
    switch letter | 32 {
    case UInt8(ascii: "t"), UInt8(ascii: "v"): .trace
    case UInt8(ascii: "d"): .debug
    case UInt8(ascii: "i"), UInt8(ascii: "l"): .info
    case UInt8(ascii: "n"): .notice
    case UInt8(ascii: "w"): .warn
    case UInt8(ascii: "e"): .error
    case UInt8(ascii: "c"), UInt8(ascii: "a"): .critical
    case UInt8(ascii: "f"), UInt8(ascii: "p"): .fatal
    default: nil
    }
  }

  /// Syslog's severities 0 to 7.
  static func level(syslog severity: Int) -> Level? {
    switch severity {
    case 0: .fatal
    case 1, 2: .critical
    case 3: .error
    case 4: .warn
    case 5: .notice
    case 6: .info
    case 7: .debug
    default: nil
    }
  }

  /// What numbers mean in a key called `level` or alike: 0 to 7 as in syslog, from 10 as in pino and bunyan, larger ones as other loggers count.
  static func level(number: Int) -> Level? {
    switch number {
    case 0...7: level(syslog: number)
    case 8...19: .trace
    case 20...29: .debug
    case 30...39: .info
    case 40...49: .warn
    case 50...59: .error
    case 60...99: .fatal
    // Monolog.
    case 100: .debug
    case 200: .info
    case 250: .notice
    case 300: .warn
    case 400: .error
    case 500, 550: .critical
    case 600: .fatal
    // java.util.logging, then Logback.
    case 700: .debug
    case 800: .info
    case 900: .warn
    case 1000: .error
    case 5000: .trace
    case 10_000: .debug
    case 20_000: .info
    case 30_000: .warn
    case 40_000: .error
    default: nil
    }
  }

  /// Python's numbers: 10 debug to 50 critical.
  static func level(python number: Int) -> Level? {
    switch number {
    case 1...9: .trace
    case 10...19: .debug
    case 20...29: .info
    case 30...39: .warn
    case 40...49: .error
    case 50...99: .critical
    default: nil
    }
  }

  /// OpenTelemetry's severity numbers, four a level.
  static func level(telemetry number: Int) -> Level? {
    switch number {
    case 1...4: .trace
    case 5...8: .debug
    case 9...12: .info
    case 13...16: .warn
    case 17...20: .error
    case 21...24: .fatal
    default: nil
    }
  }

  /// The level of a web server's answer.
  @inline(__always) static func level(status: Int) -> Level? {
    switch status {
    case 500...599: .error
    case 400...499: .warn
    case 100...399: .info
    default: nil
    }
  }
}
