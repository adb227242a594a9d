import Core
import Foundation
import SquireProtocol
import Testing

@testable import Evaluation

@Suite struct SuiteFileTests {
    private func withFile<Result>(_ text: String, _ body: (String) throws -> Result) throws -> Result {
        let file = FileManager.default.temporaryDirectory.appending(path: "sq-\(UUID().uuidString).jsonl")
        defer { try? FileManager.default.removeItem(at: file) }
        try text.write(to: file, atomically: true, encoding: .utf8)
        return try body(file.path)
    }

    private static let tool =
        #"{"tool": {"name": "t", "description": "", "parameters": {"type": "object", "properties": {"b": {}, "a": {}}}}}"#

    @Test(arguments: [
        ("", "is empty"),
        ("{\"suite\": \"calling\"}\n", "line 1: no case follows"),
        ("{\"suite\": \"calls\"}\n", "line 1: `suite` must be calling, grounded or retrieval"),
        ("{\"suite\": \"calling\"}\n\n{\"id\": \n", "line 3: is no JSON"),
        ("{\"suite\": \"calling\"}\n{\"id\": \"1\", \"question\": 5}\n", "line 2: `question`: expected a string"),
        (
            "{\"suite\": \"calling\"}\n{\"id\": \"1\", \"question\": \"?\", \"tools\": [\"t\"], \"calls\": []}\n",
            "line 2: no line above describes a tool \"t\""
        ),
        (
            "{\"suite\": \"calling\"}\n\(tool)\n{\"id\": \"1\", \"question\": \"?\", \"tools\": [\"t\"], \"calls\": [{\"t\": {\"c\": [1]}}]}\n",
            "line 3: \"t\" has no parameter \"c\""
        ),
        ("{\"suite\": \"grounded\"}\n", "line 1: `plugin` is missing"),
        (
            "{\"suite\": \"retrieval\"}\n{\"id\": \"1\", \"question\": \"?\", \"passages\": [\"P\"]}\n",
            "line 2: no line above has a passage \"P\""
        ),
    ])
    func `a damaged suite is refused with its file, the line and what is wrong there`(text: String, problem: String)
        throws
    {
        try withFile(text) { path in
            let error = #expect(throws: EvaluationError.self) { try SuiteFile.read(path) }
            #expect(error?.code == .suiteDamaged)
            #expect(error?.message.contains(problem) == true)
            #expect(error?.message.hasPrefix(path) == true)
        }
    }

    @Test func `a file that is not there is named`() {
        let error = #expect(throws: EvaluationError.self) { try SuiteFile.read("/nowhere/mine.jsonl") }
        #expect(error?.code == .suiteUnreadable)
        #expect(error?.message.contains("/nowhere/mine.jsonl") == true)
    }

    @Test func `a tool's parameters keep the order in which they were written`() throws {
        let text =
            "{\"suite\": \"calling\"}\n\(Self.tool)\n"
            + #"{"id": "1", "question": "?", "tools": ["t"], "calls": [{"t": {"a": [1]}}]}"#
        let suite = try withFile(text) { try #require(try SuiteFile.read($0) as? CallingSuite) }
        #expect(suite.cases.first?.tools.first?.parameterOrder == ["b", "a"])
        #expect(suite.question(0).wanted == "t(a: 1)")
    }

    private static var shipped: URL {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "etc/eval")
    }

    @Test func `the suites that come with Squire can be read, and are as large as they say`() throws {
        let calling = try #require(
            try SuiteFile.read(Self.shipped.appending(path: "calling.jsonl").path) as? CallingSuite)
        #expect(calling.caseCount >= 40)
        #expect(calling.cases.count { $0.wanted == .calls([]) } >= 12)
        #expect(Set(calling.cases.flatMap(\.tools).map(\.name)).count >= 20)
        let grounded = try #require(
            try SuiteFile.read(Self.shipped.appending(path: "grounded.jsonl").path) as? GroundedSuite)
        #expect(grounded.caseCount == 50 && grounded.plugin == "almanac")
        #expect(Set(grounded.cases.map(\.operation)).count == 9)
        let retrieval = try #require(
            try SuiteFile.read(Self.shipped.appending(path: "retrieval.jsonl").path) as? RetrievalSuite)
        #expect((40...60).contains(retrieval.passages.count) && retrieval.caseCount >= 30)
        #expect(retrieval.limited(to: 3).passages == retrieval.passages)
    }
}
