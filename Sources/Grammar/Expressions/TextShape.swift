/// What several expressions say of the inside of a JSON string together: all of the required ones allow it, and none of the
/// forbidden ones.
struct TextShape: Hashable, Sendable {
    var required: [Expression] = []
    var forbidden: [Expression] = []

    init(_ required: [Expression] = [], forbidden: [Expression] = []) {
        self.required = required
        self.forbidden = forbidden
    }

    var saysNothing: Bool { required.isEmpty && forbidden.isEmpty }

    mutating func add(_ other: TextShape) {
        required += other.required.filter { !required.contains($0) }
        forbidden += other.forbidden.filter { !forbidden.contains($0) }
    }

    /// States of the automaton that says all of it, at most.
    private static let mostStates = 3000

    /// One expression of its strings that have so many characters.
    ///
    /// - Parameter rules: to add to.
    /// - Returns: nil where it would be too large.
    func expression(least: Int, most: Int?, rules: inout RuleSet) -> Expression? {
        let isBounded = least > 0 || most != nil
        if saysNothing { return .repeated(JSONText.character, least: least, most: most) }
        if forbidden.isEmpty, required.count == 1 {
            if !isBounded { return required[0] }
            if let fitted = required[0].within(least: least, most: most) { return fitted }
        }
        var parts = required
        if isBounded || parts.isEmpty { parts.append(.repeated(JSONText.character, least: least, most: most)) }
        // Counted one by one, a long text has too many states.
        if max(least, most ?? 0) > Self.mostStates / 2 { return nil }
        return Self.product(parts, forbidden, &rules)
    }

    /// The automata of all parts walked at once (Hopcroft and Ullman, "Introduction to Automata Theory", 3.3): a rule for
    /// each combination of their states.
    private static func product(
        _ required: [Expression], _ forbidden: [Expression], _ rules: inout RuleSet
    ) -> Expression? {
        var machines: [ByteMachine] = []
        for part in required + forbidden {
            guard let program = try? Program(RuleSet(), root: part) else {
                // No string belongs to it.
                if machines.count < required.count { return .never }
                continue
            }
            machines.append(ByteMachine(program))
        }
        var known: [[Int]: Int] = [:]
        var open: [[Int]] = []
        func rule(_ states: [Int], _ rules: inout RuleSet) -> Int {
            if let rule = known[states] { return rule }
            let rule = rules.reserve("text")
            known[states] = rule
            open.append(states)
            return rule
        }
        let root = rule(machines.map(\.start), &rules)
        while let states = open.popLast() {
            guard known.count <= mostStates, !states.contains(ByteMachine.exhausted) else { return nil }
            var targets: [[Int]: ByteSet] = [:]
            let next = machines[0].nextBytes(states[0])
            for byte in UInt8.min...UInt8.max where next.contains(byte) {
                var target = states
                var isDead = false
                for index in machines.indices where !isDead {
                    target[index] = machines[index].next(states[index], byte)
                    isDead = index < required.count && target[index] == ByteMachine.dead
                }
                if !isDead { targets[target, default: ByteSet()].insert(byte) }
            }
            var choices: [Expression] = []
            for (target, bytes) in targets.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
                choices.append(.sequence([.bytes(bytes), .rule(rule(target, &rules))]))
            }
            let mayEnd = machines.indices.allSatisfy { machines[$0].mayEnd(states[$0]) == ($0 < required.count) }
            rules.rules[known[states] ?? root] = .choice(choices + (mayEnd ? [.empty] : []))
        }
        return .rule(root)
    }
}
