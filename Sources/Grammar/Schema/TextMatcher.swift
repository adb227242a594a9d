/// Says of texts whether a shape of JSON strings' insides allows them.
final class TextMatcher {
    private let required: [Part]
    private let forbidden: [Part]

    /// - Returns: nil where an expression is too large.
    init?(_ shape: TextShape) {
        let required = shape.required.map(Part.init)
        let forbidden = shape.forbidden.map(Part.init)
        guard required.allSatisfy({ $0 != nil }), forbidden.allSatisfy({ $0 != nil }) else { return nil }
        self.required = required.compactMap(\.self)
        self.forbidden = forbidden.compactMap(\.self)
    }

    /// - Returns: nil where the text can be read in more ways than are followed.
    func takes(_ text: String) -> Bool? {
        let inside = JSONText.inside(text)
        var isKnown = true
        for (parts, isWanted) in [(required, true), (forbidden, false)] {
            for part in parts {
                guard let isTaken = part.takes(inside) else {
                    isKnown = false
                    continue
                }
                if isTaken != isWanted { return false }
            }
        }
        return isKnown ? true : nil
    }

    /// One expression.
    private final class Part {
        private let program: Program?
        private var machine: ByteMachine?

        /// What is kept for the next text, at most, in bytes.
        private static let mostKept = 1 << 20

        init?(_ shape: Expression) {
            do {
                program = try Program(RuleSet(), root: shape)
            } catch {
                return nil
            }
            machine = program.map(ByteMachine.init)
        }

        func takes(_ inside: String) -> Bool? {
            guard var machine = self.machine.take() else { return false }
            var state = machine.start
            for byte in inside.utf8 { state = machine.next(state, byte) }
            let isTaken = state == ByteMachine.exhausted ? nil : machine.mayEnd(state)
            self.machine = machine.bytes < Self.mostKept ? machine : program.map(ByteMachine.init)
            return isTaken
        }
    }
}
