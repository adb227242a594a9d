import Core
import Synchronization
import Testing

struct ConnectionLedgerTests {
    private final class Closed: Sendable {
        private let names = Mutex<[String]>([])
        var all: [String] { names.withLock { $0 } }
        func add(_ name: String) { names.withLock { $0.append(name) } }
    }

    @Test func `who comes takes the place of what is worth least, and of those the oldest`() throws {
        let closed = Closed()
        let ledger = ConnectionLedger(limit: 4)
        let numbers = try ["new", "kept", "sending", "busy"].map { name in
            try #require(ledger.admit { closed.add(name) })
        }
        ledger.set(numbers[1], .waiting)
        ledger.set(numbers[2], .sending)
        ledger.set(numbers[3], .busy)
        for name in ["a", "b"] { #expect(ledger.admit { closed.add(name) } != nil) }
        #expect(closed.all == ["new", "a"])
        #expect(ledger.count == 4)
    }

    @Test func `where all are busy, who comes is refused, until one is not`() throws {
        let closed = Closed()
        let ledger = ConnectionLedger(limit: 2)
        let numbers = try (0..<2).map { index in try #require(ledger.admit { closed.add("\(index)") }) }
        for number in numbers { ledger.set(number, .busy) }
        #expect(ledger.admit {} == nil)
        ledger.set(numbers[1], .waiting)
        #expect(ledger.admit {} != nil)
        #expect(closed.all == ["1"])
        ledger.remove(numbers[0])
        #expect(ledger.count == 1)
    }
}

struct ByteBudgetTests {
    @Test func `bytes are waited for in order, and given up after a time`() async {
        let budget = ByteBudget(limit: 10)
        #expect(await budget.take(8, within: .seconds(1)))
        async let large = budget.take(9, within: .seconds(30))
        // A small one does not overtake.
        try? await Task.sleep(for: .milliseconds(50))
        #expect(!budget.takeNow(1))
        #expect(await !budget.take(1, within: .milliseconds(20)))
        budget.give(8)
        #expect(await large)
        #expect(budget.used == 9)
        budget.give(9)
        #expect(await !budget.take(11, within: .seconds(30)))
        #expect(budget.used == 0)
    }

    @Test func `who is cancelled stops waiting`() async {
        let budget = ByteBudget(limit: 1)
        #expect(budget.takeNow(1))
        let waiting = Task { await budget.take(1, within: .seconds(60)) }
        try? await Task.sleep(for: .milliseconds(20))
        waiting.cancel()
        #expect(await !waiting.value)
        budget.give(1)
        #expect(budget.takeNow(1))
    }
}
