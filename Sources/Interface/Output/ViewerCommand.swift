/// How editors and pagers are told what to show: as a command for `sh` that gets the file's name as `$1`.
///
///     ViewerCommand.text(program: "vim -R", line: 12)      // vim -R +12 "$1"
///     ViewerCommand.text(program: "code --wait", line: 12) // code --wait -g "$1":12
public enum ViewerCommand {
  /// The command; `program` is what the user's environment names, with its options.
  public static func text(program: String, line: Int?) -> String {
    let file = "\"$1\""
    guard let line else { return "\(program) \(file)" }
    switch name(of: program) {
    case "code", "codium", "code-insiders", "cursor", "windsurf": return "\(program) -g \(file):\(line)"
    case "subl", "sublime_text", "zed", "hx", "helix": return "\(program) \(file):\(line)"
    case "kate", "kwrite", "mate", "gedit-line": return "\(program) -l \(line) \(file)"
    case "most": return "\(program) +\(line) \(file)"
    default: return "\(program) +\(line) \(file)"
    }
  }

  /// The program's own name: of `/usr/bin/env FOO=1 vim -R` it is `vim`.
  private static func name(of program: String) -> String {
    let words = program.split(separator: " ").map { $0.split(separator: "/").last.map(String.init) ?? "" }
    return words.first { $0 != "env" && !$0.contains("=") && !$0.hasPrefix("-") } ?? ""
  }
}
