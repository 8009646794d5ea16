import Analysis
import Metrics
import Quantities
import Series

/// What a panel shows of its data, whatever the terminal can draw.
struct PanelPicture {
  /// A line of the picture.
  struct Line {
    var name: String
    var series: TimeSeries
    var extents: [Extent?]
    var top: Double { extents.compactMap { $0?.maximum }.max() ?? -.infinity }
  }

  /// What the picture is made of: never nil, and never heat where there is no histogram.
  let style: PanelStyle
  /// The histogram, where it is one.
  let heat: Heat?
  /// The columns that bars and numbers are of.
  let main: [Extent?]
  /// What these measure, and a word before the number that says what it is of a histogram.
  let unit: MetricUnit
  let prefix: String
  /// The lines, by name; none unless `style` is `.line`.
  private(set) var lines: [Line]
  /// How many series have none.
  private(set) var unshownLines: Int

  /// The most lines of a panel: more cannot be told apart.
  static let mostLines = 8

  init(_ panel: PanelState, _ look: PanelLook, axis: TimeAxis?, columns: Int) {
    let heat = Heat(panel.series, areFilled: panel.areFilledBuckets)
    let wanted = look.style ?? .heat
    self.heat = heat
    style = wanted == .heat && heat == nil ? .bars : wanted
    func extents(_ series: TimeSeries) -> [Extent?] {
      guard let axis else { return [] }
      return PanelColumns.downsample(series, from: axis.from, to: axis.to, columns: columns)
    }
    if let heat, style != .bars {
      main = extents(heat.quantile(0.95))
      (unit, prefix) = (panel.boundUnit, "p95 ")
    } else {
      main = (heat?.total ?? panel.drawn).map(extents) ?? []
      (unit, prefix) = (panel.unit, "")
    }
    var found: [Line] = []
    if style == .line, let heat {
      found = [50, 95, 99].map { percent in
        let series = heat.quantile(Double(percent) / 100)
        return Line(name: "p\(percent)", series: series, extents: extents(series))
      }
    } else if style == .line, panel.series.count > 1 {
      found = zip(panel.series, SeriesNames.distinguishing(panel.series)).map {
        Line(name: $1, series: $0, extents: extents($0))
      }
    } else if style == .line, let drawn = panel.drawn {
      found = [Line(name: "", series: drawn, extents: main)]
    }
    lines = found
    unshownLines = found.count < 2 || heat != nil ? 0 : max(found.count, panel.seriesCount) - found.count
    keepLines(Self.mostLines)
  }

  /// Leaves out all but the greatest lines.
  mutating func keepLines(_ count: Int) {
    let kept = Self.ranked(lines).prefix(count)
    unshownLines += lines.count - kept.count
    // Colours go by name: they must not change whenever another series is the greatest.
    lines = kept.map { lines[$0] }.sorted { $0.name < $1.name }
  }

  /// The indices of lines, the greatest first.
  static func ranked(_ lines: [Line]) -> [Int] {
    let tops = lines.map(\.top)
    return lines.indices.sorted { (tops[$1], lines[$0].name) < (tops[$0], lines[$1].name) }
  }

  /// The greatest value shown; nil without data.
  var top: Double? {
    lines.isEmpty ? main.compactMap { $0?.maximum }.max() : lines.map(\.top).max().flatMap { $0.isFinite ? $0 : nil }
  }

  /// The scale of the picture: locked by the panel, else shared, else that of its own values.
  func scale(_ specification: PanelSpecification, _ look: PanelLook, sharedTop: Double? = nil) -> PanelScale {
    let shown = lines.isEmpty ? main : lines.flatMap(\.extents)
    return PanelScale(
      top: specification.maximum ?? sharedTop ?? top ?? 0, bottom: specification.minimum,
      isLogarithmic: look.isLogarithmic, extents: shown.compactMap { $0 })
  }
}

extension State {
  /// What a panel shows; nil without such a panel.
  func picture(ofPanel index: Int) -> PanelPicture? {
    guard panels.panels.indices.contains(index), panels.specifications.indices.contains(index) else { return nil }
    return PanelPicture(
      panels.panels[index], panels.specifications[index].look, axis: axis, columns: layout.axisColumns)
  }

  /// What panels show, by their indices: all that are not hidden where they share a scale, else those asked for.
  func pictures(ofPanels indices: [Int]) -> [Int: PanelPicture] {
    let isShown = { (index: Int) in !panels.specifications[index].look.isHidden }
    let wanted = panels.sharesScale ? panels.specifications.indices.filter(isShown) : indices
    var pictures: [Int: PanelPicture] = [:]
    for index in wanted + indices where pictures[index] == nil { pictures[index] = picture(ofPanel: index) }
    return pictures
  }

  /// The greatest value shown of all panels of a unit, where they share a scale; nothing where each has its own.
  func sharedTops(of pictures: [Int: PanelPicture]) -> [MetricUnit: Double] {
    guard panels.sharesScale else { return [:] }
    var tops: [MetricUnit: Double] = [:]
    for picture in pictures.values {
      guard let top = picture.top else { continue }
      tops[picture.unit] = max(tops[picture.unit] ?? top, top)
    }
    return tops
  }
}
