import Quantities
import Testing

@Suite struct SizeTextTests {
  @Test(arguments: [
    (0, "0 B"), (1023, "1023 B"), (1024, "1 KiB"), (1536, "1.5 KiB"), (10_240, "10 KiB"), (15_872, "15 KiB"),
    (64 << 20, "64 MiB"), (3 << 29, "1.5 GiB"), (Int.max, "8191 PiB"), (-1, "0 B"),
  ]) func isShort(bytes: Int, text: String) {
    #expect(SizeText.text(bytes) == text)
  }
}
