import Core
import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// Asks PyPI's `jsonschema`, through `check.py`, what is an instance of a schema.
enum InstanceChecker {
    struct Question: Encodable {
        var schema: JSONValue
        /// Keywords to leave out, each with its place.
        var unenforced: [String]
        var texts: [String]
    }

    /// Why a text is no instance; nil where it is one.
    struct Answer: Decodable {
        var whole: String?
        /// Of what is left of the schema without the keywords that are not enforced.
        var enforced: String?
    }

    struct Failure: Error, CustomStringConvertible {
        var description: String
    }

    private static let tests = URL(filePath: #filePath).deletingLastPathComponent()

    /// Where `make test` installs what `scripts/requirements/tests.txt` lists. The link itself, not what it points to:
    /// Python knows its packages by the path it is called with.
    private static var python: String {
        ProcessInfo.processInfo.environment["SQUIRE_TEST_PYTHON"]
            ?? tests.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: ".deps/python/bin/python").path(percentEncoded: false)
    }

    /// - Returns: for each question, for each of its texts.
    static func answers(_ questions: [Question]) async throws -> [[Answer]] {
        guard FileManager.default.isExecutableFile(atPath: python) else {
            throw Failure(description: "there is no \(python): run `make test`, or set SQUIRE_TEST_PYTHON")
        }
        let input = try questions.map { try JSONValue(encoding: $0).text + "\n" }.joined()
        let result = try await Subprocess.run(
            .path(FilePath(python)), arguments: [tests.appending(path: "check.py").path(percentEncoded: false)],
            input: .string(input), output: .string(limit: 1 << 26), error: .string(limit: 1 << 20))
        let answers = try result.standardOutput.split(separator: "\n")
            .map { try JSONValue(parsing: String($0)).decode([Answer].self) }
        guard result.terminationStatus.isSuccess, answers.count == questions.count else {
            throw Failure(description: "check.py failed: \(result.standardError.suffix(2000))")
        }
        return answers
    }
}
