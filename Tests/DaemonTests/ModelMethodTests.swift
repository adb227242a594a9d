import Core
import SquireClient
import SquireProtocol
import Testing

@Suite("raw access to the model", .timeLimit(.minutes(2)))
struct ModelMethodTests {
    @Test("the loaded models are listed and described")
    func list() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let info = try await client.model()
                #expect(info.architecture == "llama")
                #expect(info.path == DefaultModel.path)
                #expect(info.context == 4096)
                let chat = try #require(try await client.models().first { $0.loadedFor == .chat })
                #expect(chat.name == info.name)
                #expect(chat.bytes == info.bytes)
                #expect(try await client.model(chat.name) == info)
            }
        }
    }

    @Test("a text's tokens give the text, and control tokens in it are text unless they are wanted")
    func tokenize() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let tokens = try await client.tokenize(ModelTokenizeParameters(text: "Good morning"))
                #expect(tokens.tokens.map(\.text).joined() == "Good morning")
                #expect(tokens.count == tokens.tokens.count)
                let text = "<|im_start|>"
                #expect(try await client.tokenize(ModelTokenizeParameters(text: text, special: true)).count == 1)
                #expect(try await client.tokenize(ModelTokenizeParameters(text: text)).count > 1)
            }
        }
    }

    @Test("a completion under a schema is an instance of it, and says what of the schema it was not held to")
    func schema() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let schema: JSONValue = [
                    "type": "object", "required": ["city"],
                    "properties": ["city": ["type": "string", "pattern": "^[A-Z]", "maxLength": 20]],
                ]
                let result = try await client.complete(
                    ModelCompleteParameters(
                        messages: [.init(role: "user", content: "Name a city in France.")],
                        sampling: Sampling(temperature: 0, maxTokens: 60), schema: schema))
                #expect(try JSONValue(parsing: result.text)["city"]?.string != nil)
                #expect(result.unenforced == ["/properties/city/pattern"])
            }
        }
    }

    @Test("a streamed completion's tokens make up its text, and done comes last")
    func stream() async throws {
        try await SquiredProcess.withDaemon { daemon in
            let (events, continuation) = AsyncStream.makeStream(of: AskEvent.self)
            let result = try await daemon.withClient { client in
                try await client.complete(
                    ModelCompleteParameters(
                        prompt: "Once upon a time", sampling: Sampling(temperature: 0, maxTokens: 12), stream: true)
                ) { continuation.yield($0) }
            }
            continuation.finish()
            let all = await events.reduce(into: []) { $0.append($1) }
            #expect(all.compactMap(\.text).joined() == result.text)
            #expect(all.last?.type == .done)
            #expect(all.count { $0.type == .done } == 1)
            #expect(result.finishReason == .length)
        }
    }

    @Test("a completion that is not streamed is its answer and nothing else")
    func notStreamed() async throws {
        try await SquiredProcess.withDaemon { daemon in
            let socket = try RawSocket(connectingTo: daemon.socket)
            try socket.send(
                #"{"jsonrpc":"2.0","id":1,"method":"model/complete","params":{"prompt":"Once","sampling":{"maxTokens":2}}}"#
            )
            #expect(try socket.read(until: "\n").hasPrefix(#"{"id":1,"jsonrpc":"2.0","result":"#))
        }
    }

    @Test("a question's tokens come only where they are wanted, and make up the answer")
    func askStream() async throws {
        try await SquiredProcess.withDaemon { daemon in
            for stream in [true, false] {
                let (events, continuation) = AsyncStream.makeStream(of: AskEvent.self)
                let result = try await daemon.withClient { client in
                    try await client.ask(
                        AskParameters(
                            message: "Say hello", plugins: .named([]),
                            sampling: Sampling(temperature: 0, maxTokens: 8), stream: stream)
                    ) { continuation.yield($0) }
                }
                continuation.finish()
                let all = await events.reduce(into: []) { $0.append($1) }
                #expect(all.compactMap(\.text).joined() == (stream ? result.message.text : ""))
                #expect(all.last?.type == .done)
            }
        }
    }
}
