import Core
import Testing

@testable import Agent
@testable import Understanding

struct TurnLimitsTests {
    private let limits = TurnLimits(tokens: 100, seconds: 1)

    @Test func `tokens that are read anew and generated count, cached ones do not`() {
        let usage = Usage(promptTokens: 500, cachedTokens: 450, completionTokens: 20)
        #expect(limits.left(after: usage) == 30)
        #expect(limits.reason(after: usage, isLate: false) == nil)
        #expect(limits.reason(after: usage + usage, isLate: false)?.contains("100 tokens") == true)
    }

    @Test func `work whose time is over is cancelled, and knows why`() async throws {
        let wasLate = try await limits.run { clock in
            // Ends at once when it is cancelled.
            try? await Task.sleep(for: .seconds(60))
            return clock.isLate
        }
        #expect(wasLate)
    }

    @Test func `the clock stands still while the user is waited for`() async throws {
        let wasLate = try await limits.run { clock in
            // Longer than the turn may take.
            await clock.standing { try? await Task.sleep(for: .milliseconds(2500)) }
            return clock.isLate
        }
        #expect(!wasLate)
    }

    @Test func `who cancels from outside is no limit`() async throws {
        let limits = TurnLimits(tokens: 100, seconds: 60)
        let task = Task {
            try await limits.run { clock in
                // Ends at once when it is cancelled.
                try? await Task.sleep(for: .seconds(60))
                return clock.isLate
            }
        }
        task.cancel()
        #expect(try await task.value == false)
    }
}

extension Usage {
    fileprivate static func + (one: Usage, other: Usage) -> Usage {
        var total = one
        total += other
        return total
    }
}
