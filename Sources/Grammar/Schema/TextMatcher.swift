/// Says of texts whether an expression of JSON strings' insides allows them.
final class TextMatcher {
    private let program: Program?
    private var machine: ByteMachine?

    /// What is kept for the next text, at most, in bytes.
    private static let mostKept = 1 << 20

    /// - Returns: nil where the expression is too large.
    init?(_ shape: Expression) {
        do {
            program = try Program(RuleSet(), root: shape)
        } catch {
            return nil
        }
        machine = program.map(ByteMachine.init)
    }

    /// - Returns: nil where the text can be read in more ways than are followed.
    func takes(_ text: String) -> Bool? {
        guard var machine = self.machine.take() else { return false }
        var state = machine.start
        for byte in JSONText.inside(text).utf8 { state = machine.next(state, byte) }
        let isTaken = state == ByteMachine.exhausted ? nil : machine.mayEnd(state)
        self.machine = machine.bytes < Self.mostKept ? machine : program.map(ByteMachine.init)
        return isTaken
    }
}
