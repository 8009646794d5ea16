import Glibc
import LogFiles
import Testing

@Suite struct LogFileSetTests {
  @Test func indexesAFile() {
    let path = "/tmp/chiplog-test-\(getpid())-plain.log"
    let file = fopen(path, "w")
    fputs("2026-01-02T03:04:05Z one\n  more\n2026-01-02T03:04:06Z two\n", file)
    fclose(file)
    defer { unlink(path) }
    let files = LogFileSet()
    files.open(.path(path))
    files.waitUntilIndexed()
    let snapshot = files.snapshot()
    #expect(snapshot.generations.map(\.recordCount) == [2])
    #expect(snapshot.generations.map(\.lineCount) == [3])
  }
}
