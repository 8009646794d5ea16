/// Numbers of bytes for people.
public enum SizeText {
  /// `512 B`, `64 KiB`, `1.5 GiB`: in powers of 1024, rounded down; one decimal below ten.
  public static func text(_ bytes: Int) -> String {
    var (unit, tenths) = (0, max(0, bytes).multipliedReportingOverflow(by: 10).partialValue)
    if bytes >= 1 << 50 { (unit, tenths) = (1, bytes / 1024 * 10) }
    while tenths >= 10_240, unit < names.count - 1 { (unit, tenths) = (unit + 1, tenths / 1024) }
    let hasDecimal = unit > 0 && tenths < 100 && tenths % 10 > 0
    return "\(tenths / 10)" + (hasDecimal ? ".\(tenths % 10)" : "") + " " + names[unit]
  }

  private static let names = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"]
}
