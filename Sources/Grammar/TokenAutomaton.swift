/// A grammar walked token by token over one vocabulary. States and masks are made when they are first needed and kept,
/// so that a second text of the same grammar costs a lookup a token. Owned by one thread, shared by its matchers.
///
/// What is kept is bounded: a table that has grown over the bound is left, and each matcher takes its place to the new
/// one with its next token. The old one goes when the last matcher has left it.
package final class TokenAutomaton {
    let vocabulary: Vocabulary
    private let program: Program
    private var table: StateTable
    /// What the table held when it was new.
    private var bytesAtFirst = 0

    /// About what is kept at most between two tokens, in bytes. A single mask may need three times as much, for as long
    /// as it is made.
    package static let mostBytes = 12 << 20

    package init(_ grammar: CompiledGrammar, vocabulary: Vocabulary) {
        self.vocabulary = vocabulary
        program = grammar.program
        table = StateTable(program)
    }

    /// About what is kept, in bytes, for those that keep several.
    package var bytes: Int { table.bytes }

    var start: StateTable.Place { StateTable.Place(table: table, state: table.machine.start) }

    /// The same place in the table that is in use.
    func current(_ place: StateTable.Place) -> StateTable.Place {
        // One state may be larger than the bound: then it is not worth beginning anew for it alone.
        if table.bytes > max(Self.mostBytes, 2 * bytesAtFirst) { renew() }
        guard place.table !== table else { return place }
        var frames: [Int: Int] = [:]
        return StateTable.Place(
            table: table, state: table.machine.take(place.state, from: place.table.machine, &frames))
    }

    private func renew() {
        let old = table
        table = StateTable(program)
        // A long string makes many states and few masks, which cost more to make.
        if old.maskBytes < Self.mostBytes / 4 { table.takeMasks(from: old) }
        bytesAtFirst = table.bytes
    }

    func mask(_ place: StateTable.Place) -> TokenMask {
        var place = current(place)
        let (mask, isWhole) = place.table.mask(place.state, vocabulary)
        if isWhole { return mask }
        // What was kept left too little room.
        renew()
        place = current(place)
        return place.table.mask(place.state, vocabulary).mask
    }
}

/// What is kept of an automaton: states, and their masks.
final class StateTable {
    struct Place {
        var table: StateTable
        var state: Int
    }

    var machine: ByteMachine
    private var masks: [Int: TokenMask] = [:]
    private(set) var maskBytes = 0

    init(_ program: Program) {
        machine = ByteMachine(program)
    }

    var bytes: Int { machine.bytes + maskBytes }

    func takeMasks(from other: StateTable) {
        var frames: [Int: Int] = [:]
        for (state, mask) in other.masks { keep(mask, of: machine.take(state, from: other.machine, &frames)) }
    }

    private func keep(_ mask: TokenMask, of state: Int) {
        masks[state] = mask
        maskBytes += 8 * mask.words.count + 64
    }

    /// - Returns: the mask, and whether there was room enough to look at every token.
    func mask(_ state: Int, _ vocabulary: Vocabulary) -> (mask: TokenMask, isWhole: Bool) {
        let key = machine.clamped(state, length: vocabulary.longest)
        if let known = masks[key] { return (known, true) }
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
        guard !machine.isFull else { return (mask, false) }
        keep(mask, of: key)
        return (mask, true)
    }
}
