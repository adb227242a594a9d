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

    /// Whether this stands in another one.
    func isInside(_ other: ResultNode) -> Bool {
        path.count > other.path.count && path.starts(with: other.path)
    }
}
