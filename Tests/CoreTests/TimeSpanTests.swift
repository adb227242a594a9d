import Core
import Testing

struct TimeSpanTests {
    @Test(arguments: [("90s", 90), ("30m", 1800), ("12h", 43_200), ("7d", 604_800), ("2w", 1_209_600)])
    func `a length of time is a number and a unit`(text: String, seconds: Int) {
        #expect(TimeSpan.seconds(text) == seconds)
    }

    @Test(arguments: [
        "", "7", "d", "0d", "-1d", "7 d", "1.5h", "7y", "99999999999999999999d", "9223372036854775807w", "5300w",
    ])
    func `anything else is none`(text: String) {
        #expect(TimeSpan.seconds(text) == nil)
    }
}
