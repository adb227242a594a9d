import Core
import JSONRPC
import SquireClient
import SquireProtocol
import Testing

@Suite("which of a client's tools a message calls for", .timeLimit(.minutes(2)))
struct ModelCallTests {
    private let weather = ModelCall.Parameters.Tool(
        name: "get_weather", description: "Tells the current weather in a city.",
        parameters: [
            "type": "object", "required": ["city"],
            "properties": ["city": ["type": "string", "description": "The city's name."]],
        ])
    private let timer = ModelCall.Parameters.Tool(
        name: "start_timer", description: "Starts a countdown of some minutes.",
        parameters: [
            "type": "object", "required": ["minutes"],
            "properties": ["minutes": ["type": "integer", "description": "How many minutes to count down."]],
        ])

    private func parameters(_ text: String, _ choice: ModelCall.ToolChoice? = nil) -> ModelCall.Parameters {
        ModelCall.Parameters(
            messages: [.init(role: "user", content: text)], tools: [weather, timer], toolChoice: choice)
    }

    @Test func `the right one is called with what the message says, or none, as is chosen`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let asked = "What is the weather like in Nairobi?"
                let call = ModelCall.Result.Call(name: "get_weather", arguments: ["city": "Nairobi"])
                #expect(try await client.call(ModelCall.self, parameters(asked)).calls == [call])
                #expect(try await client.call(ModelCall.self, parameters(asked, ModelCall.ToolChoice.none)).calls == [])
                let named = try await client.call(
                    ModelCall.self, parameters("Ring in 12 minutes.", .named("start_timer"))
                ).calls
                #expect(named == [.init(name: "start_timer", arguments: ["minutes": 12])])
                #expect(try await client.call(ModelCall.self, parameters("Who wrote Faust?")).calls == [])
            }
        }
    }

    @Test func `a request that cannot be meant is refused, naming the member`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                var twice = parameters("Hello")
                twice.tools.append(weather)
                var spoken = parameters("Hello")
                spoken.messages.append(.init(role: "assistant", content: "Hello"))
                var ordered = parameters("Hello")
                ordered.tools[0].parameterOrder = ["town"]
                var referring = parameters("Hello")
                referring.tools[0].parameters = ["properties": ["a": ["$ref": "#/$defs/a"]]]
                let wrong: [(ModelCall.Parameters, String)] = [
                    (twice, "tools[2]"), (spoken, "messages"), (ordered, "tools[0].parameterOrder"),
                    (referring, "$ref"), (parameters("Hello", .named("nobody")), "toolChoice"),
                ]
                for (parameters, member) in wrong {
                    let error = await #expect(throws: RPCError.self) {
                        try await client.call(ModelCall.self, parameters)
                    }
                    #expect(error?.code == .invalidParams)
                    #expect(error?.message.contains(member) == true)
                }
                let error = await #expect(throws: RPCError.self) {
                    try await client.call(ModelCall.name, ["messages": [], "tools": [], "toolChoice": "perhaps"])
                }
                #expect(error?.message.contains("expected auto, none, required or") == true)
            }
        }
    }
}
