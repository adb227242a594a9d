import Core
import Foundation
import SquireProtocol
import Testing

@testable import Evaluation

/// Data in the form of the Berkeley Function-Calling Leaderboard, written for these tests.
@Suite struct FunctionCallingDataTests {
    private func withFolder(_ files: [String: String], _ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "sq-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(
            at: folder.appending(path: "possible_answer"), withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(to: folder.appending(path: name), atomically: true, encoding: .utf8)
        }
        try body(folder.path)
    }

    private static let question =
        #"{"id": "multiple_0", "question": [[{"role": "user", "content": "How heavy are 3 bricks?"}]], "function": [{"name": "bricks.weigh", "description": "Weighs bricks.", "parameters": {"type": "dict", "properties": {"count": {"type": "integer"}, "colours": {"type": "array"}, "at": {"type": "tuple", "items": {"type": "float"}}}, "required": ["count"]}}]}"#

    @Test func `a category is read with names and types that a JSON Schema has, its properties in order`() throws {
        let answer = #"{"id": "multiple_0", "ground_truth": [{"bricks.weigh": {"count": [3], "colours": [""]}}]}"#
        try withFolder([
            "BFCL_v4_multiple.json": Self.question, "possible_answer/BFCL_v4_multiple.json": answer,
        ]) { folder in
            #expect(FunctionCallingData.categories(in: folder) == ["multiple"])
            let suite = try #require(try FunctionCallingData.read("multiple", in: folder) as? CallingSuite)
            let test = try #require(suite.cases.first)
            #expect(test.messages.map(\.content) == ["How heavy are 3 bricks?"])
            #expect(
                test.wanted == .calls([ExpectedCall(name: "bricks_weigh", arguments: ["count": [3], "colours": [""]])]))
            let tool = try #require(test.tools.first)
            #expect(tool.name == "bricks_weigh")
            #expect(tool.parameterOrder == ["count", "colours", "at"])
            #expect(
                tool.parameters == [
                    "type": "object", "required": ["count"],
                    "properties": [
                        "count": ["type": "integer"], "colours": ["type": "array", "items": ["type": "string"]],
                        "at": ["type": "array", "items": ["type": "number"]],
                    ],
                ])
        }
    }

    @Test func `where none fits none is wanted, and no file of answers is needed`() throws {
        try withFolder(["BFCL_v4_irrelevance.json": Self.question]) { folder in
            let suite = try #require(try FunctionCallingData.read("irrelevance", in: folder) as? CallingSuite)
            #expect(suite.cases.map(\.wanted) == [.calls([])])
        }
    }

    @Test func `a question without an answer is named with its file and line`() throws {
        try withFolder(["BFCL_v4_multiple.json": Self.question, "possible_answer/BFCL_v4_multiple.json": ""]) {
            folder in
            let error = #expect(throws: EvaluationError.self) { try FunctionCallingData.read("multiple", in: folder) }
            #expect(error?.message.contains("BFCL_v4_multiple.json, line 1: ") == true)
        }
    }
}
