import Foundation
import Testing

@testable import Core

@Suite(.timeLimit(.minutes(1)))
struct ReadingThreadTests {
    @Test func `work is done beside the pool, one piece after another, and sees that its task is cancelled`()
        async throws
    {
        let reading = ReadingThread(name: "squire.reading")
        let result = try await reading.run {
            reading.assertIsHere()
            return 7
        }
        #expect(result == 7)
        let task = Task {
            try await reading.run {
                while !Task.isCancelled { usleep(1000) }
            }
        }
        // However many pieces occupy the executor, others go on.
        let waiting = (0..<8).map { _ in Task { try await reading.run { 1 } } }
        for _ in 0..<100 { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        for one in waiting { #expect(try await one.value == 1) }
    }
}
