import Core
import Synchronization
import Testing

@testable import Agent

/// How the calls of a turn are made.
@Suite(.timeLimit(.minutes(1)))
struct CallExecutorTests {
    /// Answers a call when as many have come as are waited for.
    private actor Meeting: ToolProvider {
        private let expected: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(of expected: Int) { self.expected = expected }

        func tools(_ selection: NameSelection) -> [Tool] { [] }

        func call(plugin: String, operation: String, arguments: JSONValue) async throws -> ToolOutcome {
            await withCheckedContinuation { continuation in
                waiting.append(continuation)
                guard waiting.count == expected else { return }
                for one in waiting { one.resume() }
            }
            return .ok(.string(operation))
        }
    }

    /// Never answers, and tells when it is asked.
    private struct Silence: ToolProvider {
        let asked: AsyncStream<Void>.Continuation

        func tools(_ selection: NameSelection) -> [Tool] { [] }

        func call(plugin: String, operation: String, arguments: JSONValue) async throws -> ToolOutcome {
            asked.yield()
            // Until it is cancelled.
            try await Task.sleep(for: .seconds(3600))
            return .ok(.null)
        }
    }

    private struct NoApprovals: ApprovalStore {
        func isApproved(plugin: String, operation: String) -> Bool { false }
        func approve(plugin: String, operation: String) {}
    }

    private func call(_ operation: String, isReadOnly: Bool = true) -> CallExecutor.Call {
        CallExecutor.Call(
            tool: Tool(
                plugin: "p", operation: operation, description: "", parameters: [:], parameterOrder: [],
                isReadOnly: isReadOnly), arguments: [:])
    }

    private func make(
        _ calls: [CallExecutor.Call], with tools: any ToolProvider,
        approve: @escaping Assistant.Approve = { _ in .deny }
    ) async throws -> [Step?] {
        try await CallExecutor(tools: tools, approvals: NoApprovals()).make(
            calls, after: [], CallPolicy(said: ""), approve: approve, emit: { _ in })
    }

    @Test("calls that do not depend on each other are made at once, and told in their order")
    func atOnce() async throws {
        let names = ["one", "two", "three"]
        let steps = try await make(names.map { call($0) }, with: Meeting(of: 3))
        #expect(steps.map { $0?.result } == names.map(JSONValue.string))
    }

    @Test("the user is asked about one call after the other, and what he denies is not made")
    func asked() async throws {
        let asking = Mutex(0)
        let steps = try await make(
            [call("one", isReadOnly: false), call("two", isReadOnly: false), call("three")], with: Meeting(of: 2)
        ) { request in
            #expect(
                asking.withLock {
                    $0 += 1; return $0
                } == 1)
            // Long enough for another question to come meanwhile.
            try await Task.sleep(for: .milliseconds(5))
            asking.withLock { $0 -= 1 }
            return request.operation == "one" ? .deny : .allow
        }
        #expect(steps.map { $0?.status } == [.denied, .ok, .ok])
    }

    @Test("a cancelled call gives no step")
    func cancelled() async throws {
        let (asked, teller) = AsyncStream.makeStream(of: Void.self)
        let task = Task { try await make([call("one")], with: Silence(asked: teller)) }
        for await _ in asked { break }
        task.cancel()
        #expect(try await task.value == [nil])
    }
}
