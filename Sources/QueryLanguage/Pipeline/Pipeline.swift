// What may follow the filter of a query: `| stage | stage`.

/// One stage of a pipeline: what it does, and where it was written. Two stages are equal if they do the same.
public struct Stage: Hashable, Sendable {
  /// What a stage does.
  public enum Kind: Hashable, Sendable {
    /// `where test`: keeps what passes.
    case filter(Node)
    /// `count, p95(duration) by route`
    case aggregate(Aggregation)
    /// `top 10 path`, `rare 5 error.code`: the values that are met most (or least) often, with how often.
    case frequent(Frequent)
    /// `sort -count, route`
    case sort([SortKey])
    /// `limit 10`
    case limit(Int)
    /// `fields time, status`: these columns only, in this order.
    case fields([FieldName])
    /// `drop user`: all but these columns.
    case drop([FieldName])
    /// `eval ms = took * 1000`
    case evaluate(FieldName, Expression)
    /// `parse "took <ms>ms"`, `parse ~/took (?<ms>\d+)/ from msg`: named parts of a text become fields.
    case parse(TextPattern, from: FieldName?)
    /// `json from payload`: the members of a JSON object that a field holds become fields.
    case json(from: FieldName?)
    /// `logfmt from msg`
    case logfmt(from: FieldName?)
    /// `patterns`, `patterns by service`, `patterns diff 10:00..10:10 vs 09:00..09:10`
    case patterns(PatternRequest)
    /// `tree`, `tree by trace`
    case tree(by: FieldName?)
    /// `context 3`: the records around each, within its file.
    case context(Int)
    /// `dedup`, `dedup by user`: of records that follow each other and are equal (in these fields) only the first.
    case dedup([FieldName])
    /// `chart line`
    case chart(ChartKind)
    /// `panel "5xx/min"`: pins the series beside the metrics.
    case panel(String)
  }

  /// What is done.
  public var kind: Kind
  /// Where it was written, in UTF-8 offsets, without the `|`; takes no part in `==`.
  public var range: Range<Int>

  /// Makes a stage; the empty range stands for "not written".
  public init(_ kind: Kind, range: Range<Int> = 0..<0) {
    self.kind = kind
    self.range = range
  }

  /// Whether both do the same, wherever they were written.
  public static func == (left: Stage, right: Stage) -> Bool { left.kind == right.kind }

  /// Hashes what is done only.
  public func hash(into hasher: inout Hasher) { hasher.combine(kind) }
}

/// `count, p95(duration) as slow by 1m, route`
public struct Aggregation: Hashable, Sendable {
  /// What is computed for each group; at least one.
  public var aggregates: [Aggregate]
  /// What makes a group; none for all records together. At most one is a time slice.
  public var keys: [GroupKey]

  /// Makes an aggregation.
  public init(_ aggregates: [Aggregate], by keys: [GroupKey] = []) {
    self.aggregates = aggregates
    self.keys = keys
  }
}

/// One computed column.
public struct Aggregate: Hashable, Sendable {
  /// How it is computed.
  public enum Function: Hashable, Sendable {
    /// Records.
    case count
    /// Records that pass a test: `count(level:error)`.
    case countWhere(Node)
    /// Records a second: over the time slice, or over the span of all records.
    case rate
    /// The sum of the field's numbers.
    case sum(FieldName)
    /// Their arithmetic mean.
    case average(FieldName)
    /// The least number; of texts the first in order of bytes.
    case minimum(FieldName)
    /// The greatest number; of texts the last in order of bytes.
    case maximum(FieldName)
    /// How many different values.
    case distinct(FieldName)
    /// The value in the earliest record that has one.
    case first(FieldName)
    /// The value in the latest record that has one.
    case last(FieldName)
    /// `p95`: the number below or at which that share of them lies; the share as it was written after the `p`.
    case percentile(String, FieldName)
    /// The standard deviation of the field's numbers (of the population).
    case deviation(FieldName)
  }

  /// How it is computed.
  public var function: Function
  /// The name given with `as`; nil for the usual one.
  public var alias: String?
  /// Where it was written, in UTF-8 offsets; takes no part in `==`.
  public var range: Range<Int>

  /// Makes an aggregate.
  public init(_ function: Function, as alias: String? = nil, range: Range<Int> = 0..<0) {
    self.function = function
    self.alias = alias
    self.range = range
  }

  /// Whether both compute the same under the same name.
  public static func == (left: Aggregate, right: Aggregate) -> Bool {
    left.function == right.function && left.alias == right.alias
  }

  /// Hashes what `==` compares.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(function)
    hasher.combine(alias)
  }

  /// The field whose values are looked at; nil for counts.
  public var field: FieldName? {
    switch function {
    case .count, .countWhere, .rate: nil
    case .sum(let field), .average(let field), .minimum(let field), .maximum(let field), .distinct(let field),
      .first(let field), .last(let field), .percentile(_, let field), .deviation(let field):
      field
    }
  }

  /// The share of a percentile as written after the `p`, in 0 ... 1: `95` is 0.95, `999` is 0.999, `5` is 0.05; nil if that
  /// is no share. Two digits and fewer are hundredths, each more is one place behind the point.
  public static func share(_ digits: String) -> Double? {
    guard !digits.isEmpty, digits.utf8.count <= 9, digits.utf8.allSatisfy(\.isDigit), let number = Double(digits) else {
      return nil
    }
    if digits == "100" { return 1 }
    // p999 is 99.9 and p001 is 0.1, as everywhere; p101 is a slip of the pen rather than 10.1.
    if digits.utf8.count > 2, digits.first != "9", digits.first != "0" { return nil }
    return (0..<max(2, digits.utf8.count)).reduce(number) { value, _ in value / 10 }
  }
}

/// What groups are made by.
public enum GroupKey: Hashable, Sendable {
  /// The value of a field, also a built-in one.
  case field(FieldName)
  /// The time, in slices of so many nanoseconds, counted from midnight of the zone where they divide a day.
  case slice(nanoseconds: Int64)
}

/// `top 10 path`, `rare 5 error.code`
public struct Frequent: Hashable, Sendable {
  /// How many values; nil for the usual ten.
  public var limit: Int?
  /// The fields whose values (together) are counted.
  public var fields: [FieldName]
  /// Whether the least frequent are asked for.
  public var isRare: Bool

  /// Makes a request.
  public init(_ fields: [FieldName], limit: Int? = nil, isRare: Bool = false) {
    self.fields = fields
    self.limit = limit
    self.isRare = isRare
  }

  /// The aggregation that counts the values.
  public var counting: Aggregation { Aggregation([Aggregate(.count)], by: fields.map(GroupKey.field)) }
}

/// One column to sort by.
public struct SortKey: Hashable, Sendable {
  /// The column, or a field of the records.
  public var field: FieldName
  /// Whether the greatest comes first.
  public var isDescending: Bool

  /// Makes a key.
  public init(_ field: FieldName, isDescending: Bool = false) {
    self.field = field
    self.isDescending = isDescending
  }
}

/// What `parse` looks for.
public enum TextPattern: Hashable, Sendable {
  /// A text with named gaps: `took <ms>ms for <user>`; `<_>` skips, `*` as well.
  case template(Literal)
  /// An expression with named groups.
  case regex(RegexLiteral)
}

/// `patterns`, with what it is given.
public struct PatternRequest: Hashable, Sendable {
  /// Two windows of time that are compared, as typed: from the first (now) to what it is compared with (before).
  public struct Windows: Hashable, Sendable {
    /// The window of interest, as `time:` takes it after the colon: `10:00..10:10`.
    public var current: Test.Operand
    /// What it is compared with.
    public var baseline: Test.Operand

    /// Makes a pair.
    public init(current: Test.Operand, baseline: Test.Operand) {
      self.current = current
      self.baseline = baseline
    }
  }

  /// The field by whose values patterns are kept apart.
  public var key: FieldName?
  /// The windows of `patterns diff`.
  public var windows: Windows?

  /// Makes a request.
  public init(by key: FieldName? = nil, diff windows: Windows? = nil) {
    self.key = key
    self.windows = windows
  }
}

/// How a chart draws its series.
public enum ChartKind: String, Hashable, Sendable, CaseIterable {
  /// A line over time.
  case line
  /// A bar a row, or a bar a time slice.
  case bar
  /// One row a series.
  case spark
}

/// What `eval` computes.
public indirect enum Expression: Hashable, Sendable {
  /// Operators, the tightest last.
  public enum Operator: String, Hashable, Sendable, CaseIterable {
    /// `+`: sums; texts are joined.
    case plus = "+"
    /// `-`, with spaces around it.
    case minus = "-"
    /// `*`
    case times = "*"
    /// `/`; by zero is absent.
    case divided = "/"
    /// `%`: the remainder, with the sign of the left side.
    case remainder = "%"
  }

  /// A number with or without unit, as written: `1000`, `250ms`.
  case number(String)
  /// A text in quotes.
  case text(String)
  /// The value of a field.
  case field(FieldName)
  /// `-x`
  case negative(Expression)
  /// `a + b`
  case binary(Operator, Expression, Expression)
  /// `round(x)`, `if(status>=500, "bad", "good")`
  case call(ExpressionFunction, [Expression])
  /// The first argument of `if`.
  case test(Node)
}

/// The functions of `eval`.
public enum ExpressionFunction: String, Hashable, Sendable, CaseIterable {
  /// `abs(x)`
  case abs
  /// `round(x)`, `round(x, digits)`
  case round
  /// `floor(x)`
  case floor
  /// `ceil(x)`
  case ceil
  /// `min(a, b, ...)`
  case min
  /// `max(a, b, ...)`
  case max
  /// `lower(text)`
  case lower
  /// `upper(text)`
  case upper
  /// `length(text)`: characters.
  case length
  /// `concat(a, b, ...)`
  case concat
  /// `if(test, a, b)`
  case `if`
  /// `coalesce(a, b, ...)`: the first that is there.
  case coalesce
  /// `bucket(x, width)`: the greatest multiple of the width at or below x.
  case bucket
  /// `seconds(x)`: a duration as a plain number of seconds.
  case seconds
  /// `duration(x, "ms")`: a plain number as a duration of that unit.
  case duration
}
