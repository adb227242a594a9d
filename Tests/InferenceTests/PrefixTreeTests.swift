import SeededRandom
import Testing

@testable import Inference

@Suite(.timeLimit(.minutes(1)))
struct PrefixTreeTests {
    @Test func `the longest beginning that any sequence holds is found`() {
        var tree = PrefixTree(sequences: 4)
        let first = tree.hold([1, 2, 3, 4])
        let second = tree.hold([1, 2, 9])
        #expect(tree.match([1, 2, 3, 7]).count == 3)
        #expect(tree.match([1, 2, 3, 7]).sequence == first)
        #expect(tree.match([1, 2, 9, 9]).sequence == second)
        #expect(tree.match([5]).count == 0)
    }

    @Test func `where parts cannot be dropped, only what a sequence holds whole counts`() {
        var tree = PrefixTree(sequences: 4)
        tree.hold([1, 2, 3, 4])
        #expect(tree.match([1, 2, 3, 5], wholeOnly: true).count == 0)
        tree.hold([1, 2])
        #expect(tree.match([1, 2, 3, 5], wholeOnly: true).count == 2)
        #expect(tree.match([1, 2, 3, 4, 5], wholeOnly: true).count == 4)
    }

    @Test func `a beginning that is shared costs its cells once`() {
        var tree = PrefixTree(sequences: 4)
        let first = tree.hold([1, 2, 3, 4])
        let fork = tree.takeSequence() ?? -1
        tree.share(first, with: fork, count: 3)
        tree.extend(fork, to: [1, 2, 3, 8, 9])
        #expect(tree.cells == 6)
        tree.truncate(first, to: 0)
        #expect(tree.cells == 5)
        #expect(tree.match([1, 2, 3, 4]).count == 3)
    }

    @Test func `what is pinned goes last, and before it what was used longest ago`() {
        var tree = PrefixTree(sequences: 4)
        let pinned = tree.hold([1, 1, 1])
        tree.pin([1, 1, 1], most: 8)
        let old = tree.hold([2, 2])
        let new = tree.hold([3, 3])
        #expect(tree.evict().map(\.sequence) == [old])
        #expect(tree.evict().map(\.sequence) == [new])
        #expect(tree.evict().map(\.sequence) == [pinned])
        #expect(tree.evict().isEmpty && tree.cells == 0 && tree.pinnedCells == 0)
    }

    @Test func `what runs is kept whole`() {
        var tree = PrefixTree(sequences: 4)
        let running = tree.hold([1, 2])
        #expect(tree.eviction(need: 1, busy: SequenceSet(running)).isEmpty)
    }

    @Test func `of a long run only its end is given up`() {
        var tree = PrefixTree(sequences: 2)
        let long = tree.hold(Array(0..<1000))
        #expect(tree.eviction(need: 100, busy: SequenceSet()) == [PrefixTree.Drop(sequence: long, start: 900)])
    }

    @Test func `pinning more than may be pinned unpins what was used longest ago`() {
        var tree = PrefixTree(sequences: 4)
        tree.hold([1, 1, 1])
        tree.hold([2, 2, 2])
        tree.pin([1, 1, 1], most: 4)
        tree.pin([2, 2, 2], most: 4)
        #expect(tree.pinnedCells == 3)
        #expect(tree.evict().map(\.start) == [0])
        #expect(tree.match([2, 2, 2]).count == 3)
    }

    @Test func `after any calls it says what a plain list of sequences says, and eviction always comes to an end`() {
        var generator = SeededRandom.ofTest("PrefixTreeTests", seed: 7)
        for _ in 0..<200 {
            var tree = PrefixTree(sequences: 8)
            var model: [Int: [Token]] = [:]
            for _ in 0..<60 {
                switch Int.random(in: 0..<5, using: &generator) {
                case 0, 1:
                    let tokens = (0..<Int.random(in: 1..<9, using: &generator)).map { _ in
                        Token.random(in: 0..<3, using: &generator)
                    }
                    let found = tree.match(tokens)
                    let expected = model.values.map { zip($0, tokens).prefix { $0 == $1 }.count }.max() ?? 0
                    #expect(found.count == expected)
                    guard let sequence = tree.takeSequence() else { continue }
                    if let source = found.sequence, found.count > 0 {
                        #expect(model[source]?.starts(with: tokens.prefix(found.count)) == true)
                        tree.share(source, with: sequence, count: found.count)
                    }
                    tree.extend(sequence, to: tokens)
                    model[sequence] = tokens
                case 2:
                    guard let sequence = model.keys.sorted().randomElement(using: &generator),
                        let tokens = model[sequence]
                    else { continue }
                    let count = Int.random(in: 0...tokens.count, using: &generator)
                    tree.truncate(sequence, to: count)
                    model[sequence] = count == 0 ? nil : Array(tokens.prefix(count))
                case 3:
                    guard let sequence = model.keys.sorted().randomElement(using: &generator),
                        let tokens = model[sequence]
                    else { continue }
                    tree.pin(tokens.prefix(2), most: 4)
                default:
                    for drop in tree.evict(need: 2) {
                        model[drop.sequence] =
                            drop.start == 0 ? nil : model[drop.sequence].map { Array($0.prefix(drop.start)) }
                    }
                }
                let distinct = Set(model.values.flatMap { tokens in tokens.indices.map { Array(tokens[...$0]) } })
                #expect(tree.cells >= distinct.count)
                for (sequence, tokens) in model { #expect(tree.tokens(of: sequence) == tokens) }
            }
            var rounds = 0
            while !tree.evict(need: 1).isEmpty { rounds += 1 }
            #expect(rounds < 1000 && tree.cells == 0)
        }
    }
}

extension PrefixTree {
    @discardableResult
    mutating func hold(_ tokens: [Token]) -> Int {
        let sequence = takeSequence() ?? -1
        extend(sequence, to: tokens)
        return sequence
    }

    mutating func evict(need: Int = 100) -> [Drop] {
        let drops = eviction(need: need, busy: SequenceSet())
        for drop in drops { truncate(drop.sequence, to: drop.start) }
        return drops
    }
}
