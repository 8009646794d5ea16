import Glibc
import Interface
import Platform

extension ScreenSession {
  /// Gives the terminal to an editor or pager until it ends; the screen comes back as it was.
  func run(_ program: TerminalProgram, path: String, line: Int?, isTemporary: Bool) {
    defer { if isTemporary { unlink(path) } }
    guard !launch.options.isSecure else { return }
    let command = ViewerCommand.text(program: Self.command(of: program), line: line)
    screen.suspend(stopping: false)
    let result = Result { () throws(SystemError) in
      try ForegroundProgram.run(shell: command, argument: path)
    }
    screen.resume()
    mailbox.post(.resumed)
    mailbox.post(.resize(screen.size))
    switch result {
    case .failure(let error): mailbox.post(.message("\(program.name): \(error)", .error))
    case .success(.code(127)):
      let variable = program == .editor ? "VISUAL or EDITOR" : "PAGER"
      mailbox.post(.message("\(Self.command(of: program)) is not there; \(variable) names another", .error))
    case .success: break
    }
  }

  /// What the environment names, else what every system has.
  private static func command(of program: TerminalProgram) -> String {
    switch program {
    case .editor: Files.environment("VISUAL") ?? Files.environment("EDITOR") ?? "vi"
    case .pager: Files.environment("PAGER") ?? "less"
    }
  }
}
