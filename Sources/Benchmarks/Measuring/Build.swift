import Glibc
import Platform

/// Makes sure that the chiplog that is measured is that of this source.
enum Build {
  /// Builds chiplog in the release configuration and gives its path.
  static func program(with programs: Programs) throws -> String {
    let own = Folder.linkTarget("/proc/self/exe") ?? ""
    let folder = own.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" }
    let path = folder + "/chiplog"
    guard let build = folder.range(of: "/.build/") else {
      if access(path, X_OK) == 0 { return path }
      throw ProgramFailure(text: "there is no chiplog beside \(own); name one with --program")
    }
    let package = String(folder[..<build.lowerBound])
    say("building chiplog")
    _ = try programs.output(["swift", "build", "-c", "release", "--package-path", package, "--product", "chiplog"])
    return path
  }
}

extension String {
  /// Where `part` first stands.
  fileprivate func range(of part: String) -> Range<String.Index>? { ranges(of: part).first }
}
