import Glibc
import Platform
import Quantities

/// How the keeper hears of changes: inotify, and once a second a look at everything.
extension Keeper {
  /// Acts on the news of files and folders that waits.
  func readNews() {
    guard watches.news != nil else { return }
    let heard = watches.hear()
    var files = heard.files
    for path in heard.paths {
      files.formUnion(filesByPath[path] ?? [])
      for folder in folders where folder.holds(path) { scan(folder) }
    }
    if heard.isIncomplete {
      files.formUnion(sources.map(\.file))
      for folder in folders { scan(folder) }
    }
    for file in files.sorted() { if let source = source(file) { look(source) } }
  }

  /// Looks at everything, for what inotify does not see or tell.
  func sweep() {
    for source in sources where source.kind == .file {
      for generation in source.generations where generation.bytes.hasFaulted && generation.pass == nil {
        dropIfGone(generation, source)
      }
      look(source)
      watchFolder(of: source)
    }
    for folder in folders where !folder.isWatched { scan(folder) }
  }

  /// A file that nobody follows any more was cut short: its bytes are gone.
  private func dropIfGone(_ generation: Generation, _ source: Source) {
    let lives = source.machine.retired + [source.machine.current].compactMap(\.self)
    // While a file is opened the fate of the one before is not decided yet: a copy of it may be found.
    guard !source.machine.isOpening, !lives.contains(where: { $0.generation == generation.id }),
      let facts = try? FileFacts(generation.bytes.descriptor), facts.size < generation.byteCount
    else { return }
    forget(generation, source)
  }

  /// Watches the file behind a source, as the given generation, and the folder that it lies in.
  func watch(_ source: Source, _ id: GenerationID) {
    guard follows, let path = source.path else { return }
    do {
      source.watches[id] = try watches.watch(path, for: source.file)
      if watches.news == nil { source.note("watch", "looked at once a second: the system announces no changes") }
    } catch {
      if error.isMissing { return }
      let reason =
        error.code == ENOSPC ? "the system watches no more files (fs.inotify.max_user_watches)" : error.reason
      source.note("watch", "looked at once a second: \(reason)")
    }
    watchFolder(of: source)
  }

  /// Watches the folder in which the name of a source comes and goes.
  func watchFolder(of source: Source) {
    guard follows, let path = source.path else { return }
    watches.watchFolder(parentFolder(path))
  }

  /// Ends the watch on the file of one generation.
  func unwatch(_ source: Source, _ id: GenerationID) {
    guard let number = source.watches.removeValue(forKey: id), !source.watches.values.contains(number) else { return }
    watches.unwatch(number, for: source.file)
  }

  /// Starts or stops watching.
  func setFollowing(_ follows: Bool) {
    if follows == self.follows { return }
    rules.options.follows = follows
    for source in sources { change(source) }
    if !follows { return watches.stop() }
    startWatching()
    for source in sources where source.kind == .file {
      if let current = source.current { watch(source, current.id) } else { watchFolder(of: source) }
      look(source)
    }
    for folder in folders { scan(folder) }
  }

  /// Opens the queue for news, if anything is followed.
  func startWatching() { if follows, rules.options.hearsOfChanges { watches.start() } }
}
