import Core
import SquireClient
import SquireProtocol
import Testing

@Suite("raw access to the model", .timeLimit(.minutes(2)))
struct ModelMethodTests {
    @Test func `the loaded models are listed and described`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let info = try await client.call(ModelInfo.self, .init())
                #expect(info.architecture == "llama")
                #expect(info.path == DefaultModel.path)
                #expect(info.context == 4096)
                let chat = try #require(try await client.call(ModelList.self).models.first { $0.loadedFor == .chat })
                #expect(chat.name == info.name)
                #expect(chat.bytes == info.bytes)
                #expect(try await client.call(ModelInfo.self, .init(name: chat.name)) == info)
            }
        }
    }

    @Test func `a text's tokens give the text, and control tokens in it are text unless they are wanted`() async throws
    {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let tokens = try await client.call(ModelTokenize.self, .init(text: "Good morning"))
                #expect(tokens.tokens.map(\.text).joined() == "Good morning")
                #expect(tokens.count == tokens.tokens.count)
                let text = "<|im_start|>"
                #expect(try await client.call(ModelTokenize.self, .init(text: text, special: true)).count == 1)
                #expect(try await client.call(ModelTokenize.self, .init(text: text)).count > 1)
            }
        }
    }

    @Test func `a completion under a schema is an instance of it, and says what of the schema it was not held to`()
        async throws
    {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let schema: JSONValue = [
                    "type": "object", "required": ["city"],
                    "properties": [
                        "city": ["type": "string", "pattern": "^[A-Z][a-z]{1,15}$", "maxLength": 9],
                        "n": ["not": ["const": 1]],
                    ],
                ]
                let result = try await client.call(
                    ModelComplete.self,
                    .init(
                        messages: [.init(role: "user", content: "Name a city in France.")],
                        sampling: WireSampling(temperature: 0, maxTokens: 60), schema: schema))
                let city = try JSONValue(parsing: result.text)["city"]?.string ?? ""
                #expect(city.first?.isUppercase == true && city.count <= 9)
                #expect(result.unenforced == ["/properties/n/not"])
            }
        }
    }

    @Test func `a streamed completion's tokens make up its text, and done comes last`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            let (events, continuation) = AsyncStream.makeStream(of: AssistantEvent.Parameters.self)
            let result = try await daemon.withClient { client in
                try await client.call(
                    ModelComplete.self,
                    .init(
                        prompt: "Once upon a time", sampling: WireSampling(temperature: 0, maxTokens: 12), stream: true)
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

    @Test func `a completion that is not streamed is its answer and nothing else`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            let socket = try RawSocket(connectingTo: daemon.socket)
            try socket.send(
                #"{"jsonrpc":"2.0","id":1,"method":"model/complete","params":{"prompt":"Once","sampling":{"maxTokens":2}}}"#
            )
            #expect(try socket.read(until: "\n").hasPrefix(#"{"id":1,"jsonrpc":"2.0","result":"#))
        }
    }

    @Test func `a question's tokens come only where they are wanted, and make up the answer`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            for stream in [true, false] {
                let (events, continuation) = AsyncStream.makeStream(of: AssistantEvent.Parameters.self)
                let result = try await daemon.withClient { client in
                    try await client.call(
                        AssistantAsk.self,
                        .init(
                            message: "Say hello", plugins: .named([]),
                            sampling: WireSampling(temperature: 0, maxTokens: 8), stream: stream)
                    ) { continuation.yield($0) }
                }
                continuation.finish()
                let all = await events.reduce(into: []) { $0.append($1) }
                #expect(all.compactMap(\.text).joined() == (stream ? result.message.text : ""))
                #expect(all.last?.type == .done)
            }
        }
    }

    @Test func `several choices come from one prompt that is read once, with what was likely beside each token`()
        async throws
    {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let prompt = "Write one sentence about the sea, the sky, and the ships that sail between them."
                let result = try await client.call(
                    ModelComplete.self,
                    .init(
                        prompt: prompt,
                        sampling: WireSampling(
                            temperature: 1.5, seed: 1, maxTokens: 12, choices: 3, logProbabilities: 2)))
                let choices = try #require(result.choices)
                #expect(choices.count == 3 && choices[0].text == result.text)
                #expect(Set(choices.map(\.text)).count > 1)
                #expect(result.usage.cachedTokens >= 2 * 10)
                let reported = try #require(result.logProbabilities)
                #expect(reported.allSatisfy { $0.likeliest.count == 2 && $0.chosen.logProbability <= 0 })
            }
        }
    }

    @Test func `texts that are near in meaning have near vectors of length 1`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let result = try await client.call(
                    ModelEmbed.self, .init(texts: ["a cat sleeps", "a kitten naps", "tax law", ""]))
                func cosine(_ a: Int, _ b: Int) -> Float {
                    zip(result.embeddings[a], result.embeddings[b]).reduce(0) { $0 + $1.0 * $1.1 }
                }
                #expect(result.embeddings.count == 4 && result.tokens > 8)
                #expect(abs(cosine(0, 0) - 1) < 1e-3)
                #expect(cosine(0, 1) > cosine(0, 2))
            }
        }
    }

    @Test func `a model without tokens to fill in the middle with says so`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let error = await #expect(throws: (any Error).self) {
                    try await client.call(ModelInfill.self, .init(prefix: "func add(", suffix: ") -> Int"))
                }
                #expect("\(error ?? CancellationError())".contains("fill in the middle"))
            }
        }
    }

    @Test func `what was never tuned can be undone without harm`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                let result = try await client.call(ModelTune.self, .init(undo: true))
                #expect(result.trials.isEmpty && result.summary.contains("not tuned"))
            }
        }
    }
}
