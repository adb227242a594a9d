import Testing

@testable import Inference

struct ParkedPrefixesTests {
    private func entry(_ tokens: [Token], from start: Int = 0, bytes: Int = 10, isPinned: Bool = false)
        -> ParkedPrefixes.Entry
    {
        ParkedPrefixes.Entry(
            tokens: tokens, start: start, state: Array(repeating: 7, count: bytes), isPinned: isPinned)
    }

    private func take(_ parked: inout ParkedPrefixes, _ tokens: [Token], known: Int, gain: Int) -> ParkedPrefixes.Entry?
    {
        guard let found = parked.find(tokens, known: known, gain: gain) else { return nil }
        parked.remove(at: found.index)
        return found.entry
    }

    @Test func `what goes on furthest from what is known is taken, once`() {
        var parked = ParkedPrefixes(byteLimit: 100)
        parked.add(entry([1, 2, 3, 4]))
        parked.add(entry([1, 2, 3, 4, 5, 6], from: 4))
        parked.add(entry([1, 2, 9, 9, 9, 9, 9]))
        #expect(take(&parked, [1, 2, 3, 4, 5, 6, 7], known: 0, gain: 1)?.tokens == [1, 2, 3, 4])
        // What comes before its start is known now.
        #expect(take(&parked, [1, 2, 3, 4, 5, 6, 7], known: 4, gain: 1)?.start == 4)
        #expect(take(&parked, [1, 2, 3, 4, 5, 6, 7], known: 6, gain: 1) == nil)
        #expect(parked.bytes == 10)
    }

    @Test func `what gains too little, or begins behind what is known, stays`() {
        var parked = ParkedPrefixes(byteLimit: 100)
        parked.add(entry([1, 2, 3, 4, 5], from: 3))
        #expect(take(&parked, [1, 2, 3, 4, 5], known: 2, gain: 1) == nil)
        #expect(take(&parked, [1, 2, 3, 4, 5], known: 3, gain: 3) == nil)
        #expect(take(&parked, [1, 2, 3, 9, 9], known: 3, gain: 1) == nil)
        #expect(take(&parked, [1, 2, 3, 4, 5], known: 3, gain: 2) != nil)
    }

    @Test func `the bound holds: the oldest go first, those that are pinned last`() {
        var parked = ParkedPrefixes(byteLimit: 30)
        parked.add(entry([1, 1], isPinned: true))
        for token in 2..<6 as Range<Token> { parked.add(entry([token, token])) }
        #expect(parked.bytes == 30)
        #expect(take(&parked, [2, 2], known: 0, gain: 1) == nil)
        #expect(take(&parked, [5, 5], known: 0, gain: 1) != nil)
        #expect(take(&parked, [1, 1], known: 0, gain: 1) != nil)
        parked.add(entry([8, 8], bytes: 31))
        #expect(take(&parked, [8, 8], known: 0, gain: 1) == nil)
    }

    @Test func `a conversation that went on takes the place of what it went on from`() {
        var parked = ParkedPrefixes(byteLimit: 100)
        parked.add(entry([1, 2]))
        parked.add(entry([1, 2, 3]))
        #expect(parked.bytes == 10)
    }
}
