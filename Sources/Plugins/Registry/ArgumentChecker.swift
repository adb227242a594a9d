import Core
import Grammar

/// Holds arguments against an operation's schema, and says what was probably meant.
enum ArgumentChecker {
    /// What is wrong with the arguments of an operation, each with its place; empty when nothing is.
    static func problems(in arguments: JSONValue, of tool: Tool) -> [String] {
        guard let members = arguments.object else { return ["arguments: must be an object"] }
        var problems: [String] = []
        for name in members.keys.sorted() where tool.parameters["properties"]?[name] == nil {
            let near = Spelling.nearest(to: name, among: tool.parameterOrder)
            let known =
                tool.parameterOrder.isEmpty
                ? "it takes none" : "it takes \(tool.parameterOrder.joined(separator: ", "))"
            problems.append(
                "\(name): \(tool.operation) has no such argument; \(near.map { "did you mean \($0)?" } ?? known)")
        }
        var known = tool.parameters.object ?? [:]
        known["additionalProperties"] = nil
        return problems
            + SchemaValidator.verdict(
                on: arguments, of: .object(known), document: tool.parameters, allowsLocalTimes: true
            ).problems
    }
}
