import Matching
import Quantities
import QueryLanguage
import Records
import Timelines

/// Search, and filters made from what is at hand.
extension State {
  // MARK: Search

  /// Compiles a search: a regular expression if it is one, else the text itself; smart case.
  mutating func setSearch(_ text: String) {
    let ignoresCase = !text.contains(where: \.isUppercase)
    search.text = text
    search.pattern =
      (try? Pattern(text, options: PatternOptions(ignoresCase: ignoresCase)))
      ?? Pattern.literal(text, ignoresCase: ignoresCase)
    search.isHighlighted = true
    let escaped = text.split(separator: "/", omittingEmptySubsequences: false).joined(separator: "\\/")
    search.filter = (try? compile("~/\(escaped)/" + (ignoresCase ? "i" : "")).get()) ?? nil
  }

  /// Takes back what an abandoned prompt searched for.
  mutating func restoreSearch() {
    if let text = histories[.search]?.entries.last {
      setSearch(text)
    } else {
      search.text = nil
      search.pattern = nil
      search.filter = nil
    }
    search.isHighlighted = false
  }

  /// While typing: the first match from where typing began.
  mutating func searchTyped(_ text: String) -> [Effect] {
    guard !text.isEmpty else {
      search.isHighlighted = false
      search.inFlight = nil
      return [.cancel(.search)]
    }
    setSearch(text)
    search.isForward = true
    return startSearch(from: search.origin, isForward: true, includesStart: true)
  }

  mutating func startSearch(from place: Place?, isForward: Bool, includesStart: Bool, count: Int = 1) -> [Effect] {
    guard let pattern = search.pattern else { return [] }
    search.requestCount += 1
    search.isMissing = false
    let request = SearchRequest(
      id: search.requestCount, pattern: pattern, from: place, isForward: isForward, includesStart: includesStart,
      count: max(1, count))
    search.inFlight = request
    search.began = now
    search.progress = 0
    return [.search(request)]
  }

  mutating func takeSearchProgress(_ id: Int, _ fraction: Double) -> [Effect] {
    if search.inFlight?.id == id { search.progress = fraction }
    return []
  }

  /// How long a search may take before the header speaks of it.
  static let searchPatience = TimeSpan.milliseconds(200)

  /// Whether a search is under way that takes its time.
  var isSearchSlow: Bool { search.inFlight != nil && now >= search.began + Self.searchPatience }

  mutating func acceptSearch(_ text: String) -> [Effect] {
    prompt = nil
    defer { search.origin = nil }
    guard !text.isEmpty else {
      // An empty search repeats the last one, as in vi and less.
      restoreSearch()
      return search.text == nil ? [] : repeatSearch(forward: true, count: 1)
    }
    if search.text != text { setSearch(text) }
    if let origin = search.origin { jumps.leave(origin) }
    // The answer of the last key may still be under way; it is as good now.
    return search.isMissing ? say("not found: \(text)", .warning) : []
  }

  mutating func repeatSearch(forward: Bool, count: Int) -> [Effect] {
    guard search.pattern != nil else { return say("no search yet; / begins one") }
    search.isHighlighted = true
    let count = min(count, 1 << 30)
    // One under way is not forgotten: its steps and these add up.
    if let earlier = search.inFlight, earlier.isForward == forward, earlier.pattern === search.pattern {
      return startSearch(
        from: earlier.from, isForward: forward, includesStart: earlier.includesStart,
        count: min(earlier.count + count, 1 << 30))
    }
    return startSearch(from: log.heading, isForward: forward, includesStart: false, count: count)
  }

  mutating func take(_ answer: SearchAnswer) -> [Effect] {
    guard let request = search.inFlight, request.id == answer.id else { return [] }
    search.inFlight = nil
    search.isMissing = answer.place == nil
    guard let place = answer.place else { return say("not found: \(search.text ?? "")", .warning) }
    if answer.hasWrapped {
      say(request.isForward ? "the search went on at the beginning" : "the search went on at the end")
    }
    if request.includesStart {
      pause()
      return request.from == place && log.place == place
        ? [] : self.request(.position(place.position, time: place.time), movesCursor: true)
    }
    return jump(to: place)
  }

  /// `*`: searches for the value in the details, or the first word of the row's message.
  mutating func searchWordAtHand() -> [Effect] {
    let word = selectedDetailItem?.value ?? wordAtHand
    guard let word, !word.isEmpty else { return say("there is no word here") }
    setSearch(Pattern.escape(word))
    search.isForward = true
    histories[.search, default: PromptHistory()].add(search.text ?? word)
    say("searching for \(word)")
    return startSearch(from: log.place, isForward: true, includesStart: false)
  }

  /// The first word of three letters or more, and no digits, in the message, right of the horizontal offset.
  var wordAtHand: String? {
    guard let row = log.cursorRow else { return nil }
    let message = row.parsed.messageSpan.isEmpty ? row.text(row.lines[0]) : row.text(row.parsed.messageSpan)
    let visible = log.horizontalOffset > 0 ? String(message.dropFirst(log.horizontalOffset)) : message
    let words = visible.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == "-") })
    // A number says little: the first word with letters, if there is one.
    let telling = words.first { $0.count >= 3 && $0.contains(where: \.isLetter) && $0.allSatisfy { !$0.isNumber } }
    return (telling ?? words.first { $0.count >= 3 } ?? words.first).map(String.init)
  }

  // MARK: Filters

  /// `x`: only matches, or all with the matches bright. Without a filter it takes the search as one.
  mutating func toggleMatches() -> [Effect] {
    if filter.compiled == nil {
      guard search.filter != nil else { return say("no filter and no search; i begins a filter, / a search") }
      let effects = change {
        if $0.filtersBySearch {
          $0.filtersBySearch = false
        } else {
          $0.filtersBySearch = true
          $0.showsOnlyMatches = true
        }
      }
      say(options.filtersBySearch ? "only matches of the search" : "all records, matches bright")
      return effects
    }
    let effects = change { $0.showsOnlyMatches.toggle() }
    say(options.showsOnlyMatches ? "only matches" : "all records, matches bright")
    return effects
  }

  /// `C`: 0, 3, 10 records around each match; a count sets it.
  mutating func cycleContext(_ count: Int?) -> [Effect] {
    guard activeFilter != nil else { return say("context needs a filter; i begins one") }
    let effects = change {
      $0.context = count.map { min($0, 1000) } ?? ($0.context == 0 ? 3 : $0.context == 3 ? 10 : 0)
      $0.showsOnlyMatches = true
    }
    say(options.context == 0 ? "no context" : "\(options.context) records of context")
    return effects
  }

  /// `+` and `-`: the value under the cursor of the details, else a list to pick one from.
  mutating func filterByValue(negated: Bool) -> [Effect] {
    if selection != nil, focusedPane == .log { return filterBySelection(isNegated: negated) }
    if let item = selectedDetailItem {
      guard item.isFilterable else { return say("\(item.name) is not a field to filter by; / searches for text") }
      return refine(item.queryName, item.value, negated: negated)
    }
    guard log.cursorRow != nil else { return say("there are no records") }
    let items = detailItems.filter(\.isFilterable).map {
      Choice.Item(label: $0.name, detail: $0.value, value: .field(name: $0.queryName, value: $0.value))
    }
    choice = Choice(.values(negated: negated), title: negated ? "filter out" : "filter for", items: items)
    return []
  }

  /// Adds a condition to the filter, takes it back, or turns it round; numbers stand bare, whatever their kind.
  mutating func refine(_ field: String, _ value: String, negated: Bool) -> [Effect] {
    let filter = QueryRefinement.refine(
      options.filter, adding: field, equals: value, kind: .number, isNegated: negated)
    let effects = apply(filter: filter + " " + options.pipeline)
    if message == nil { say("filter: \(options.filter)") }
    return effects
  }

  /// `@`: the saved filters by name; taking one adds it to the filter or takes it away.
  mutating func listSavedFilters() -> [Effect] {
    let last = session.found?.query ?? ""
    guard !settings.savedFilters.isEmpty || !last.isEmpty else {
      return say("no saved filters; \"filters\" in the configuration names some, :save NAME keeps this one")
    }
    var items = settings.savedFilters.sorted { $0.key < $1.key }.map { name, text in
      Choice.Item(label: name, detail: text, isMarked: usesSavedFilter(name), value: .text(name))
    }
    if !last.isEmpty {
      items.append(.init(label: "(last session)", detail: last, isMarked: options.query == last, value: .query(last)))
    }
    choice = Choice(.savedFilters, title: "saved filters", items: items)
    return []
  }

  func usesSavedFilter(_ name: String) -> Bool {
    options.query == settings.savedFilters[name]
      || options.filter.split(separator: " ").contains { $0 == "@\(name)" }
  }

  mutating func toggleSavedFilter(_ name: String) -> [Effect] {
    // A query with a pipeline is no part of a filter: it takes the place of what is there.
    if let text = settings.savedFilters[name], !QueryParts(text).pipeline.isEmpty {
      return options.query == text ? change { $0.pipeline = "" } : apply(filter: text)
    }
    return apply(filter: QueryRefinement.refine(options.filter, togglingSaved: name) + " " + options.pipeline)
  }
}
