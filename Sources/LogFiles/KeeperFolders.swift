import Platform
import Quantities

/// How the keeper opens folders and picks up what appears in them.
extension Keeper {
  /// Shows the logs in the folder that a name turned out to lead to.
  func openFolder(_ source: Source) {
    guard let path = source.path else { return }
    source.kind = .folder
    let folder = FolderWatch(path: path, name: source.name, file: source.file, options: rules.options)
    folders.append(folder)
    scan(folder)
  }

  /// Reads the names in a folder, in the background; again if that is under way.
  func scan(_ folder: FolderWatch) {
    if folder.isScanning {
      folder.mustScanAgain = true
      return
    }
    folder.isScanning = true
    folder.mustScanAgain = false
    if follows { watches.watchFolder(folder.path) }
    let job = FolderScan(
      path: folder.path, knownPaths: Set(filesByPath.keys), knownFiles: knownIdentities.union(folder.ignored),
      isAccepted: folder.options.isLog)
    let file = folder.file
    begin()
    pool.submit(urgent: true) { [weak self] in
      let result = job.run()
      self?.post { keeper in
        if let folder = keeper.folders.first(where: { $0.file == file }) { keeper.finish(result, folder) }
        keeper.end()
      }
    }
  }

  private func finish(_ result: FolderScan.Result, _ folder: FolderWatch) {
    folder.isScanning = false
    folder.ignored.formUnion(result.ignored)
    for path in result.files where filesByPath[path] == nil { show(path, folder) }
    if follows {
      // A folder that is watched only now may have been filled before: look once more.
      let isNew = result.folders.contains { !watches.isWatched($0) }
      folder.isWatched = result.folders.reduce(true) { watches.watchFolder($1) && $0 }
      if isNew, folder.isWatched { folder.mustScanAgain = true }
    }
    folder.isOpen = true
    noteIfEmpty(folder)
    if folder.mustScanAgain { scan(folder) }
  }

  private func noteIfEmpty(_ folder: FolderWatch) {
    guard let source = source(folder.file), source.kind == .folder else { return }
    if follows {
      source.note("empty", "no logs in this folder yet: waiting for them")
    } else {
      source.failure = LogFailure("no logs in this folder")
    }
    change(source)
  }

  /// Opens a file that was found; the first takes the place of its folder among the sources.
  private func show(_ path: String, _ folder: FolderWatch) {
    let name = folder.name + path.dropFirst(folder.path.count)
    let options = rules.readingOptions(for: name)
    let source: Source
    if let placeholder = self.source(folder.file), placeholder.kind == .folder {
      source = placeholder
      source.kind = .unknown
      source.machine = FollowMachine()
      source.name = name
      source.path = path
      source.options = options
      source.failure = nil
      source.note("empty", nil)
      register(source)
    } else {
      source = Source(file: newFile(), name: name, path: path, options: options)
      add(source)
    }
    source.isPickedUp = folder.isOpen
    change(source)
    open(source)
  }
}
