/// A part of the program that reads what anybody may have written, and what must hold of it whatever that is.
///
///     try FuzzTarget.regex.check(bytes)     // throws a Violation, or traps
public enum FuzzTarget: String, CaseIterable, Sendable {
  /// Regular expressions: the parser, and that all matchers agree.
  case regex
  /// The line indexer: segments, record boundaries, levels, stamps.
  case index
  /// Timestamps: the quick reading of a line's stamp against the general one.
  case stamp
  /// Formats, each in turn: fields listed, sought and traced, and the index, of a log that is forced to one.
  case fields
  /// Definitions of formats, and what they make of a log.
  case definition
  /// The query language: parser, printer, compiler, evaluation, completion.
  case query
  /// Pipelines: plan, evaluation, results, over a log.
  case pipeline
  /// The JSON walker against the JSON document parser.
  case json
  /// Keys from a terminal.
  case keys
  /// Text on its way to the screen.
  case glyphs
  /// OpenMetrics files.
  case metrics
  /// Dashboards saved in Grafana.
  case dashboard

  /// What one input proves.
  ///
  /// - Throws: A `Violation` where something that must hold does not.
  public func check(_ input: [UInt8]) throws(Violation) {
    switch self {
    case .regex: try RegexCheck.run(input)
    case .index: try IndexCheck.run(input)
    case .stamp: try StampCheck.run(input)
    case .fields: try FieldCheck.run(input)
    case .definition: try DefinitionCheck.run(input)
    case .query: try QueryCheck.run(input)
    case .pipeline: try PipelineCheck.run(input)
    case .json: try JSONCheck.run(input)
    case .keys: try KeyCheck.run(input)
    case .glyphs: try GlyphCheck.run(input)
    case .metrics: try MetricsCheck.run(input)
    case .dashboard: try DashboardCheck.run(input)
    }
  }

  /// Inputs to begin from: small, valid, and different from each other.
  public var seeds: [[UInt8]] {
    let texts: [String] =
      switch self {
      case .regex: RegexCheck.seeds
      case .index, .stamp: LogSeeds.lines
      case .fields: LogSeeds.lines + FieldCheck.seeds
      case .definition: DefinitionCheck.seeds
      case .query: QueryCheck.seeds
      case .pipeline: PipelineCheck.seeds
      case .json: JSONCheck.seeds
      case .keys: KeyCheck.seeds
      case .glyphs: GlyphCheck.seeds
      case .metrics: MetricsCheck.seeds
      case .dashboard: DashboardCheck.seeds
      }
    return texts.map { Array($0.utf8) }
  }
}

/// Something that must hold, and did not.
public struct Violation: Error, CustomStringConvertible {
  /// What should have been, and what was.
  public var description: String

  /// Makes a violation.
  public init(_ description: String) { self.description = description }
}

/// Throws unless `condition` holds.
func require(_ condition: Bool, _ message: @autoclosure () -> String) throws(Violation) {
  if !condition { throw Violation(message()) }
}
