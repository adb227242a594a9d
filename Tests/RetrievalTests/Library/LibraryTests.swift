import Core
import Foundation
import GRDB
import Store
import Testing

@testable import Retrieval

@Suite(.timeLimit(.minutes(2)))
struct LibraryTests {
    @Test func `what is in a folder is found by its words, with its place, and quoted as it stands`() async throws {
        try await LibraryFixture.with { fixture in
            try fixture.write("# Setup\n\nInstall the fonts first.\n\n# Use\n\nPress the red button.\n", to: "guide.md")
            try fixture.write("nothing of interest here", to: "deep/other.txt")
            let outcome = try await fixture.add()
            #expect(outcome.added == 2 && outcome.failures.isEmpty)
            let found = try #require(try await fixture.search("which button to press").first)
            #expect(found.text.contains("Press the red button."))
            #expect(found.location.hasPrefix("Use, line"))
            #expect(found.source == "\(fixture.files)/guide.md")
            let text = try #require(try await fixture.library.text(ofDocument: found.document))
            #expect(text.contains(found.text))
            let highlighted = found.highlights.map { range in
                String(decoding: Array(found.text.utf16)[range], as: UTF16.self)
            }
            #expect(Set(highlighted).isSuperset(of: ["Press", "button"]))
        }
    }

    @Test func `adding again reads what has changed, removes what is gone, and leaves the rest`() async throws {
        try await LibraryFixture.with { fixture in
            try fixture.write("the first version says apples", to: "a.txt")
            try fixture.write("this one stays with pears", to: "b.txt")
            try fixture.write("this one goes with plums", to: "c.txt")
            try await fixture.add()
            try fixture.write("the second version says oranges", to: "a.txt")
            try FileManager.default.removeItem(atPath: "\(fixture.files)/c.txt")
            let outcome = try await fixture.add()
            #expect(outcome.updated == 1 && outcome.unchanged == 1 && outcome.removed == 1 && outcome.added == 0)
            #expect(try await fixture.search("apples").isEmpty)
            #expect(try await fixture.search("plums").isEmpty)
            #expect(try await fixture.search("oranges").count == 1)
            #expect(try await fixture.library.check(repair: false).audit.problems.isEmpty)
        }
    }

    @Test func `what two documents say is stored and embedded once, and stays as long as one says it`() async throws {
        try await LibraryFixture.with { fixture in
            try fixture.write("Every morning the harbour wakes before the town.", to: "a.txt")
            try fixture.write("Every morning the harbour wakes before the town.", to: "b.txt")
            try await fixture.add()
            #expect(try await fixture.library.check(repair: false).audit.contents == 1)
            #expect(try await fixture.library.remove(["\(fixture.files)/a.txt"], collection: nil) == 1)
            #expect(try await fixture.search("harbour").first?.source == "\(fixture.files)/b.txt")
            #expect(try await fixture.library.remove([fixture.files], collection: nil) == 1)
            let audit = try await fixture.library.check(repair: false).audit
            #expect(audit.contents == 0 && audit.problems.isEmpty)
        }
    }

    @Test func `meaning is found once the vectors have come, which are kept`() async throws {
        try await LibraryFixture.with { fixture in
            for name in ["apple", "pear", "plum", "cherry"] {
                try fixture.write("A story of a \(name) and its tree.", to: "\(name).txt")
            }
            try await fixture.add()
            #expect(try await fixture.search("plum tree", .meaning).isEmpty)
            try await fixture.embed()
            #expect(try await fixture.search("plum tree", .meaning).first?.source?.hasSuffix("plum.txt") == true)
            let hybrid = try await fixture.search("plum tree", .hybrid)
            #expect(hybrid.first?.source?.hasSuffix("plum.txt") == true && hybrid.count == 4)
            // What is not embedded yet is found by its words beside it.
            try fixture.write("A late plum.", to: "late.txt")
            try await fixture.add()
            #expect(try await fixture.search("late plum", .hybrid).contains { $0.text == "A late plum." })
        }
    }

    @Test(arguments: SearchMethod.allCases)
    func `filters by collection, path, type and time hold for words and for meaning`(method: SearchMethod) async throws
    {
        try await LibraryFixture.with { fixture in
            try fixture.write("a green hill", to: "one/a.txt")
            try fixture.write("# Green\n\na green hill far away", to: "one/b.md")
            try fixture.write("the green hill again", to: "onetwo/c.txt")
            try await fixture.add()
            _ = try await fixture.library.add(text: "one more green hill", title: "Hill", collection: "d")
            try await fixture.embed()
            func names(_ change: (inout PassageQuery) -> Void) async throws -> Set<String> {
                var query = PassageQuery("green hill", method: method)
                change(&query)
                return Set(try await fixture.library.passages(for: query).map { $0.file ?? $0.title })
            }
            #expect(try await names { _ in } == ["a.txt", "b.md", "c.txt", "Hill"])
            #expect(try await names { $0.collections = ["d"] } == ["Hill"])
            #expect(try await names { $0.collections = [] } == [])
            #expect(try await names { $0.path = "\(fixture.files)/one" } == ["a.txt", "b.md"])
            #expect(try await names { $0.types = ["markdown"] } == ["b.md"])
            #expect(try await names { $0.until = Date(timeIntervalSince1970: 5) } == [])
            await #expect(throws: RetrievalError.self) { try await names { $0.collections = ["none"] } }
        }
    }

    @Test func `whatever stands in a query, it is searched for or finds nothing`() async throws {
        try await LibraryFixture.with { fixture in
            try fixture.write("the quick brown fox jumps", to: "a.txt")
            try await fixture.add()
            for query in [
                "", " ", "\"", "\"\"", "\"quick", "AND", "NOT OR", "quick*", "*", "(", "a:b", "-fox", "quick^2",
                "\u{0}",
                "NEAR(quick fox)", String(repeating: "fox ", count: 2000), "日本", "'; DROP TABLE words; --",
            ] { _ = try await fixture.search(query, .hybrid) }
            #expect(try await fixture.search("\"brown fox\"").count == 1)
            #expect(try await fixture.search("\"fox brown\"").isEmpty)
            #expect(try await fixture.search("\"brown fox\" \"lazy dog\"").isEmpty)
            #expect(try await fixture.search("\"brown fox\" \"quick brown\"").count == 1)
            #expect(try await fixture.search("jum*").count == 1)
            #expect(try await fixture.search("jumped").count == 1)
        }
    }

    @Test func `what cannot be read is told with its reason, and the rest is added`() async throws {
        try await LibraryFixture.with { fixture in
            try fixture.write("fine", to: "a.txt")
            try fixture.write("", to: "empty.txt")
            try Data([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d]).write(
                to: URL(fileURLWithPath: "\(fixture.files)/b.bin"))
            _ = unsafe mkfifo("\(fixture.files)/pipe", 0o600)
            let outcome = try await fixture.library.add(
                [fixture.files, "/nonexistent/file", "HTTP://127.0.0.1:9/x"], collection: "c", watch: false
            ) { _ in }
            #expect(outcome.added == 1)
            #expect(outcome.failures.count == 5 && outcome.failures.allSatisfy { !$0.error.message.isEmpty })
            // In whatever letters it is written, it is an address and no path.
            #expect(outcome.failures.contains { $0.error.message == "nothing answers at HTTP://127.0.0.1:9/x" })
        }
    }

    @Test func `an index that was damaged is told, and made anew from what is stored`() async throws {
        try await LibraryFixture.with { fixture in
            for index in 0..<20 { try fixture.write("document \(index) about walruses", to: "\(index).txt") }
            try await fixture.add()
            let pool = try DatabaseQueue(path: fixture.database.path)
            try await pool.write { try $0.execute(sql: "INSERT INTO words (words) VALUES ('delete-all')") }
            try pool.close()
            #expect(try await !fixture.library.check(repair: false).audit.problems.isEmpty)
            let (audit, repaired) = try await fixture.library.check(repair: true)
            #expect(repaired && audit.problems.isEmpty)
            #expect(try await fixture.search("walruses").count == 10)
        }
    }

    @Test func `a followed folder's additions, edits, renames and deletions are found within seconds`() async throws {
        try await LibraryFixture.with { fixture in
            try fixture.write("about whales", to: "a.txt")
            try await fixture.add(watch: true)
            let service = FolderService(library: fixture.library, logger: fixture.library.logger)
            let running = Task { await service.run() }
            defer { running.cancel() }
            func expect(_ query: String, _ names: Set<String>) async throws {
                let end = ContinuousClock.now + .seconds(15)
                while true {
                    let found = Set(try await fixture.search(query).compactMap(\.file))
                    if found == names { return }
                    guard .now < end else {
                        Issue.record("\(query): \(found) and not \(names)")
                        return
                    }
                    try await Task.sleep(for: .milliseconds(50))
                }
            }
            // Once this is found, what comes after it is followed and not only found at the beginning.
            try fixture.write("about seals", to: "new/b.txt")
            try await expect("seals", ["b.txt"])
            try fixture.write("about otters now", to: "a.txt")
            try await expect("otters", ["a.txt"])
            try await expect("whales", [])
            try FileManager.default.moveItem(atPath: "\(fixture.files)/a.txt", toPath: "\(fixture.files)/c.txt")
            try await expect("otters", ["c.txt"])
            try FileManager.default.removeItem(atPath: "\(fixture.files)/new")
            try await expect("seals", [])
            running.cancel()
            await running.value
        }
    }
}

extension Passage {
    /// The name of its file.
    fileprivate var file: String? { source.map { URL(fileURLWithPath: $0).lastPathComponent } }
}
