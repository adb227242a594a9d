import Core
import Testing

@testable import Agent
@testable import Understanding

struct ContextBudgetTests {
    private typealias Part = ContextBudget.Part

    private let sizes = [64, 100, 256, 512, 2048, 4096, 131_072]
    private let amounts = [0, 1, 15, 40, 300, 5000, 1_000_000]

    private func given(_ size: Int, _ needs: [Part: Int]) -> [Part: Int]? {
        ContextBudget(size: size).shares(of: needs)
    }

    @Test func `what fits is given whole`() throws {
        let needs: [Part: Int] = [
            .instructions: 30, .tools: 100, .question: 20, .history: 700, .passages: 400, .results: 500, .answer: 256,
        ]
        #expect(given(2048, needs) == needs)
    }

    @Test
    func `whatever is needed, the shares fit together, nobody gets more than it needs, and the whole parts stay whole`()
    {
        for size in sizes {
            for history in amounts {
                for passages in amounts {
                    for results in amounts {
                        for answer in [1, 160, 512, 100_000] {
                            let needs: [Part: Int] = [
                                .instructions: 20, .tools: 5, .question: 10, .history: history, .passages: passages,
                                .results: results, .answer: answer,
                            ]
                            guard let shares = given(size, needs) else {
                                Issue.record("\(needs) found no room in \(size)")
                                return
                            }
                            #expect(shares.values.reduce(0, +) <= size)
                            #expect(shares.allSatisfy { $1 >= 0 && $1 <= needs[$0] ?? 0 })
                            #expect(ContextBudget.whole.allSatisfy { shares[$0] == needs[$0] })
                            #expect((shares[.answer] ?? 0) >= min(answer, ContextBudget.leastAnswer))
                        }
                    }
                }
            }
        }
    }

    @Test func `nothing lies idle while something is cut`() throws {
        for size in sizes {
            let needs: [Part: Int] = [.question: 10, .history: 1_000_000, .results: 3, .answer: 50]
            let shares = try #require(given(size, needs))
            #expect(shares.values.reduce(0, +) == size - ContextBudget.margin)
        }
    }

    @Test(arguments: [512, 2048])
    func `a part is cut only when those before it in the order are down to their share`(size: Int) throws {
        let space = size - ContextBudget.margin
        for history in amounts {
            for passages in amounts {
                for results in amounts {
                    let needs: [Part: Int] = [
                        .history: history, .passages: passages, .results: results, .answer: size,
                    ]
                    let shares = try #require(given(size, needs))
                    for (index, part) in ContextBudget.pruningOrder.enumerated()
                    where (shares[part] ?? 0) < (needs[part] ?? 0) {
                        for earlier in ContextBudget.pruningOrder[..<index] {
                            let share = space * ContextBudget.sixteenths(earlier) / 16
                            #expect((shares[earlier] ?? 0) <= max(share, ContextBudget.leastAnswer))
                        }
                    }
                }
            }
        }
    }

    @Test func `huge inputs in a context of 512 leave each part its share`() throws {
        let needs: [Part: Int] = [
            .instructions: 16, .question: 8, .history: 90_000, .passages: 90_000, .results: 90_000, .answer: 90_000,
        ]
        #expect(
            try #require(given(512, needs)) == [
                .instructions: 16, .tools: 0, .question: 8, .answer: 240, .results: 120, .passages: 60, .history: 60,
            ])
    }

    @Test func `where no room for an answer is left, there are no shares`() {
        #expect(given(512, [.question: 490, .answer: 100]) == nil)
        #expect(given(512, [.question: 488, .answer: 100])?[.answer] == 16)
        #expect(given(512, [.instructions: 200, .tools: 200, .question: 200, .answer: 1]) == nil)
    }
}

struct HistoryWindowTests {
    @Test func `a conversation that fits is given whole`() {
        #expect(HistoryWindow.start(of: [10, 20, 30], within: 60) == 0)
        #expect(HistoryWindow.start(of: [], within: 0) == 0)
    }

    @Test func `what is given fits, and the newest turn is given where it has room`() {
        for share in stride(from: 0, through: 400, by: 7) {
            for count in 1...30 {
                let costs = (0..<count).map { 5 + $0 * 7 % 40 }
                let start = HistoryWindow.start(of: costs, within: share)
                #expect(costs[start...].reduce(0, +) <= share)
                #expect(start < count || (costs.last ?? 0) > share)
            }
        }
    }

    @Test func `the beginning stays the same for some turns, so that the prompt is not read again for each`() {
        let starts = (10...40).map { HistoryWindow.start(of: Array(repeating: 10, count: $0), within: 100) }
        #expect(Set(starts).count <= 16)
        #expect(starts == starts.sorted())
    }

    @Test func `a turn that is too long by itself leaves none`() {
        #expect(HistoryWindow.start(of: [10, 500], within: 100) == 2)
    }
}
