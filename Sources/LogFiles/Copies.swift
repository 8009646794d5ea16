import Platform
import Quantities

/// Finds the copy that copytruncate made of a file before it cut it short.
struct CopySearch: Sendable {
  /// The file that was cut short, and what it held.
  var path: String
  var identity: FileIdentity?
  var fingerprint: Fingerprint
  /// Files that are shown already, and so cannot be the copy.
  var known: Set<FileIdentity>

  /// A copy, open and mapped.
  struct Copy: Sendable {
    var descriptor: FileDescriptor
    var store: MappedBytes
    var facts: FileFacts
    var fingerprint: Fingerprint
  }

  /// The newest file beside it whose name begins like its name and whose bytes begin like its bytes did.
  func run() -> Copy? {
    guard fingerprint.size > 0 else { return nil }
    let folder = parentFolder(path)
    let base = lastComponent(path)
    let stem = base.hasSuffix(".log") ? String(base.dropLast(4)) : base
    let names = ((try? Folder.names(in: folder)) ?? []).filter { $0 != base && $0.hasPrefix(stem) }
    let files = names.compactMap { name -> (String, FileFacts)? in
      let path = folder + "/" + name
      guard let facts = try? FileFacts(path: path), facts.kind == .regular, facts.size > 0,
        facts.identity != identity, !known.contains(facts.identity)
      else { return nil }
      return (path, facts)
    }
    return files.sorted { $0.1.changed > $1.1.changed }.lazy.compactMap { open($0.0) }.first
  }

  private func open(_ path: String) -> Copy? {
    guard let descriptor = try? FileDescriptor.open(path), let facts = try? FileFacts(descriptor),
      fingerprint.fitsHead(of: descriptor), facts.size < fingerprint.size || fingerprint.fits(descriptor),
      let store = try? MappedBytes(descriptor, length: facts.size),
      let now = Fingerprint(descriptor, size: facts.size)
    else { return nil }
    return Copy(descriptor: descriptor, store: store, facts: facts, fingerprint: now)
  }
}

/// What is shown of other files in a folder, to recognise a copy of it by.
struct CopyCandidate: Sendable {
  var generation: GenerationID
  var store: any ByteStore
  var byteCount: Int
  /// The first bytes of the file, where the store holds other ones.
  var head: [UInt8]?

  /// Whether a file that begins with `head` and has `size` bytes is a copy of this, as far as can be seen.
  ///
  /// A copy that is being written is shorter; so that two logs which begin with the same banner are not taken for
  /// copies, at least 512 bytes or the whole of one of them must agree.
  func isCopied(by head: [UInt8], size: Int) -> Bool {
    let length = min(head.count, byteCount, Fingerprint.reach)
    guard length > 0, length >= 512 || length == size, size <= byteCount || length == byteCount || length >= 512 else {
      return false
    }
    if let ours = self.head { return ours.starts(with: head.prefix(length)) }
    return head.withUnsafeBytes { head in
      zip(head.prefix(length), store.buffer.prefix(length)).allSatisfy { $0 == $1 }
    }
  }
}
