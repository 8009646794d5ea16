import QueryLanguage
import Records

/// What `tree` makes traces of, and how much of the log it keeps in memory meanwhile.
struct TreePlan: Sendable {
  /// A field, ready to be looked up.
  struct Name: Sendable {
    let field: FieldName
    let path: FieldPath

    init(_ field: FieldName) {
      self.field = field
      path = FieldPath(field.path)
    }

    init(_ dotted: String) {
      self.init(FieldName(steps: dotted.split(separator: ".").map { .member(String($0)) }))
    }
  }

  /// The fields of which the first that a record has tells to which trace it belongs.
  let keys: [Name]
  /// Whether records without such a field are put together by their outermost span.
  let takesSpans: Bool
  /// Records that are kept; of more the newest.
  let recordLimit: Int
  /// Bytes that they take, about.
  let byteLimit: Int

  /// Traces by `field`, or by what traces are usually named by. While records flow in, twice the limits may be held.
  init(by field: FieldName?, recordLimit: Int, byteLimit: Int) {
    keys = field.map { [Name($0)] } ?? Self.usual
    takesSpans = field == nil
    self.recordLimit = max(recordLimit, 1)
    self.byteLimit = byteLimit
  }

  /// Traces by `field`, in what is left for such things by `limits`.
  init(by field: FieldName?, limits: GroupLimits) {
    self.init(by: field, recordLimit: min(limits.groups, 100_000), byteLimit: limits.bytes / 4)
  }

  /// The names under which eliot, OpenTelemetry, ECS, Zipkin, Jaeger, Datadog and common middleware write what a record belongs to.
  private static let usual = [
    "task_uuid", "trace_id", "trace.id", "traceId", "traceID", "TraceId", "otelTraceID", "dd.trace_id", "trace",
    "request_id", "requestId", "request.id", "req_id", "reqId", "RequestId", "x_request_id", "correlation_id",
    "correlationId", "CorrelationId", "transaction.id",
  ].map(Name.init)

  /// What names a span, the most specific first.
  static let spans = [
    "span_id", "spanId", "span.id", "spanID", "SpanId", "otelSpanID", "dd.span_id", "transaction.id",
  ].map(Name.init)
  /// Zipkin calls it so.
  static let zipkinSpan = Name("id")

  /// What names the span that a span stands in.
  static let parents =
    [
      "parent_span_id", "parentSpanId", "parent_id", "parentId", "parent.id", "parentSpanID", "ParentSpanId",
    ].map(Name.init) + [
      Name(FieldName(steps: [.member("references"), .anyElement, .member("spanID")])), Name("transaction.id"),
    ]

  /// What a span is called.
  static let names = [
    "span_name", "spanName", "operationName", "span.name", "transaction.name",
  ].map(Name.init)
  /// What exporters of spans call it; beside a message it is the name of the logger (pino, bunyan).
  static let plainName = Name("name")

  /// How long it took; with the nanoseconds of one where the field has no unit of its own, by the conventions of ECS and of
  /// Zipkin and Jaeger.
  static let durations: [(name: Name, numbers: FieldNumbers, scale: Double?)] = [
    ("duration_ms", nil), ("durationMs", nil), ("duration_ns", nil), ("duration_us", nil), ("event.duration", 1),
    ("span.duration.us", 1000), ("transaction.duration.us", 1000), ("duration", nil), ("elapsed_ms", nil),
    ("elapsed", nil), ("took_ms", nil), ("latency_ms", nil), ("latency", nil),
  ].map { (Name($0.0), FieldNumbers(Name($0.0).field), $0.1) }
}
