import ProcessorTime
import Testing

@testable import Folders

struct PatternCostTests {
    @Test func `patterns of ignore files that could try every way of matching end soon`() {
        let path = Array(
            (Array(repeating: "a", count: 40) + [String(repeating: "a", count: 200) + ".txt"]).joined(separator: "/")
                .utf8)
        let hostile = [
            String(repeating: "a*", count: 30) + "b", String(repeating: "**/", count: 30) + "b",
            String(repeating: "*a", count: 40) + "/**/" + String(repeating: "*b", count: 20),
            String(repeating: "[a-", count: 2000), String(repeating: "**", count: 500) + "x",
            String(repeating: "a/**/", count: 20) + "z", String(repeating: "**/a/", count: 30) + "*/z",
            String(repeating: "?*", count: 100) + "/b",
        ]
        let seconds = processorSeconds {
            for pattern in hostile {
                for _ in 0..<20 { #expect(!WildMatch.matches(Array(pattern.utf8)[...], path[...], isPath: true)) }
            }
        }
        #expect(seconds < 5)
    }
}
