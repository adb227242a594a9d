import Core
import Grammar

/// Holds arguments against an operation's schema, and says what was probably meant.
enum ArgumentChecker {
    /// What is wrong with the arguments of an operation, each with its place; empty when nothing is.
    static func problems(in arguments: JSONValue, of tool: Tool) -> [String] {
        guard let members = arguments.object else { return ["arguments: must be an object"] }
        var problems: [String] = []
        for name in members.keys.sorted() where tool.parameters["properties"]?[name] == nil {
            let near = nearest(to: name, among: tool.parameterOrder)
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

    /// The name that was probably meant: it begins as this one does, or differs in at most two letters.
    private static func nearest(to name: String, among names: [String]) -> String? {
        // Comparing two names takes the product of their lengths.
        guard name.utf8.count <= 100 else { return nil }
        let name = name.lowercased()
        let distances = names.map { known in
            guard known.utf8.count <= 100 else { return Int.max }
            let other = known.lowercased()
            return other.hasPrefix(name) || name.hasPrefix(other) ? 1 : distance(Array(name), Array(other))
        }
        guard let best = zip(names, distances).min(by: { $0.1 < $1.1 }), best.1 <= 2, best.1 < name.count else {
            return nil
        }
        return best.0
    }

    /// Levenshtein's edit distance.
    private static func distance(_ a: [Character], _ b: [Character]) -> Int {
        var row = Array(0...b.count)
        for (i, letter) in a.enumerated() {
            var diagonal = row[0]
            row[0] = i + 1
            for (j, other) in b.enumerated() {
                let changed = diagonal + (letter == other ? 0 : 1)
                diagonal = row[j + 1]
                row[j + 1] = min(changed, diagonal + 1, row[j] + 1)
            }
        }
        return row[b.count]
    }
}
