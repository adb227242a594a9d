/// A set of byte strings: what notations and schemas are turned into before the automaton is made.
indirect enum Expression: Hashable, Sendable {
    /// One byte of these; an empty set is no string at all.
    case bytes(ByteSet)
    case sequence([Expression])
    /// An empty choice is no string at all.
    case choice([Expression])
    /// nil of `most` is without end.
    case repeated(Expression, least: Int, most: Int?)
    /// A rule of the grammar, by its index; what makes recursion possible.
    case rule(Int)

    static let empty = Expression.sequence([])
    static let never = Expression.choice([])

    static func literal(_ text: String) -> Expression { literal(bytes: Array(text.utf8)) }

    static func literal(bytes: [UInt8]) -> Expression {
        .sequence(bytes.map { .bytes(ByteSet(CollectionOfOne($0))) })
    }

    static func optional(_ expression: Expression) -> Expression { .repeated(expression, least: 0, most: 1) }

    static func characters(_ set: ScalarSet) -> Expression { set.utf8 }

    static let digit = Expression.bytes(ByteSet(0x30...0x39))
}

/// Expressions that refer to each other by index, and where to begin.
struct RuleSet: Sendable {
    var rules: [Expression] = []
    /// What to call a rule in messages.
    var names: [String] = []

    /// Makes room for a rule that is given later.
    mutating func reserve(_ name: String) -> Int {
        rules.append(.never)
        names.append(name)
        return rules.count - 1
    }
}

extension RuleSet {
    /// For each rule whether any string belongs to it, and whether the empty one does.
    func properties() -> (productive: [Bool], nullable: [Bool]) {
        var productive = Array(repeating: false, count: rules.count)
        var nullable = Array(repeating: false, count: rules.count)
        var changed = true
        var order = Array(rules.indices)
        while changed {
            changed = false
            // Back and forth, since rules stand before what they rest on as often as after it.
            order.reverse()
            for index in order {
                let rule = rules[index]
                if !productive[index], Self.isProductive(rule, productive) {
                    productive[index] = true
                    changed = true
                }
                if !nullable[index], Self.isNullable(rule, nullable) {
                    nullable[index] = true
                    changed = true
                }
            }
        }
        return (productive, nullable)
    }

    static func isProductive(_ expression: Expression, _ productive: [Bool]) -> Bool {
        switch expression {
        case .bytes(let set): !set.isEmpty
        case .sequence(let parts): parts.allSatisfy { isProductive($0, productive) }
        case .choice(let parts): parts.contains { isProductive($0, productive) }
        case .repeated(let body, let least, _): least == 0 || isProductive(body, productive)
        case .rule(let index): productive[index]
        }
    }

    static func isNullable(_ expression: Expression, _ nullable: [Bool]) -> Bool {
        switch expression {
        case .bytes: false
        case .sequence(let parts): parts.allSatisfy { isNullable($0, nullable) }
        case .choice(let parts): parts.contains { isNullable($0, nullable) }
        case .repeated(let body, let least, _): least == 0 || isNullable(body, nullable)
        case .rule(let index): nullable[index]
        }
    }

    /// A rule that can stand at its own beginning: an automaton that reads from left to right would never come to a
    /// byte.
    func leftRecursive(_ nullable: [Bool]) -> Int? {
        func beginnings(_ expression: Expression, _ found: inout Set<Int>) {
            switch expression {
            case .bytes: break
            case .sequence(let parts):
                for part in parts {
                    beginnings(part, &found)
                    if !Self.isNullable(part, nullable) { break }
                }
            case .choice(let parts): for part in parts { beginnings(part, &found) }
            case .repeated(let body, _, _): beginnings(body, &found)
            case .rule(let index): found.insert(index)
            }
        }
        let first = rules.map { rule in
            var found: Set<Int> = []
            beginnings(rule, &found)
            return found
        }
        // Depth first: a rule that is met while it is still open begins with itself.
        var isOpen = Array(repeating: false, count: rules.count)
        var isDone = isOpen
        for start in rules.indices where !isDone[start] {
            var path = [(rule: start, next: Array(first[start])[...])]
            isOpen[start] = true
            while let (rule, next) = path.last {
                if let target = next.first {
                    path[path.count - 1].next = next.dropFirst()
                    if isOpen[target] { return target }
                    if isDone[target] { continue }
                    isOpen[target] = true
                    path.append((target, Array(first[target])[...]))
                } else {
                    isOpen[rule] = false
                    isDone[rule] = true
                    path.removeLast()
                }
            }
        }
        return nil
    }
}
