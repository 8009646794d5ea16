import Glibc
import Interface
import Platform
import Quantities
import Terminal
import Themes

extension ScreenSession {
  /// Carries out an effect that needs the terminal or the process.
  func perform(_ effect: Effect) {
    switch effect {
    case .copy(let bytes):
      screen.copyToClipboard(bytes)
      checkMultiplexer()
    case .runProgram(let program, let path, let line, let isTemporary):
      run(program, path: path, line: line, isTemporary: isTemporary)
    case .completePath(let typed):
      Threads.start("paths") { [mailbox] in mailbox.post(.pathsFound(typed, PathCompletion.items(for: typed))) }
    case .keepSession(let session): if !launch.options.isSecure { SessionFiles.save(session) }
    case .findSession(let sources): mailbox.post(.sessionFound(SessionFiles.load(sources)))
    case .findFiles: findFiles()
    case .findZone(let name, let purpose):
      mailbox.post(.zoneFound(name: name, zone: ZoneDatabase.zone(named: name), purpose: purpose))
    case .setTheme(let name): setTheme(name)
    case .setMouse(let isOn): screen.setMouse(isOn)
    case .saveHistory(let kind, let entries):
      if !launch.options.isSecure { PromptHistories.save(entries, of: kind) }
    case .saveColumns(let format, let columns):
      if !launch.options.isSecure { SavedColumns.save(columns, ofFormat: format) }
    case .savePanels(let panels, let isQuiet):
      if isQuiet, launch.options.isSecure { break }
      let answer = SavedPanels.save(panels, isSecure: launch.options.isSecure)
      if case .message(_, .plain) = answer, isQuiet { break }
      mailbox.post(answer)
    case .savePanelSet(let name, let panels):
      mailbox.post(SavedPanels.save(panels, as: name, isSecure: launch.options.isSecure))
    case .importPanels(let path):
      Threads.start("import panels") { [mailbox] in mailbox.post(ImportedPanels.event(readingFrom: path)) }
    case .saveQuery(let name, let query):
      if let problem = SavedFilters.save(query, as: name, isSecure: launch.options.isSecure) { mailbox.post(problem) }
    case .useFolderConfiguration(let path): mailbox.post(FolderConfiguration.event(readingFrom: path))
    case .redraw: screen.redrawAll()
    case .suspend:
      suspend()
      mailbox.post(.resumed)
      mailbox.post(.resize(screen.size))
    case .quit: isOver = true
    default: break
    }
  }

  private func setTheme(_ name: String) {
    do throws(ThemeError) {
      theme = try Theme(named: name, depth: screen.depth(over: state.settings.connection)) { Files.contents(of: $0) }
    } catch { mailbox.post(.message(error.description, .error)) }
  }

  /// Says what is needed where tmux keeps copies for itself.
  private func checkMultiplexer() {
    guard Multiplexer.isTmux, !launch.options.isSecure else { return }
    Threads.start("tmux") { [mailbox] in
      if let problem = Multiplexer.copyProblem() { mailbox.post(.message(problem, .warning)) }
    }
  }

  /// Looks for logs on a thread of its own, since a folder may be slow.
  private func findFiles() {
    Threads.start("find files") { [mailbox] in
      mailbox.post(.filesFound(LogFinder.candidates(), isComplete: true))
    }
  }
}

extension Settings.Connection {
  /// Itself, or what was found where it is to be found.
  func found(_ found: Self) -> Self { self == .auto ? found : self }
}

extension TerminalScreen {
  /// The depth that a theme is chosen for: one of 256 colours takes eleven bytes on the line, one of 16 five.
  func depth(over connection: Settings.Connection) -> ColourDepth {
    connection == .slow ? min(colours.depth, .sixteen) : colours.depth
  }
}

extension TerminalColours {
  fileprivate var depth: ColourDepth {
    switch self {
    case .none: .none
    case .sixteen: .sixteen
    case .indexed256: .indexed256
    case .direct: .direct
    }
  }
}
