/// The findings as a table: aligned for a terminal, or in Markdown.
enum Table {
  private static let heads = [
    "work", "chiplog", "peer", "", "ratio", "goal", "", "processor time", "counted",
  ]

  /// Columns aligned by blanks.
  static func text(_ findings: [Finding]) -> String {
    let all = [heads] + findings.map(cells)
    let widths = heads.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
    return all.map { row in
      var line = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }.joined(separator: "  ")
      while line.last == " " { line.removeLast() }
      return line
    }.joined(separator: "\n")
  }

  /// A table of Markdown, with what a reader wants to know.
  static func markdown(_ findings: [Finding]) -> String {
    let rows = findings.map { finding in
      let cells = cells(finding)
      let peer = finding.peer == nil ? "" : "\(cells[2]): \(cells[3])"
      return [cells[0], cells[1], peer, cells[4], "\(cells[5]) \(cells[6])", cells[8]]
    }
    let lines = ([["work", "chiplog", "peer", "ratio", "goal", "counted"]] + rows).map { row in
      "| " + row.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    return ([lines[0], "|---|---|---|---|---|---|"] + lines.dropFirst()).joined(separator: "\n")
  }

  private static func cells(_ finding: Finding) -> [String] {
    let note = finding.note.isEmpty ? "" : " (\(finding.note))"
    return [
      finding.title + note, spread(finding.ours, finding.unit), finding.peer ?? "",
      finding.peer == nil ? "" : finding.theirs.map { spread($0, finding.unit) } ?? "not installed", finding.ratioText,
      finding.goalText, finding.verdict, processor(finding), counted(finding),
    ]
  }

  /// The median, and how far the values lie from it: half of the way from the least to the greatest.
  private static func spread(_ samples: Samples, _ unit: Unit) -> String {
    guard samples.values.count > 1, samples.least < samples.greatest else { return unit.text(samples.median) }
    let half = (samples.greatest - samples.least) / 2 / samples.median
    return "\(unit.text(samples.median)) ±\(Int((half * 100).rounded()))%"
  }

  private static func processor(_ finding: Finding) -> String {
    guard let (ours, theirs) = finding.processor else { return "" }
    return "\(Unit.seconds.text(ours)) to \(Unit.seconds.text(theirs))"
  }

  private static func counted(_ finding: Finding) -> String {
    guard let first = finding.counts.first else { return "" }
    if finding.isConsistent { return grouped(first.count) }
    return finding.counts.map { "\($0.who) \(grouped($0.count))" }.joined(separator: ", ")
  }

  /// `8,133,599`.
  static func grouped(_ number: Int) -> String {
    var text = ""
    for (index, digit) in String(abs(number)).reversed().enumerated() {
      if index > 0, index % 3 == 0 { text.append(",") }
      text.append(digit)
    }
    return (number < 0 ? "-" : "") + String(text.reversed())
  }
}
