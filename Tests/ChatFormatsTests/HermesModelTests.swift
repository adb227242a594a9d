import Core
import ScriptedModels
import Testing

@testable import ChatFormats

struct HermesModelTests {
    private let tools = [SomeTools.weather, SomeTools.add]
    private let oslo = PlannedCall(operation: "get_weather", arguments: ["city": "Oslo"])
    private static let osloText = "\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Oslo\"}}\n</tool_call>"
    private static let sumText = "\n{\"name\": \"add\", \"arguments\": {\"a\": 1, \"b\": 2}}\n</tool_call>"

    private func request(
        _ choice: ToolChoice = .auto, allowsParallel: Bool = true, sampling: Sampling = Sampling(),
        constraint: Constraint? = nil
    ) -> ModelRequest {
        ModelRequest(
            dialog: [.message(ChatMessage(.user, "Weather in Oslo?"))], tools: tools, choice: choice,
            allowsParallel: allowsParallel, sampling: sampling, constraint: constraint)
    }

    @Test func `a call that the model opens is written under the grammar, after what it said`() async throws {
        let model = ChatMLModel(saying: ["Let me look.\n<tool_call>", Self.osloText])
        let outcome = try await HermesModel(model: model).reply(to: request(sampling: Sampling(temperature: 0.7)))
        #expect(outcome.calls == [oslo])
        #expect(outcome.text == "Let me look.")
        #expect(outcome.fault == nil)
        let asked = model.requests
        #expect(asked.map(\.sampling.temperature) == [0.7, 0, 0])
        #expect(asked[0].sampling.stop == ["<tool_call>"])
        #expect(asked.map(\.constraint) == [nil, HermesFormat.call(of: tools), HermesFormat.nextCall])
        // Each goes on from the one before, so that nothing is read twice.
        #expect(asked[1].prompt.text == asked[0].prompt.text + "Let me look.\n<tool_call>")
        #expect(asked[2].prompt.text == asked[1].prompt.text + Self.osloText)
        #expect(outcome.usage == Usage(promptTokens: 20, cachedTokens: 10, completionTokens: 9))
    }

    @Test func `without a call, what the model says is the answer, and is not made twice`() async throws {
        let model = ChatMLModel(saying: ["Oslo is cold."])
        let outcome = try await HermesModel(model: model).reply(to: request())
        #expect(outcome.calls.isEmpty)
        #expect(outcome.text == "Oslo is cold.")
        #expect(model.requests.count == 1)
    }

    @Test func `a text that ends an answer is no part of it`() async throws {
        let model = ChatMLModel(saying: ["Oslo is cold.END"])
        let outcome = try await HermesModel(model: model).reply(to: request(sampling: Sampling(stop: ["END"])))
        #expect(outcome.text == "Oslo is cold.")
    }

    @Test func `where a call must be made it is opened at once, for the tool that was named alone`() async throws {
        let model = ChatMLModel(saying: [Self.osloText])
        let outcome = try await HermesModel(model: model).reply(
            to: request(.named("get_weather"), allowsParallel: false))
        #expect(outcome.calls == [oslo])
        #expect(outcome.text == nil)
        #expect(model.requests.map(\.constraint) == [HermesFormat.call(of: [SomeTools.weather])])
        #expect(model.requests[0].prompt.text.hasSuffix("<|im_start|>assistant\n<tool_call>"))
    }

    @Test func `calls follow one another until the model opens no more, or repeats itself`() async throws {
        let next = "\n<tool_call>"
        let model = ChatMLModel(saying: ["<tool_call>", Self.osloText, next, Self.sumText, next, Self.osloText, next])
        let outcome = try await HermesModel(model: model).reply(to: request())
        #expect(outcome.calls == [oslo, PlannedCall(operation: "add", arguments: ["a": 1, "b": 2])])
        #expect(model.requests.count == 6)
        let single = ChatMLModel(saying: ["<tool_call>", Self.osloText, next, Self.sumText])
        #expect(try await HermesModel(model: single).reply(to: request(allowsParallel: false)).calls == [oslo])
    }

    @Test func `no more than sixteen calls are made at once`() async throws {
        let calls = (0..<20).flatMap { number in
            ["\n{\"name\": \"add\", \"arguments\": {\"a\": \(number), \"b\": 2}}\n</tool_call>", "\n<tool_call>"]
        }
        let outcome = try await HermesModel(model: ChatMLModel(saying: calls)).reply(to: request(.required))
        #expect(outcome.calls.count == 16)
    }

    @Test func `with the choice none no tool is described`() async throws {
        let model = ChatMLModel(saying: ["Oslo is cold."])
        let outcome = try await HermesModel(model: model).reply(to: request(.none))
        #expect(outcome.calls.isEmpty && outcome.text == nil && model.requests.isEmpty)
    }

    @Test func `what is meant as a call and is none is written once more under the grammar of its tool`() async throws {
        let broken = #"Sure. ```json\#n{"name": "get_weather", "arguments": {"city": 7}}\#n```"#
        let model = ChatMLModel(saying: [broken, Self.osloText])
        let outcome = try await HermesModel(model: model).reply(to: request())
        #expect(outcome.calls == [oslo])
        #expect(outcome.text == "Sure.")
        #expect(outcome.fault?.kind == "callInvalid")
        #expect(model.requests[1].constraint == HermesFormat.call(of: [SomeTools.weather]))
        #expect(model.requests[1].prompt.text.hasSuffix("assistant\nSure. <tool_call>"))
    }

    @Test func `what cannot be repaired is kept as text, and nothing is thrown`() async throws {
        let broken = #"{"name": "get_weather", "arguments": {"city": "#
        let model = ChatMLModel(saying: [broken, "\n{\"name\": \"get_weather\", \"arguments\": {\"city\": \"Os…"])
        let outcome = try await HermesModel(model: model).reply(to: request())
        #expect(outcome.calls.isEmpty)
        #expect(outcome.text == broken)
        #expect(outcome.fault?.kind == "callCut")
    }

    @Test func `an answer that must have a form has it, or is a call`() async throws {
        let form = Constraint.schema(["type": "object"])
        let json = #"{"name": "get_weather", "arguments": {"city": "Oslo"}}"#
        let model = ChatMLModel(saying: [json])
        let outcome = try await HermesModel(model: model).reply(to: request(constraint: form))
        #expect(outcome.text == json)
        #expect(outcome.calls.isEmpty)
        #expect(model.requests[0].constraint == .choice([form, .text("<tool_call>")]))
    }
}
