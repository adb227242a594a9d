import Core
import Foundation
import Synchronization
import Testing

@testable import Agent
@testable import Understanding

/// How the calls of a turn are made.
@Suite(.timeLimit(.minutes(1)))
struct CallExecutorTests {
    /// Answers a call when as many have come as are waited for.
    private actor Meeting: ToolProvider {
        private let expected: Int
        private var waiting: [CheckedContinuation<Void, Never>] = []

        init(of expected: Int) { self.expected = expected }

        func tools(_ selection: NameSelection) -> [Tool] { [] }

        func call(_ tool: Tool, arguments: JSONValue) async throws -> ToolOutcome {
            await withCheckedContinuation { continuation in
                waiting.append(continuation)
                guard waiting.count == expected else { return }
                for one in waiting { one.resume() }
            }
            return .ok(.string(tool.operation))
        }
    }

    /// Never answers, and tells when it is asked.
    private struct Silence: ToolProvider {
        let asked: AsyncStream<Void>.Continuation

        func tools(_ selection: NameSelection) -> [Tool] { [] }

        func call(_ tool: Tool, arguments: JSONValue) async throws -> ToolOutcome {
            asked.yield()
            // Until it is cancelled.
            try await Task.sleep(for: .seconds(3600))
            return .ok(.null)
        }
    }

    /// Answers with what it is told to, and remembers what it was asked.
    private final class Replying: ToolProvider {
        let outcome: ToolOutcome
        let called = Mutex<[Tool]>([])

        init(_ outcome: ToolOutcome) { self.outcome = outcome }

        func tools(_ selection: NameSelection) -> [Tool] { [] }

        func call(_ tool: Tool, arguments: JSONValue) -> ToolOutcome {
            called.withLock { $0.append(tool) }
            return outcome
        }
    }

    /// What was allowed for good, and what was looked up.
    private final class Approvals: ApprovalStore {
        let approved: Bool
        let given = Mutex<[(tool: Tool, expires: Date?)]>([])
        let lookedUp = Mutex<[Tool]>([])

        init(_ approved: Bool = false) { self.approved = approved }

        func isApproved(_ tool: Tool) -> Bool {
            lookedUp.withLock { $0.append(tool) }
            return approved
        }

        func approve(_ tool: Tool, expires: Date?) { given.withLock { $0.append((tool, expires)) } }
    }

    private func call(_ operation: String, isReadOnly: Bool = true) -> CallExecutor.Call {
        CallExecutor.Call(
            tool: Tool(
                plugin: "p", operation: operation, description: "", parameters: [:], parameterOrder: [],
                isReadOnly: isReadOnly), arguments: [:])
    }

    private func make(
        _ calls: [CallExecutor.Call], with tools: any ToolProvider, approvals: Approvals = Approvals(),
        policy: CallPolicy = CallPolicy(said: ""), approve: @escaping Assistant.Approve = { _ in .deny }
    ) async throws -> [Step?] {
        try await CallExecutor(tools: tools, approvals: approvals).make(
            calls, after: [], policy, approve: approve, emit: { _ in })
    }

    @Test func `calls that do not depend on each other are made at once, and told in their order`() async throws {
        let names = ["one", "two", "three"]
        let steps = try await make(names.map { call($0) }, with: Meeting(of: 3))
        #expect(steps.map { $0?.result } == names.map(JSONValue.string))
    }

    @Test func `the user is asked about one call after the other, and what he denies is not made`() async throws {
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

    @Test func `a cancelled call gives no step`() async throws {
        let (asked, teller) = AsyncStream.makeStream(of: Void.self)
        let task = Task { try await make([call("one")], with: Silence(asked: teller)) }
        for await _ in asked { break }
        task.cancel()
        #expect(try await task.value == [nil])
    }

    private let lamp = Tool(
        plugin: "lamp", operation: "switch", description: "", parameters: ["type": "object"], parameterOrder: [],
        isReadOnly: false,
        origin: Tool.Origin(
            title: "Lamp", source: "inline", server: "http://a.example", method: "POST", path: "/lamp", binding: []))

    @Test func `the user is shown the whole request, and the tool that is called is the one that was asked about`()
        async throws
    {
        let tools = Replying(.ok(nil))
        let asked = Mutex<[ApprovalRequest]>([])
        let arguments: JSONValue = ["to": .string(String(repeating: "x", count: 2000))]
        _ = try await make([CallExecutor.Call(tool: lamp, arguments: arguments)], with: tools) { request in
            asked.withLock { $0.append(request) }
            return .allow
        }
        let request = try #require(asked.withLock { $0.first })
        #expect(request.title == "Lamp" && request.method == "POST")
        #expect(request.server == "http://a.example" && request.path == "/lamp")
        #expect(request.arguments == arguments)
        #expect(tools.called.withLock { $0 } == [lamp])
    }

    @Test func `what is allowed for good is bound to the tool that was asked about, and ends when the user says`()
        async throws
    {
        let approvals = Approvals()
        let end = Date(timeIntervalSince1970: 1_900_000_000)
        _ = try await make(
            [CallExecutor.Call(tool: lamp, arguments: [:])], with: Replying(.ok(nil)), approvals: approvals
        ) { _ in ApprovalAnswer(.always, expires: end) }
        let given = approvals.given.withLock { $0 }
        #expect(given.map(\.tool) == [lamp] && given.map(\.expires) == [end])
    }

    @Test func `where the user cannot be asked, what was allowed for good counts for nothing, and the step says why`()
        async throws
    {
        let tools = Replying(.ok(nil))
        let steps = try await make(
            [CallExecutor.Call(tool: lamp, arguments: [:])], with: tools, approvals: Approvals(true),
            policy: CallPolicy(said: "", honoursPermissions: false)
        ) { _ in ApprovalAnswer(.deny, reason: "nobody is there") }
        #expect(steps.map { $0?.status } == [.denied] && steps[0]?.error == "nobody is there")
        #expect(tools.called.withLock { $0 }.isEmpty)
    }

    @Test func `a step says of what kind a failure was, also of one that was found before anything was sent`()
        async throws
    {
        struct Refusing: ToolProvider {
            struct Wrong: SquireError {
                var kind: FailureCode { "argumentsInvalid" }
                var failureClass: FailureClass { .invalid }
                var message: String { "to: is required" }
            }

            func tools(_ selection: NameSelection) -> [Tool] { [] }
            func call(_ tool: Tool, arguments: JSONValue) throws -> ToolOutcome { throw Wrong() }
        }
        let late = try await make([call("one")], with: Replying(.failed("no answer within 30 s", kind: .unanswered)))
        #expect(late.map { $0?.errorKind } == [.unanswered])
        let wrong = try await make([call("one")], with: Refusing())
        #expect(wrong.map { $0?.errorKind } == [.argumentsInvalid] && wrong[0]?.error == "to: is required")
    }

    @Test func `no permission is looked up for what only reads`() async throws {
        let approvals = Approvals()
        _ = try await make([call("one")], with: Replying(.ok(nil)), approvals: approvals)
        #expect(approvals.lookedUp.withLock { $0 }.isEmpty)
    }
}
