import Core
import Foundation
import SquireClient
import SquireProtocol
import Testing

/// A small part of what `Benchmarks/soak.py` does for an hour.
@Suite("mixed load", .timeLimit(.minutes(4)))
struct LoadTests {
    private static func story(_ number: Int, _ sentences: Int) -> String {
        (0..<sentences).map { "Traveller \(number) crosses bridge \($0). " }.joined()
    }

    @Test
    func
        `prompts of all lengths, schemas, cancellations and disconnects: all is answered, no place and no memory is lost`()
        async throws
    {
        try await SquiredProcess.withDaemon(settings: [
            "SQUIRE_MODEL_CONTEXT": "1024", "SQUIRE_MODEL_PARKED_MEGABYTES": "8",
        ]) {
            daemon in
            var resident: [Int] = []
            for round in 0..<4 {
                let ends = try await withThrowingTaskGroup(of: String.self) { group in
                    for number in 0..<12 {
                        group.addTask { try await Self.end(of: round * 12 + number, on: daemon) }
                    }
                    return try await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
                }
                #expect(ends == ["answered": 7, "cancelled": 3, "left": 2])
                let status = try await Self.quiet(daemon)
                #expect(status.queue.running == 0 && status.queue.waiting == 0)
                resident.append(status.memory.residentBytes)
            }
            // The first rounds fill the caches.
            #expect(resident[3] < resident[1] + 32 << 20, "\(resident)")
            let answer = try await daemon.withClient {
                try await $0.call(ModelComplete.self, .init(prompt: "One, two,", sampling: WireSampling(maxTokens: 2)))
            }
            #expect(answer.usage.completionTokens == 2)
        }
    }

    private static func end(of number: Int, on daemon: SquiredProcess) async throws -> String {
        let prompt = story(number, [2, 10, 40][number % 3])
        if number % 12 >= 10 {
            let socket = try RawSocket(connectingTo: daemon.socket)
            try socket.send(
                #"{"jsonrpc":"2.0","id":1,"method":"model/complete","params":{"prompt":"\#(prompt)","stream":true}}"#)
            try await Task.sleep(for: .milliseconds(10 * number))
            return "left"
        }
        let schema: JSONValue = ["type": "object", "required": ["n"], "properties": ["n": ["type": "integer"]]]
        return try await daemon.withClient { client in
            let isSchema = number % 4 == 0
            let task = Task {
                try await client.call(
                    ModelComplete.self,
                    .init(
                        prompt: prompt,
                        sampling: WireSampling(temperature: number % 2 == 0 ? 0 : 0.8, maxTokens: 24),
                        schema: isSchema ? schema : nil))
            }
            if number % 12 >= 7 {
                try await Task.sleep(for: .milliseconds(20 * (number % 7)))
                task.cancel()
                _ = await task.result
                return "cancelled"
            }
            return try await task.value.usage.completionTokens > 0 ? "answered" : "empty"
        }
    }

    /// The status once nothing runs: what was left and cancelled ends at the next step.
    private static func quiet(_ daemon: SquiredProcess) async throws -> Status.Result {
        for _ in 0..<200 {
            let status = try await daemon.withClient { try await $0.call(Status.self) }
            if status.queue.running + status.queue.waiting == 0 { return status }
            try await Task.sleep(for: .milliseconds(25))
        }
        return try await daemon.withClient { try await $0.call(Status.self) }
    }
}
