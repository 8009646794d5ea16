import Glibc

#if LIBFUZZER
  /// libFuzzer's entry: runs `body` over inputs that reach new code (compiler-rt, `FuzzerInterface.h`).
  @_extern(c, "LLVMFuzzerRunDriver")
  private func runDriver(
    _ count: UnsafeMutablePointer<Int32>,
    _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
    _ body: @convention(c) (UnsafePointer<UInt8>, Int) -> Int32
  ) -> Int32
#endif

/// `Fuzzing TARGET [FILE ...]`: checks the files, or without any a million mutated inputs.
/// `Fuzzing --seeds TARGET FOLDER`: writes the target's seeds, for libFuzzer to begin from.
/// Built by `Tests/fuzz` with libFuzzer, it takes libFuzzer's arguments and the target from `CHIPLOG_FUZZ`.
@main struct Fuzzing {
  static func main() {
    #if LIBFUZZER
      var count = CommandLine.argc
      var arguments = CommandLine.unsafeArgv
      exit(
        runDriver(&count, &arguments) { bytes, count in
          Fuzzing.checkOrAbort(Array(UnsafeBufferPointer(start: bytes, count: count)))
          return 0
        })
    #else
      let arguments = Array(CommandLine.arguments.dropFirst())
      if arguments.count == 3, arguments[0] == "--seeds", let target = FuzzTarget(rawValue: arguments[1]) {
        exit(writeSeeds(of: target, in: arguments[2]) ? 0 : 2)
      }
      guard let name = arguments.first, let target = FuzzTarget(rawValue: name) else {
        let names = FuzzTarget.allCases.map(\.rawValue).joined(separator: " ")
        print("usage: Fuzzing TARGET [FILE ...]\n       Fuzzing --seeds TARGET FOLDER\ntargets: \(names)")
        exit(2)
      }
      exit(check(target, files: arguments.dropFirst()) ? 0 : 1)
    #endif
  }

  #if LIBFUZZER
    private static let chosen = FuzzTarget(rawValue: getenv("CHIPLOG_FUZZ").map { String(cString: $0) } ?? "")

    private static func checkOrAbort(_ input: [UInt8]) {
      guard let chosen else {
        print("set CHIPLOG_FUZZ to one of: \(FuzzTarget.allCases.map(\.rawValue).joined(separator: " "))")
        exit(2)
      }
      do { try chosen.check(input) } catch {
        print("violated: \(error)")
        abort()
      }
    }
  #else
    private static func check(_ target: FuzzTarget, files: ArraySlice<String>) -> Bool {
      var failures = 0
      var mutator = Mutator(seeds: target.seeds, state: 1)
      let inputs: any Sequence<(String, [UInt8]?)> =
        files.isEmpty
        ? AnySequence((0..<1_000_000).lazy.map { ("input \($0)", mutator.next()) })
        : AnySequence(files.lazy.map { ($0, contents(of: $0)) })
      for (name, input) in inputs {
        guard let input else {
          print("\(name): cannot be read")
          failures += 1
          continue
        }
        do { try target.check(input) } catch {
          print("\(name): \(error)\n  \(input)")
          failures += 1
        }
      }
      return failures == 0
    }

    private static func contents(of path: String) -> [UInt8]? {
      guard let file = fopen(path, "r") else { return nil }
      defer { fclose(file) }
      var bytes: [UInt8] = []
      var byte = getc(file)
      while byte != EOF {
        bytes.append(UInt8(truncatingIfNeeded: byte))
        byte = getc(file)
      }
      return bytes
    }

    private static func writeSeeds(of target: FuzzTarget, in folder: String) -> Bool {
      for (number, seed) in target.seeds.enumerated() {
        guard let file = fopen("\(folder)/seed-\(number)", "w") else {
          print("\(folder): cannot be written to")
          return false
        }
        fwrite(seed, 1, seed.count, file)
        fclose(file)
      }
      return true
    }
  #endif
}
