/// A grammar walked token by token over one vocabulary. States and masks are made when they are first needed and kept,
/// so that a second text of the same grammar costs a lookup a token. Owned by one thread, shared by its matchers.
package final class TokenAutomaton {
    let vocabulary: Vocabulary
    private var machine: ByteMachine
    private var masks: [Int: TokenMask] = [:]

    package init(_ grammar: CompiledGrammar, vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        machine = ByteMachine(grammar.program)
    }

    /// Whether so much is kept that a new one should take its place.
    package var isOvergrown: Bool { machine.stateCount > 20_000 || masks.count > 2_000 }

    /// States that were reached.
    package var stateCount: Int { machine.stateCount }

    var start: Int { machine.start }

    func mayEnd(_ state: Int) -> Bool { machine.mayEnd(state) }

    func next(_ state: Int, _ byte: UInt8) -> Int { machine.next(state, byte) }

    func nextBytes(_ state: Int) -> ByteSet { machine.nextBytes(state) }

    func mask(_ state: Int) -> TokenMask {
        let key = machine.clamped(state, length: vocabulary.longest)
        if let known = masks[key] { return known }
        var words: [UInt64]
        if machine.takesPlainText(key, length: vocabulary.longest) {
            words = vocabulary.plainText
            machine.mark(vocabulary.otherTrie, from: key, in: &words)
        } else {
            words = [UInt64](repeating: 0, count: vocabulary.plainText.count)
            machine.mark(vocabulary.trie, from: key, in: &words)
        }
        if machine.mayEnd(key) {
            for token in vocabulary.endTokens { words[Int(token) / 64] |= 1 << UInt64(token % 64) }
        }
        let mask = TokenMask(words: words)
        masks[key] = mask
        return mask
    }
}

/// One text's place in an automaton. A value: a copy is a place to come back to.
package struct Matcher {
    private let automaton: TokenAutomaton
    private var state: Int

    package init(_ automaton: TokenAutomaton) {
        self.automaton = automaton
        state = automaton.start
    }

    /// Which tokens may come next; those that end the text where it may end.
    package func mask() -> TokenMask { automaton.mask(state) }

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
        var next = state
        for byte in bytes {
            next = automaton.next(next, byte)
            if next == ByteMachine.dead { return false }
        }
        state = next
        return true
    }

    /// The bytes that must come next, because nothing else may and the text may not end before them.
    package func forcedBytes(limit: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        var next = state
        while bytes.count < limit, !automaton.mayEnd(next), let byte = automaton.nextBytes(next).only {
            bytes.append(byte)
            next = automaton.next(next, byte)
        }
        return bytes
    }

    /// Whether the text so far is a sentence.
    package var mayEnd: Bool { automaton.mayEnd(state) }

    /// Whether it is one, and nothing may follow.
    package var isComplete: Bool { mayEnd && automaton.nextBytes(state).isEmpty }
}
