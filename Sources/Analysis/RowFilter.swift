import QueryLanguage
import Quantities
import Records

/// Filters that find the records of a row, as query text.
public enum RowFilter {
  /// Texts longer than this are not asked for.
  private static let longest = 200

  /// The test that `field` has the value; nil where it cannot be asked.
  public static func test(_ field: FieldName, equals value: Value) -> String? {
    switch value {
    case .absent: return "not \(QueryPrinter.print(field)):*"
    case .integer(let number): return equal(field, .bare(String(number)))
    case .number(let number): return equal(field, .bare("\(number)"))
    case .boolean(let flag): return equal(field, .bare(flag ? "true" : "false"))
    case .level(let level): return equal(field, .bare(level.name))
    case .text(let text): return text.utf8.count > longest ? nil : equal(field, .quoted(text))
    case .time(let time):
      guard field.builtIn == .time else { return equal(field, .quoted(time.iso8601)) }
      return "time:\(time.iso8601)..\((time + TimeSpan(nanoseconds: 1)).iso8601)"
    case .duration, .size, .counts: return nil
    }
  }

  private static func equal(_ field: FieldName, _ literal: Literal) -> String {
    QueryPrinter.print(Test(field, .equal, .value(literal)))
  }
}
