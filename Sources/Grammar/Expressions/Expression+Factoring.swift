extension Expression {
    /// Any of the parts, with what several of them begin with written once.
    ///
    /// Alternatives with the same beginning would be followed side by side, each with a stack of its own; where they
    /// contain themselves, that doubles with every level of a text (`a ::= "(" a "x" | "(" a "y" | "z"`).
    static func factored(_ parts: [Expression]) -> Expression {
        var lists: [ArraySlice<Expression>] = []
        var open = Array(parts.reversed())
        while let part = open.popLast() {
            if case .choice(let inner) = part { open += inner.reversed() } else { lists.append(part.elements[...]) }
        }
        return factored(lists, depth: 0)
    }

    /// Beginnings within beginnings are looked for so deep: expressions are walked by recursion.
    private static let mostBeginnings = 64

    private static func factored(_ lists: [ArraySlice<Expression>], depth: Int) -> Expression {
        var groups: [[ArraySlice<Expression>]] = []
        var places: [Expression: Int] = [:]
        var hasEmpty = false
        for list in lists {
            guard let first = list.first else {
                hasEmpty = true
                continue
            }
            if let place = places[first] {
                groups[place].append(list)
            } else {
                places[first] = groups.count
                groups.append([list])
            }
        }
        var choices = groups.map { group -> Expression in
            guard let first = group.first, group.count > 1, depth < mostBeginnings else {
                return group.count == 1 ? sequence(group[0]) : .choice(group.map(sequence))
            }
            let shared = group.dropFirst().reduce(first.count) { shared, list in
                zip(first.prefix(shared), list).prefix { $0 == $1 }.count
            }
            let rest = factored(group.map { $0.dropFirst(shared) }, depth: depth + 1)
            return .sequence(Array(first.prefix(shared)) + (rest == .empty ? [] : [rest]))
        }
        if hasEmpty { choices.append(.empty) }
        return choices.count == 1 ? choices[0] : .choice(choices)
    }

    private static func sequence(_ list: ArraySlice<Expression>) -> Expression {
        list.count == 1 ? list[list.startIndex] : .sequence(Array(list))
    }

    /// What follows each other, without sequences in sequences.
    private var elements: [Expression] {
        switch self {
        case .sequence(let parts): parts.flatMap(\.elements)
        case .choice(let parts) where parts.count == 1: parts[0].elements
        default: [self]
        }
    }
}
