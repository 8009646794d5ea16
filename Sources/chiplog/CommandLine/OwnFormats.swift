import Platform
import Records

/// The user's own formats: definitions in the folder `formats` beside the configuration.
enum OwnFormats {
  /// Where they lie.
  static var folder: String { Files.configurationFolder + "/formats" }

  /// All of them, by name of file. A definition with a mistake is left out and told, with its place.
  static func read() -> (library: FormatLibrary, mistakes: [String]) {
    let names = ((try? Folder.names(in: folder)) ?? []).filter { $0.hasSuffix(".jsonc") || $0.hasSuffix(".json") }
    var definitions: [FormatDefinition] = []
    var mistakes: [String] = []
    for name in names.sorted() {
      let path = folder + "/" + name
      do throws(UsageError) {
        let read = try self.read(path)
        mistakes += read.mistakes
        if let definition = read.definition { definitions.append(definition) }
      } catch {
        mistakes.append(error.message)
      }
    }
    return (definitions.isEmpty ? .builtIn : FormatLibrary(definitions), mistakes)
  }

  /// One definition; its mistakes with their places.
  ///
  /// - Throws: `UsageError` if the file cannot be read.
  static func read(_ path: String) throws(UsageError) -> (definition: FormatDefinition?, mistakes: [String]) {
    guard let bytes = Files.contents(of: path) else { throw UsageError("\(path): the format cannot be read") }
    let (definition, mistakes) = FormatDefinition.decode(bytes)
    return (definition, mistakes.map { "\(path):\($0)" })
  }
}
