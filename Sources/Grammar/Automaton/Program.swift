/// A grammar as a graph that is walked byte by byte, with a stack for rules and counted repetitions.
struct Program: Sendable {
    enum Node: Sendable {
        /// Reads one byte of the set.
        case bytes(ByteSet, next: Int)
        case split([Int])
        case call(entry: Int, next: Int)
        case loop(Int)
        /// One repetition of the loop on top of the stack is over.
        case loopEnd
        /// The rule on top of the stack is over.
        case end
    }

    struct Loop: Sendable {
        var body = 0
        var least: Int
        var most: Int?
        var next: Int
        /// The node that reads a plain character, where the loop is the inside of a JSON string.
        var plainNode: Int?
    }

    private(set) var nodes: [Node] = []
    private(set) var loops: [Loop] = []
    private(set) var root = 0

    private var entries: [Int] = []
    private var productive: [Bool] = []
    private var nullable: [Bool] = []
    /// Where what a rule allows but the empty string begins, for rules that are asked for so.
    private var nonEmptyEntries: [Int: Int] = [:]
    /// Of them, those that are still to be compiled: not when they are met, as one may lead to the next without end.
    private var pending: [Int] = []

    /// Repetitions of at most so many nodes in all are written out; longer ones are counted.
    private static let mostUnrolled = 48
    private static let mostNodes = 400_000

    /// - Throws: `grammarInvalid`: a rule that begins with itself, or a grammar too large; `nil` of the result means that
    ///   no string belongs to the root.
    init?(_ rules: RuleSet, root: Expression) throws(GrammarError) {
        (productive, nullable) = rules.properties()
        guard isProductive(root) else { return nil }
        if let rule = rules.leftRecursive(nullable) {
            throw GrammarError(
                .grammarInvalid,
                "rule \"\(rules.names[rule])\" can begin with itself; write the repetition with * or + instead")
        }
        // Entries first, so that rules can call each other.
        for _ in rules.rules { entries.append(add(.split([]))) }
        let end = add(.end)
        for (index, rule) in rules.rules.enumerated() where productive[index] {
            nodes[entries[index]] = .split([try compile(rule, next: end)])
        }
        self.root = try compile(root, next: end)
        while let rule = pending.popLast() {
            let entry = try compile(nonEmpty: rules.rules[rule], next: end)
            nodes[nonEmptyEntries[rule] ?? 0] = .split(entry.map { [$0] } ?? [])
        }
    }

    private func isProductive(_ expression: Expression) -> Bool {
        RuleSet.isProductive(expression) { productive[$0] }
    }

    private func isNullable(_ expression: Expression) -> Bool { RuleSet.isNullable(expression, nullable) }

    private mutating func add(_ node: Node) -> Int {
        nodes.append(node)
        return nodes.count - 1
    }

    private func checkSize() throws(GrammarError) {
        guard nodes.count < Self.mostNodes else {
            throw GrammarError(.grammarInvalid, "the grammar is too large; make it simpler")
        }
    }

    /// - Returns: the node that reads the expression and goes on at `next`.
    private mutating func compile(_ expression: Expression, next: Int) throws(GrammarError) -> Int {
        try checkSize()
        switch expression {
        case .bytes(let set): return add(.bytes(set, next: next))
        case .sequence(let parts):
            var entry = next
            for part in parts.reversed() { entry = try compile(part, next: entry) }
            return entry
        case .choice(let parts):
            var choices: [Int] = []
            // What no string belongs to is no choice.
            for part in parts where isProductive(part) {
                choices.append(try compile(part, next: next))
            }
            return choices.count == 1 ? choices[0] : add(.split(choices))
        case .rule(let index): return add(.call(entry: entries[index], next: next))
        case .repeated(let body, let least, let most):
            guard isProductive(body), most != 0 else { return next }
            return try compile(repeated: body, least: least, most: most, next: next)
        }
    }

    private mutating func compile(
        repeated body: Expression, least: Int, most: Int?, next: Int
    ) throws(GrammarError) -> Int {
        let isText = body == JSONText.character
        // What may be empty may be left out, however often it is asked for.
        let isNullable = isNullable(body)
        let least = isNullable ? 0 : least
        let count = Self.size(body, limit: Self.mostUnrolled)
        if !isText, least == 0, most == nil {
            let entry = add(.split([]))
            nodes[entry] = .split([try compile(body, next: entry), next])
            return entry
        }
        if !isText, count * (most ?? least + 1) <= Self.mostUnrolled {
            var entry = try most == nil ? compile(repeated: body, least: 0, most: nil, next: next) : next
            for _ in 0..<((most ?? least) - least) { entry = add(.split([try compile(body, next: entry), next])) }
            for _ in 0..<least { entry = try compile(body, next: entry) }
            return entry
        }
        let loop = loops.count
        loops.append(Loop(least: least, most: most, next: next))
        let end = add(.loopEnd)
        let first = nodes.count
        if isNullable {
            // Repetitions that read nothing say nothing, and would all be gone through at once.
            guard let entry = try compile(nonEmpty: body, next: end) else { return next }
            loops[loop].body = entry
        } else {
            loops[loop].body = try compile(body, next: end)
        }
        if isText {
            loops[loop].plainNode = nodes.indices[first...].first { index in
                if case .bytes(JSONText.plain, _) = nodes[index] { true } else { false }
            }
        }
        return add(.loop(loop))
    }

    /// - Returns: the node that reads all that the expression allows but the empty string; nil where there is nothing else.
    private mutating func compile(nonEmpty expression: Expression, next: Int) throws(GrammarError) -> Int? {
        try checkSize()
        guard isProductive(expression) else { return nil }
        guard isNullable(expression) else { return try compile(expression, next: next) }
        switch expression {
        case .bytes(let set): return add(.bytes(set, next: next))
        case .sequence(let parts):
            // One part is the first to read something.
            var rest = next
            var choices: [Int] = []
            for part in parts.reversed() {
                if let entry = try compile(nonEmpty: part, next: rest) { choices.append(entry) }
                rest = try compile(part, next: rest)
            }
            return choices.isEmpty ? nil : add(.split(choices))
        case .choice(let parts):
            var choices: [Int] = []
            for part in parts {
                if let entry = try compile(nonEmpty: part, next: next) { choices.append(entry) }
            }
            return choices.isEmpty ? nil : add(.split(choices))
        case .rule(let index):
            if let entry = nonEmptyEntries[index] { return add(.call(entry: entry, next: next)) }
            let entry = add(.split([]))
            nonEmptyEntries[index] = entry
            pending.append(index)
            return add(.call(entry: entry, next: next))
        case .repeated(let body, _, let most):
            if most == 0 { return nil }
            let rest = try compile(repeated: body, least: 0, most: most.map { $0 - 1 }, next: next)
            return try compile(nonEmpty: body, next: rest)
        }
    }

    private static func size(_ expression: Expression, limit: Int) -> Int {
        switch expression {
        case .bytes, .rule: return 1
        case .sequence(let parts), .choice(let parts):
            var sum = 1
            for part in parts where sum <= limit { sum += size(part, limit: limit) }
            return sum
        case .repeated(let body, let least, let most):
            return min(limit + 1, size(body, limit: limit) * max(1, min(limit, most ?? least + 1)))
        }
    }
}

extension ByteSet {
    static func ~= (pattern: ByteSet, value: ByteSet) -> Bool { pattern == value }
}
