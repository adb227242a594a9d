import Core
import Foundation

/// A suite in a file: JSON Lines, the first of which says what kind of suite it is. docs/evaluation.md describes them.
package enum SuiteFile {
    private enum Kind: String, Decodable {
        case calling
        case grounded
        case retrieval
    }

    private struct Header: Decodable {
        var suite: String
        /// Of a grounded suite: the plugin whose operations it asks about.
        var plugin: String?
    }

    /// - Throws: `suiteUnreadable`; `suiteDamaged`, naming the file and the line.
    package static func read(_ path: String) throws -> any EvaluationSuite {
        let lines = try JSONLine.read(path)
        guard let first = lines.first else {
            throw EvaluationError(
                .suiteDamaged, "\(path) is empty; its first line says what it is: {\"suite\": \"calling\"}")
        }
        let header = try first.decode(Header.self)
        guard let kind = Kind(rawValue: header.suite) else {
            throw first.damaged("`suite` must be calling, grounded or retrieval, not \"\(header.suite)\"")
        }
        let name = name(of: path)
        let rest = Array(lines.dropFirst())
        let suite: any EvaluationSuite
        switch kind {
        case .calling: suite = try CallingSuite(name: name, lines: rest)
        case .grounded:
            guard let plugin = header.plugin else {
                throw first.damaged("`plugin` is missing: whose figures are asked?")
            }
            suite = try GroundedSuite(name: name, plugin: plugin, lines: rest)
        case .retrieval: suite = try RetrievalSuite(name: name, lines: rest)
        }
        guard suite.caseCount > 0 else { throw first.damaged("no case follows") }
        return suite
    }

    static func name(of path: String) -> String {
        URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    }
}

/// Finds a case that is there twice.
struct CaseNames {
    private var seen: Set<String> = []

    /// - Throws: `suiteDamaged`.
    mutating func add(_ id: String, in line: JSONLine) throws {
        guard seen.insert(id).inserted else { throw line.damaged("there is another case \"\(id)\"") }
    }
}
