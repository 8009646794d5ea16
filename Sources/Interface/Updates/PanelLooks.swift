import Analysis
import Metrics

/// How panels are drawn: changed by keys of the panels pane, kept with the panels.
extension State {
  /// Changes the look of the selected panel.
  mutating func changeLook(_ change: (inout PanelLook) -> Void) -> [Effect] {
    guard let index = selectedPanel else { return say("select a panel first; j and k go from one to the next") }
    let before = panels.specifications[index].look
    change(&panels.specifications[index].look)
    let look = panels.specifications[index].look
    if look == before { return say(look.rows == 1 ? "it has one row" : "it has \(look.rows) rows, which is the most") }
    if look.isLogarithmic != before.isLogarithmic {
      say(look.isLogarithmic ? "logarithmic scale" : "linear scale")
    } else if look.showsSeries, panels.panels[index].series.count < 2 {
      say("it has \(panels.panels[index].series.isEmpty ? "no" : "one") series")
    }
    return looksChanged()
  }

  /// Exchanges the selected panel with its neighbours.
  mutating func movePanel(by steps: Int) -> [Effect] {
    guard let index = selectedPanel else { return say("select a panel first") }
    let goal = min(max(0, index + min(max(steps, -1000), 1000)), panels.specifications.count - 1)
    if goal == index { return say(steps > 0 ? "it is the last panel" : "it is the first panel") }
    panels.specifications.insert(panels.specifications.remove(at: index), at: goal)
    panels.selected = goal + 1
    arrangePanels()
    return looksChanged()
  }

  mutating func hidePanel() -> [Effect] {
    guard let index = selectedPanel else { return say("select a panel first; P hides all") }
    panels.specifications[index].look.isHidden = true
    let next = panels.specifications.indices.dropFirst(index).first { !panels.specifications[$0].look.isHidden }
    panels.selected = (next ?? panels.specifications.lastIndex { !$0.look.isHidden } ?? -1) + 1
    say("\(panels.specifications[index].title) is hidden; X shows it again")
    return looksChanged()
  }

  mutating func showHiddenPanels() -> [Effect] {
    let count = panels.specifications.count { $0.look.isHidden }
    guard count > 0 else { return say("no panel is hidden") }
    for index in panels.specifications.indices { panels.specifications[index].look.isHidden = false }
    return looksChanged()
  }

  /// Goes on to the next thing that the panel's picture can be made of. Lines take four rows where there was one.
  mutating func changeStyle() -> [Effect] {
    guard let index = selectedPanel, let picture = picture(ofPanel: index) else {
      return say("select a panel first; j and k go from one to the next")
    }
    let styles: [PanelStyle] = picture.heat == nil ? [.bars, .line] : [.heat, .bars, .line]
    let next = styles[((styles.firstIndex(of: picture.style) ?? 0) + 1) % styles.count]
    let isOneRow = panels.specifications[index].look.rows == 1
    panels.specifications[index].look.style = next == styles[0] ? nil : next
    if next == .line, isOneRow { panels.specifications[index].look.rows = Self.rowsOfLines }
    switch next {
    case .bars: say(picture.heat == nil ? "bars" : "bars of all that was counted; c draws lines of percentiles")
    case .line:
      say(picture.heat == nil ? "lines; c draws bars again" : "lines of percentiles; c draws the buckets again")
    case .heat: say("heat: the darker the more fell into a bucket")
    }
    return looksChanged()
  }

  /// Rows of lines: four times as many heights.
  private static var rowsOfLines: Int { 4 }

  /// Makes the scale that is drawn now the panel's own, or takes that back.
  mutating func lockScale() -> [Effect] {
    guard let index = selectedPanel, let picture = picture(ofPanel: index) else {
      return say("select a panel first; j and k go from one to the next")
    }
    let specification = panels.specifications[index]
    if specification.maximum != nil || specification.minimum != nil {
      (panels.specifications[index].maximum, panels.specifications[index].minimum) = (nil, nil)
      say("the scale follows the values again")
      return looksChanged()
    }
    guard picture.style != .heat || specification.look.rows == 1 else {
      return say("heat has no scale: its rows are the buckets; c draws it as bars or lines")
    }
    let tops = sharedTops(of: pictures(ofPanels: [index]))
    let scale = picture.scale(specification, specification.look, sharedTop: tops[picture.unit])
    guard scale.top > scale.bottom else { return say("there are no values to lock the scale to") }
    let (bottom, top) = (PanelScale.rounded(scale.bottom, up: false), PanelScale.rounded(scale.top, up: true))
    panels.specifications[index].maximum = top
    panels.specifications[index].minimum = bottom == 0 ? nil : bottom
    let (low, high) = (picture.unit.text(bottom), picture.unit.text(top))
    say("scale locked from \(low) to \(high); S lets it follow the values again")
    return looksChanged()
  }

  mutating func shareScale() -> [Effect] {
    panels.sharesScale.toggle()
    return say(panels.sharesScale ? "one scale for all panels of a unit" : "each panel has its own scale")
  }

  mutating func fillScreen() -> [Effect] {
    guard selectedPanel != nil else { return say("select a panel first; j and k go from one to the next") }
    panels.fillsScreen.toggle()
    keepCursorVisible()
    return refill()
  }

  /// Goes from panel to panel, past hidden ones and around the ends: the last is one key from the volume.
  mutating func selectPanel(by steps: Int) {
    let shown = [0] + panels.specifications.indices.filter { !panels.specifications[$0].look.isHidden }.map { $0 + 1 }
    let place = shown.lastIndex { $0 <= panels.selected } ?? 0
    switch (place, steps) {
    case (shown.count - 1, 1...): panels.selected = 0
    case (0, ..<0): panels.selected = shown[shown.count - 1]
    default: panels.selected = shown[min(max(0, place + min(max(steps, -1000), 1000)), shown.count - 1)]
    }
  }

  /// The data stays; what is drawn and what is kept changes.
  private mutating func looksChanged() -> [Effect] {
    panels.areDefaults = false
    keepCursorVisible()
    return [.savePanels(panels.specifications, isQuiet: true)] + refill()
  }
}
