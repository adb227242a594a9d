import Testing

@testable import Inference

struct SchedulingTests {
    @Test func `the least served conversation goes first, and within one the first that came`() {
        var order = FairOrder()
        for name in ["a", "a", "b"] { order.join(name) }
        #expect(order.order(["a", "a", "b"]) == [0, 2])
        order.charge("a", tokens: 100)
        #expect(order.order(["a", "a", "b"]) == [2, 0])
        // Who comes anew is not behind by what was served before.
        order.charge("b", tokens: 300)
        order.advance(running: ["a", "b"])
        order.join("c")
        #expect(order.order(["a", "b", "c"]) == [0, 2, 1])
    }

    @Test func `who was served much is passed by newcomers for a while, and not for ever`() {
        var order = FairOrder()
        order.join("old")
        order.charge("old", tokens: 100)
        var served = 0
        // One newcomer after another, each of which is given ten tokens and leaves.
        for number in 0..<100 {
            let name = "new \(number)"
            order.join(name)
            guard order.order(["old", name]) == [1, 0] else { break }
            for _ in 0..<10 {
                order.charge(name, tokens: 1)
                order.advance(running: [name])
            }
            order.leave(name)
            served += 1
        }
        #expect(served == 10)
    }

    @Test func `a chunk is what is read in a bounded time, and never nothing`() {
        var chunk = ChunkSize(most: 512)
        for _ in 0..<20 { chunk.measured(tokens: 100, seconds: 0.1) }
        #expect((70...80).contains(chunk.size(beside: 1)))
        // Whole tiles of attention.
        #expect(chunk.size(beside: 0) > 400 && chunk.size(beside: 0) % 64 == 0)
        for _ in 0..<20 { chunk.measured(tokens: 100, seconds: 100) }
        #expect(chunk.size(beside: 4) >= 1 && chunk.size(beside: 4) <= 8)
    }

    @Test func `after a machine has slept through a batch, prompts are soon read as before`() {
        var chunk = ChunkSize(most: 512)
        for _ in 0..<20 { chunk.measured(tokens: 100, seconds: 0.1) }
        chunk.measured(tokens: 80, seconds: 3600)
        for _ in 0..<20 {
            let tokens = chunk.size(beside: 1)
            chunk.measured(tokens: tokens, seconds: 0.001 * Double(tokens))
        }
        #expect((70...80).contains(chunk.size(beside: 1)))
    }

    @Test func `who computes beside gets a core, and gives it back, and who only takes the tokens gets none`() {
        var cores = FreeCores(cores: 4)
        var now = ContinuousClock.now
        var times = FreeCores.Times(all: 100, own: 10)
        /// Looks after others have computed on so many cores for a while.
        func look(others: Double, after milliseconds: Int = 350) {
            now += .milliseconds(milliseconds)
            times.own += 2
            times.all += 2 + others * Double(milliseconds) / 1000
            cores.look(at: now) { times }
        }
        for _ in 0..<5 { look(others: 0.2) }
        #expect(cores.threads(of: 4) == 4)
        for _ in 0..<5 { look(others: 1) }
        #expect(cores.threads(of: 4) == 3 && cores.threads(of: 1) == 1)
        for _ in 0..<9 { look(others: 9) }
        #expect(cores.threads(of: 4) == 1)
        // What was done while nothing was computed here says little of now.
        look(others: 0, after: 60_000)
        #expect(cores.threads(of: 4) == 1)
        cores.look(at: now + .seconds(1)) { nil }
        for _ in 0..<9 { look(others: 0) }
        #expect(cores.threads(of: 4) == 4)
    }

    @Test func `what this process and the others compute is known where the system says it`() throws {
        #if os(Linux)
            let before = try #require(FreeCores.times())
            let end = ContinuousClock.now + .milliseconds(100)
            while ContinuousClock.now < end {}
            let after = try #require(FreeCores.times())
            #expect(after.own > before.own && after.all >= before.all)
        #endif
    }

    @Test func `whole turns go, the oldest first, and what is kept stays`() {
        let starts = [10, 30, 60, 90]
        #expect(
            TurnDropping.plan(count: 100, turnStarts: starts, keep: 0, limit: 85) == .init(range: 10..<30, turns: 1))
        #expect(
            TurnDropping.plan(count: 100, turnStarts: starts, keep: 20, limit: 85) == .init(range: 30..<60, turns: 1))
        #expect(
            TurnDropping.plan(count: 100, turnStarts: starts, keep: 0, limit: 25) == .init(range: 10..<90, turns: 3))
        #expect(TurnDropping.plan(count: 100, turnStarts: starts, keep: 0, limit: 15) == nil)
        #expect(TurnDropping.plan(count: 100, turnStarts: [], keep: 0, limit: 50) == nil)
    }

    @Test func `what followed the same three tokens before is guessed`() {
        let quoted = (10..<40).map(Token.init)
        var lookup = PromptLookup()
        #expect(
            Array(lookup.draft(after: quoted + [1] + quoted.prefix(17), limit: 8, cost: DraftCost())) == [
                27, 28, 29, 30, 31,
            ])
        #expect(lookup.draft(after: quoted + [1] + quoted.prefix(17) + [7], limit: 8, cost: DraftCost()).isEmpty)
    }

    @Test func `many are guessed where many tokens are the same; after three, none, until that has been right`() {
        let quoted = (10..<90).map(Token.init)
        func drafted(_ same: Int) -> Int {
            var lookup = PromptLookup()
            return lookup.draft(after: quoted + [1] + quoted.prefix(same), limit: 8, cost: DraftCost()).count
        }
        #expect([2, 3, 5, 9, 17].map(drafted) == [0, 0, 0, 0, 5])
        var learned = PromptLookup()
        var tokens = quoted
        for start in 0..<8 {
            tokens += [Token(200 + start)]
            for length in 0..<5 {
                tokens.append(quoted[9 * start + length])
                _ = learned.draft(after: tokens, limit: 8, cost: DraftCost())
            }
        }
        #expect(learned.draft(after: tokens + [300] + quoted[72..<75], limit: 8, cost: DraftCost()).count >= 1)
    }

    @Test
    func `drafts are as long as has paid: none where guesses cost as much as tokens, long ones where only those pay`() {
        let quoted = (10..<60).map(Token.init)
        func drafted(_ batches: (Int) -> Double) -> Int {
            var cost = DraftCost()
            cost.measured(guesses: 0, seconds: 1)
            for _ in 0..<32 { for guesses in 1...8 { cost.measured(guesses: guesses, seconds: batches(guesses)) } }
            var lookup = PromptLookup()
            return lookup.draft(after: quoted + [1] + quoted.prefix(17), limit: 8, cost: cost).count
        }
        #expect(drafted { Double(1 + $0) } == 0)
        #expect(drafted { Double(100 * $0) } == 0)
        #expect(drafted { $0 < 8 ? Double(1 + $0) : 4 } == 8)
        #expect(drafted { 1 + 0.1 * Double($0) } == 8)
    }

    @Test func `guesses that would have been wrong are no longer made, though nothing was drafted`() {
        var lookup = PromptLookup()
        var tokens: [Token] = []
        let run = (10..<27).map(Token.init)
        // A run that goes on differently each time.
        for round in 0..<12 {
            tokens += run + [Token(100 + round)]
            _ = lookup.draft(after: tokens, limit: 0, cost: DraftCost())
        }
        #expect(lookup.draft(after: tokens + run, limit: 8, cost: DraftCost()).isEmpty)
        var another = PromptLookup()
        #expect(!another.draft(after: tokens + run, limit: 8, cost: DraftCost()).isEmpty)
    }
}
