import Core
import Foundation
import Synchronization
import Testing

@testable import Agent

/// The turn of a model that says itself what to call.
struct NativeTurnTests {
    /// Says what it was told to, and remembers what it was asked.
    private final class ScriptedCaller: ToolCalling {
        private let script: Mutex<[CallOutcome]>
        let requests = Mutex<[CallRequest]>([])

        init(_ script: [CallOutcome]) { self.script = Mutex(script) }

        func calls(for request: CallRequest) async throws -> CallOutcome {
            requests.withLock { $0.append(request) }
            return script.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        }
    }

    private struct Plugin: ToolProvider, ApprovalStore {
        func tools(_ selection: NameSelection) -> [Tool] { [] }

        func call(_ tool: Tool, arguments: JSONValue) async throws -> ToolOutcome {
            tool.operation == "broken"
                ? .failed("HTTP 500: no", kind: .serverFailed)
                : .ok(["said": .string("\(tool.operation) of \(tool.plugin)")])
        }

        func isApproved(_ tool: Tool) -> Bool { false }
        func approve(_ tool: Tool, expires: Date?) {}
    }

    private func tool(_ plugin: String, _ operation: String) -> Tool {
        Tool(
            plugin: plugin, operation: operation, description: "It is \(operation).", parameters: ["type": "object"],
            parameterOrder: [], isReadOnly: true)
    }

    private func calls(_ operations: String..., arguments: JSONValue = [:]) -> CallOutcome {
        CallOutcome(calls: operations.map { PlannedCall(operation: $0, arguments: arguments) })
    }

    /// The answer, the steps, and what the model was asked.
    private func run(
        _ script: [CallOutcome], tools: [Tool], maxSteps: Int = 4
    ) async throws -> (text: String?, steps: [Step], requests: [CallRequest]) {
        let caller = ScriptedCaller(script)
        let turn = NativeTurn(
            caller: caller, context: NativeContext(planner: ContextPlanner(model: WordModel(context: 2048))),
            shortlist: ToolShortlist(vectors: TextVectors(SameEmbedder()), readings: ToolReadings()),
            executor: CallExecutor(tools: Plugin(), approvals: Plugin()), limits: TurnLimits(tokens: 1000, seconds: 60),
            policy: CallPolicy(said: ""))
        let question = Message(id: "1", parent: nil, role: .user, text: "Do it", createdAt: .now)
        var state = Turn(parts: [], maxSteps: maxSteps)
        var draft = AnswerDraft()
        let outcome = try await turn.run(
            NativeTurn.Opening(
                persona: "P.", history: [question], tools: tools, sampling: Sampling(), today: "2026-11-26"),
            turn: &state, draft: &draft, approve: { _ in .deny }, emit: { _ in })
        return (outcome.text, state.steps, caller.requests.withLock { $0 })
    }

    @Test("what came of the calls is told to the model, until it answers")
    func loop() async throws {
        let (text, steps, requests) = try await run(
            [calls("one", "broken"), CallOutcome(text: "Done.")], tools: [tool("p", "one"), tool("p", "broken")])
        #expect(text == "Done.")
        #expect(steps.map(\.status) == [.ok, .error])
        guard case .calls(let made)? = requests.last?.dialog.last else {
            Issue.record("no calls in \(requests)")
            return
        }
        #expect(made.map(\.result) == ["said: one of p\n", "Error: HTTP 500: no"])
    }

    @Test("operations of the same name are told apart by their plugins")
    func names() async throws {
        let (_, steps, requests) = try await run(
            [calls("b_find"), CallOutcome(text: "x")], tools: [tool("a", "find"), tool("b", "find")])
        #expect(requests[0].tools.map(\.operation) == ["a_find", "b_find"])
        #expect(steps.map(\.plugin) == ["b"] && steps.map(\.operation) == ["find"])
    }

    @Test("the same call is made once, and a model that repeats it has to do with what it knows")
    func repetition() async throws {
        let (text, steps, requests) = try await run([calls("one")], tools: [tool("p", "one")])
        #expect(text == nil && steps.count == 1)
        #expect(requests.count <= 5)
        #expect(requests.last?.messages.last?.content.contains("already") == true)
    }

    @Test("no more calls are made than allowed")
    func limit() async throws {
        let script = (0..<9).map { calls("one", arguments: ["n": .integer($0)]) }
        let (text, steps, _) = try await run(script, tools: [tool("p", "one")], maxSteps: 2)
        #expect(text == nil && steps.count == 2)
    }
}
