import Core

/// Tells of members that OpenAPI does not know: what is misspelt would otherwise vanish without a word (OpenAPI 3.1,
/// section 4.8; members that begin with `x-` are anybody's).
enum MemberSpelling {
    enum Object {
        case root, path, operation, parameter, body, example

        var known: [String] {
            switch self {
            case .root:
                [
                    "openapi", "info", "jsonSchemaDialect", "servers", "paths", "webhooks", "components", "security",
                    "tags",
                    "externalDocs", "swagger",
                ]
            case .path:
                [
                    "$ref", "summary", "description", "get", "put", "post", "delete", "options", "head", "patch",
                    "trace",
                    "servers", "parameters",
                ]
            case .operation:
                [
                    "tags", "summary", "description", "externalDocs", "operationId", "parameters", "requestBody",
                    "responses", "callbacks", "deprecated", "security", "servers",
                ]
            case .parameter:
                [
                    "$ref", "name", "in", "description", "required", "deprecated", "allowEmptyValue", "style",
                    "explode",
                    "allowReserved", "schema", "example", "examples", "content", "summary",
                ]
            case .body: ["$ref", "description", "content", "required", "summary"]
            case .example: ["question", "arguments"]
            }
        }

        /// What becomes of a member that is none of these.
        fileprivate var fate: String {
            switch self {
            case .path: "is no method of HTTP and is left out"
            default: "is not known and is left out"
            }
        }
    }

    /// A warning for each member that is not known.
    static func warnings(_ value: DocumentValue, as object: Object) -> [String] {
        guard value.isObject else { return [] }
        let known = object.known
        // A document can have a hundred thousand of them.
        return value.names.lazy.filter { !known.contains($0) && !$0.hasPrefix("x-") }.prefix(100).sorted().map { name in
            let meant = Spelling.nearest(to: name, among: known).map { "; did you mean \($0)?" } ?? ""
            return "\(value.place.member(name)): \(object.fate)\(meant)"
        }
    }

    /// What is wrong with the worked examples of a tool: members, arguments and values that its operation does not have.
    static func warnings(ofExamples list: DocumentValue?, of tool: Tool) -> [String] {
        (list?.items ?? []).flatMap { example -> [String] in
            // What is no example at all is told where it is read.
            guard example["question"]?.string != nil, let given = example["arguments"], given.isObject else {
                return []
            }
            let problems = ArgumentChecker.problems(in: given.value, of: tool)
            return warnings(example, as: .example) + problems.map { "\(example.place).arguments.\($0)" }
        }
    }
}
