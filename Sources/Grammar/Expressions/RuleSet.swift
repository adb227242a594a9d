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
        var nullable = productive
        // A rule is looked at again when one that it rests on turned out to be something: however the rules of a long
        // chain are ordered, each is looked at a few times.
        var users = Array(repeating: [Int](), count: rules.count)
        for (index, rule) in rules.enumerated() {
            for used in Self.references(rule) { users[used].append(index) }
        }
        // The last first, since rules mostly stand before what they rest on.
        var waiting = Array(rules.indices)
        var isWaiting = Array(repeating: true, count: rules.count)
        while let index = waiting.popLast() {
            isWaiting[index] = false
            let before = (productive[index], nullable[index])
            let rule = rules[index]
            if !before.0 { productive[index] = Self.isProductive(rule) { productive[$0] } }
            if !before.1 { nullable[index] = Self.isNullable(rule, nullable) }
            guard before != (productive[index], nullable[index]) else { continue }
            for user in users[index] where !isWaiting[user] {
                isWaiting[user] = true
                waiting.append(user)
            }
        }
        return (productive, nullable)
    }

    private static func references(_ expression: Expression) -> Set<Int> {
        func collect(_ expression: Expression, _ found: inout Set<Int>) {
            switch expression {
            case .bytes: break
            case .sequence(let parts), .choice(let parts): for part in parts { collect(part, &found) }
            case .repeated(let body, _, _): collect(body, &found)
            case .rule(let index): found.insert(index)
            }
        }
        var found: Set<Int> = []
        collect(expression, &found)
        return found
    }

    /// Whether any string belongs to an expression, given for which rules that is so.
    static func isProductive(_ expression: Expression, _ isRuleProductive: (Int) -> Bool) -> Bool {
        switch expression {
        case .bytes(let set): !set.isEmpty
        case .sequence(let parts): parts.allSatisfy { isProductive($0, isRuleProductive) }
        case .choice(let parts): parts.contains { isProductive($0, isRuleProductive) }
        case .repeated(let body, let least, _): least == 0 || isProductive(body, isRuleProductive)
        case .rule(let index): isRuleProductive(index)
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
