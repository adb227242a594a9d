import Foundation
import SquireProtocol
import Testing

struct VersionTests {
    /// Of `CHANGELOG.md`, the newest first, without "Unreleased".
    private static func releases() throws -> [Substring] {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appending(path: "CHANGELOG.md"), encoding: .utf8)
        return text.split(separator: "\n").filter { $0.hasPrefix("## ") && $0 != "## Unreleased" }
    }

    @Test func `the newest release in the changelog is this version, with its date`() throws {
        let newest = try #require(Self.releases().first)
        let heading = try #require(newest.wholeMatch(of: /## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)/))
        #expect(heading.1 == SquireVersion.current)
        #expect(throws: Never.self) { try Date(String(heading.2), strategy: .iso8601.year().month().day()) }
    }
}
