/// A pattern as instructions that a search follows.
struct PatternProgram: Sendable {
    enum Instruction: Sendable {
        /// Takes one character of the set and goes on with the next instruction.
        case set(PatternSet)
        /// Tries the one, and then the other.
        case split(Int, Int)
        case jump(Int)
        /// Notes the place as the beginning (even) or the end (odd) of a group.
        case save(Int)
        case start
        case end
        case wordBoundary
        /// Whether the text goes on with the body that begins behind this instruction, and where to go on.
        case ahead(next: Int, isWanted: Bool)
        case match
    }

    private(set) var instructions: [Instruction] = []
    let groups: Int
    /// The characters a match can begin with: a bit for each of ASCII, and whether others can. Nil where a match may be
    /// empty or begins with something that is looked at.
    private(set) var firsts: (low: UInt64, high: UInt64, others: Bool)?

    init(_ node: PatternNode, groups: Int) {
        self.groups = groups
        add(.group(0, node))
        instructions.append(.match)
        firsts = First(of: node).map { ($0.low, $0.high, $0.others) }
    }

    private mutating func add(_ node: PatternNode) {
        switch node {
        case .empty: break
        case .set(let set): instructions.append(.set(set))
        case .sequence(let parts): for part in parts { add(part) }
        case .choice(let choices):
            var ends: [Int] = []
            for (index, choice) in choices.enumerated() {
                guard index < choices.count - 1 else {
                    add(choice)
                    break
                }
                let split = reserve()
                add(choice)
                ends.append(reserve())
                instructions[split] = .split(split + 1, instructions.count)
            }
            for end in ends { instructions[end] = .jump(instructions.count) }
        case .repeated(let body, let least, let most, let isLazy):
            for _ in 0..<least { add(body) }
            guard let most else {
                let split = reserve()
                add(body)
                instructions.append(.jump(split))
                instructions[split] = choice(split + 1, instructions.count, isLazy)
                return
            }
            var splits: [Int] = []
            for _ in least..<max(least, most) {
                splits.append(reserve())
                add(body)
            }
            for split in splits { instructions[split] = choice(split + 1, instructions.count, isLazy) }
        case .group(let number, let body):
            instructions.append(.save(2 * number))
            add(body)
            instructions.append(.save(2 * number + 1))
        case .start: instructions.append(.start)
        case .end: instructions.append(.end)
        case .wordBoundary: instructions.append(.wordBoundary)
        case .ahead(let body, let isWanted):
            let ahead = reserve()
            add(body)
            instructions.append(.match)
            instructions[ahead] = .ahead(next: instructions.count, isWanted: isWanted)
        }
    }

    private func choice(_ more: Int, _ over: Int, _ isLazy: Bool) -> Instruction {
        isLazy ? .split(over, more) : .split(more, over)
    }

    private mutating func reserve() -> Int {
        instructions.append(.match)
        return instructions.count - 1
    }

    /// What a match can begin with.
    private struct First {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var others = false
        /// Whether nothing need be taken.
        var mayBeEmpty = false

        /// Nil where that cannot be said.
        init?(of node: PatternNode) {
            self.init(node)
            if mayBeEmpty { return nil }
        }

        private init(_ node: PatternNode) {
            switch node {
            case .set(let set):
                (low, high) = set.asciiBits
                others = set.mayHoldOthers
            case .sequence(let parts):
                mayBeEmpty = true
                for part in parts where mayBeEmpty {
                    let first = First(part)
                    add(first)
                    mayBeEmpty = first.mayBeEmpty
                }
            case .choice(let choices):
                for choice in choices {
                    let first = First(choice)
                    add(first)
                    mayBeEmpty = mayBeEmpty || first.mayBeEmpty
                }
            case .repeated(let body, let least, _, _):
                let first = First(body)
                add(first)
                mayBeEmpty = least == 0 || first.mayBeEmpty
            case .group(_, let body): self = First(body)
            // They take nothing, and what follows does.
            case .empty, .start, .end, .wordBoundary, .ahead: mayBeEmpty = true
            }
        }

        private mutating func add(_ other: First) {
            low |= other.low
            high |= other.high
            others = others || other.others
        }
    }
}
