import Core
import Foundation

/// A JSON or YAML document.
struct Document: Sendable {
    /// The whole document, which is an object.
    let top: DocumentValue
    /// What was read although it is not right, each with its line.
    let warnings: [String]

    var root: JSONValue { top.value }

    /// The names at the top, without what stands under them.
    var outline: JSONValue {
        .object(JSONObject(top.names.lazy.map { ($0, .null) }))
    }

    /// - Throws: `manifestUnreadable` where the text is neither JSON nor YAML, or more than is read; `CancellationError`.
    init(_ text: String, source: String) throws {
        let isJSONLike =
            text.utf8.first { !" \t\r\n".utf8.contains($0) }.map { "{[\u{FEFF}".utf8.contains($0) } ?? false
        var problem: JSONError?
        if isJSONLike {
            do {
                let (value, repeated) = try JSONValue.parse(Array(text.utf8), limits: Self.limits)
                try self.init(value, repeated, [], source: source)
                return
            } catch let error as JSONError where error.code == .beyondLimit {
                throw PluginError(.manifestUnreadable, "\(source): \(error.message)", cause: error)
            } catch let error as JSONError {
                // It may be YAML, whose lists and mappings can look like JSON's.
                problem = error
            }
        }
        var reader = YAMLReader()
        do {
            let value = try reader.read(text)
            guard let value else {
                throw PluginError(
                    .manifestUnreadable, "\(source) is empty; it should hold a manifest or an OpenAPI document")
            }
            try self.init(value, reader.repeated, reader.unusableKeys, source: source)
        } catch let failure as YAMLReader.Failure {
            let other = problem.map { "; as JSON: \($0.message)" } ?? ""
            throw PluginError(
                .manifestUnreadable,
                "\(source) is neither JSON nor YAML: \(failure.reason), in line \(failure.line)\(other)", cause: failure
            )
        }
    }

    private init(
        _ value: JSONValue, _ repeated: [RepeatedName], _ unusableKeys: [Int], source: String
    ) throws(PluginError) {
        top = DocumentValue(value: value, place: .root)
        guard top.isObject else {
            throw PluginError(.manifestUnreadable, "\(source) holds no manifest: an object is expected at its top")
        }
        warnings =
            repeated.map { "line \($0.line): \"\($0.name.prefix(100))\" is there twice; the last one holds" }
            + unusableKeys.map { "line \($0): a key is a list or a mapping; it is left out" }
    }

    private static let limits = JSONLimits(
        bytes: ReadingBudget.bytes, depth: ReadingBudget.depth, values: ReadingBudget.values)
}
