import Core

/// A property of a result, with all values that it has there: `orders[].customer.name` is one, however many orders there
/// are.
struct ResultNode: Sendable, Hashable {
    /// Names from the outermost in; items of a list have none of their own.
    var path: [String]
    /// Whether it is a value and no object or list.
    var isLeaf: Bool

    /// Values of a result that are looked at, properties that are told apart, and levels.
    private static let (mostValues, mostNodes, mostLevels) = (20_000, 400, 8)

    /// The properties of a result in its own order, those of an object before what stands in them.
    static func all(in result: JSONValue) -> [ResultNode] {
        var seen: Set<ResultNode> = []
        var nodes: [ResultNode] = []
        var left = mostValues
        // Level by level: what stands outermost is met first however much one member holds.
        var level: [(path: [String], value: JSONValue)] = [([], result)]
        for _ in 0..<mostLevels where !level.isEmpty {
            var next: [(path: [String], value: JSONValue)] = []
            for (path, value) in level {
                left -= 1
                guard left > 0, nodes.count < mostNodes else { return nodes }
                switch value {
                case .object(let members):
                    for (name, member) in members {
                        let node = ResultNode(path: path + [name], isLeaf: member.object == nil && member.array == nil)
                        if seen.insert(node).inserted { nodes.append(node) }
                        if !node.isLeaf { next.append((node.path, member)) }
                    }
                case .array(let items): next += items.map { (path, $0) }
                default: break
                }
            }
            level = next
        }
        return nodes
    }

    /// A value with the object that it is a member of, if it is of one.
    struct Found: Sendable, Hashable {
        var value: JSONValue
        var parent: JSONObject?
    }

    /// Values of a property that are told at most.
    private static let mostFound = 200

    /// The values that a property has, in the result's order; lists on the way are gone through.
    static func values(at path: [String], in value: JSONValue, parent: JSONObject? = nil) -> [Found] {
        switch value {
        case .array(let items):
            return Array(items.lazy.flatMap { values(at: path, in: $0, parent: parent) }.prefix(mostFound))
        case .object(let members):
            guard let name = path.first else { return [Found(value: value, parent: parent)] }
            return members[name].map { values(at: Array(path.dropFirst()), in: $0, parent: members) } ?? []
        default: return path.isEmpty ? [Found(value: value, parent: parent)] : []
        }
    }

    /// How many values a property has, also beyond those that are told.
    static func count(at path: ArraySlice<String>, in value: JSONValue) -> Int {
        switch value {
        case .array(let items):
            return path.isEmpty && items.allSatisfy { $0.array == nil }
                ? items.count : items.reduce(0) { $0 + count(at: path, in: $1) }
        case .object(let members):
            guard let name = path.first else { return 1 }
            return members[name].map { count(at: path.dropFirst(), in: $0) } ?? 0
        default: return path.isEmpty ? 1 : 0
        }
    }

    /// Whether this stands in another one.
    func isInside(_ other: ResultNode) -> Bool {
        path.count > other.path.count && path.starts(with: other.path)
    }
}
