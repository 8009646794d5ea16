import Interface
import Platform
import Records

/// The user's configuration file.
enum ConfigurationFile {
  /// Where it is unless `--config` names another.
  static var usualPath: String { Files.configurationFolder + "/config.jsonc" }

  /// Reads it; a file that nobody asked for by name may be missing.
  ///
  /// - Throws: `UsageError` if the named file cannot be read.
  static func read(
    _ named: String?, formats: FormatLibrary
  ) throws(UsageError) -> (configuration: Configuration, mistakes: [String]) {
    let path = named ?? usualPath
    guard let bytes = Files.contents(of: path) else {
      guard named != nil || (try? FileFacts(path: path)) != nil else {
        var configuration = Configuration()
        configuration.filters = SavedFilters.load()
        return (configuration, [])
      }
      throw UsageError("\(path): the configuration cannot be read")
    }
    var (configuration, mistakes) = Configuration.decode(bytes, scope: .user, formats: formats.names.map(\.name))
    configuration.filters.merge(SavedFilters.load()) { own, _ in own }
    return (configuration, mistakes.map { "\(path):\($0)" })
  }
}
