/// One text's place in an automaton. A value: a copy is a place to come back to.
package struct Matcher {
    private let automaton: TokenAutomaton
    /// nil at the start: what waits there holds no table.
    private var moved: StateTable.Place?

    package init(_ automaton: TokenAutomaton) {
        self.automaton = automaton
    }

    private var place: StateTable.Place { moved ?? automaton.start }

    /// Which tokens may come next; those that end the text where it may end. Tokens that lead to where the text could be
    /// read in more ways than are followed are not among them.
    package func mask() -> TokenMask { automaton.mask(place) }

    /// Takes a token.
    ///
    /// - Returns: false where it may not come next; then nothing has changed.
    package mutating func accept(_ token: Int32) -> Bool {
        let bytes = automaton.vocabulary.bytes(of: token)
        return !bytes.isEmpty && accept(bytes: bytes)
    }

    /// Takes bytes.
    ///
    /// - Returns: false where they may not come next; then nothing has changed.
    package mutating func accept(bytes: some Sequence<UInt8>) -> Bool {
        var next = automaton.current(place)
        for byte in bytes {
            next.state = next.table.machine.next(next.state, byte)
            if next.state == ByteMachine.dead { return false }
            if next.table.bytes > TokenAutomaton.mostBytes { next = automaton.current(next) }
        }
        moved = next
        return true
    }

    /// The bytes that must come next, because nothing else may and the text may not end before them.
    package func forcedBytes(limit: Int) -> [UInt8] {
        let start = place
        let table = start.table
        var bytes: [UInt8] = []
        var next = start.state
        while bytes.count < limit, !table.machine.mayEnd(next), let byte = table.machine.nextBytes(next).only {
            bytes.append(byte)
            next = table.machine.next(next, byte)
        }
        return bytes
    }

    /// Whether the text so far is a sentence.
    package var mayEnd: Bool {
        let place = place
        return place.table.machine.mayEnd(place.state)
    }

    /// Whether it is one, and nothing may follow.
    package var isComplete: Bool {
        let place = place
        return place.table.machine.mayEnd(place.state) && place.table.machine.nextBytes(place.state).isEmpty
    }

    /// Whether the text is no sentence yet and cannot become one: it can be read in more ways than are followed, or no
    /// token of the vocabulary goes on with it. There is nothing to do but to end it with an error.
    package var isExhausted: Bool {
        place.state == ByteMachine.exhausted || (!mayEnd && mask().count == 0)
    }
}
