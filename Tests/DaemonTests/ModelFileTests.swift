import Core
import Foundation
import Inference
import JSONRPC
import SquireClient
import SquireProtocol
import Testing

@Suite("a model that is not there yet, or never will be", .timeLimit(.minutes(2)))
struct ModelFileTests {
    /// Reading a named pipe waits until somebody writes into it: a model that takes as long to load as the test likes.
    private func withSlowModel(_ body: (_ home: String, _ path: String) async throws -> Void) async throws {
        try await withHome { home in
            let path = home + "/slow.gguf"
            try #require(unsafe mkfifo(path, 0o600) == 0)
            try await body(home, path)
        }
    }

    @Test func `the socket answers while the model is loading, and a question waits for it`() async throws {
        try await withSlowModel { home, path in
            try await SquiredProcess.withDaemon(home: home, settings: ["SQUIRE_MODEL_PATH": path]) { daemon in
                try await daemon.withClient { client in
                    try await client.call(Ping.self, timeout: .seconds(5))
                    let question = Task {
                        try await client.call(AssistantAsk.self, .init(message: "Who are you?", plugins: .named([])))
                    }
                    // The question is stored before the model is there.
                    try await eventually { try await client.call(Status.self).counts.messages == 1 }
                    let status = try await client.call(Status.self)
                    #expect(status.model.state == .loading)
                    #expect(status.model.path == path)

                    let model = try #require(FileHandle(forWritingAtPath: path))
                    try model.write(contentsOf: Data("junk".utf8))
                    try model.close()
                    let error = await #expect(throws: RPCError.self) { _ = try await question.value }
                    #expect(error?.kind == "modelNotGGUF")
                    #expect(try await client.call(Status.self).model.state == .failed)
                }
            }
        }
    }

    @Test func `a daemon whose model is still loading stops when it is told to`() async throws {
        try await withSlowModel { home, path in
            let daemon = try await SquiredProcess.start(home: home, settings: ["SQUIRE_MODEL_PATH": path])
            #expect(await daemon.end(with: SIGTERM) == 0)
        }
    }

    @Test func `a model on which libllama ends its process ends another than the daemon, once, and is named`()
        async throws
    {
        // A vocabulary without bytes under a tokenizer that falls back on them: an exception that nobody catches.
        let path = try RewrittenModel.make(of: DefaultModel.path, "tokenizer.ggml.model", "llama")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await withHome { home in
            for isFirst in [true, false] {
                let start = ContinuousClock.now
                try await SquiredProcess.withDaemon(home: home, settings: ["SQUIRE_MODEL_PATH": path]) { daemon in
                    try await daemon.withClient { client in
                        let error = await #expect(throws: RPCError.self) {
                            _ = try await client.call(ModelComplete.self, .init(prompt: "Once"))
                        }
                        #expect(error?.kind == "modelCrashes")
                        #expect(error?.message.contains(path) == true && error?.message.contains("signal") == true)
                        try await client.call(Ping.self, timeout: .seconds(5))
                        #expect(try await client.call(Status.self).model.state == .failed)
                    }
                }
                // Nothing is tried the second time.
                if !isFirst { #expect(.now - start < .seconds(20)) }
            }
        }
    }

    @Test func `a file of the user's own that is sound is tried and loaded`() async throws {
        let path = try RewrittenModel.make(of: DefaultModel.path, "general.name", "My own model")
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await SquiredProcess.withDaemon(settings: ["SQUIRE_MODEL_PATH": path]) { daemon in
            try await daemon.withClient { client in
                let answer = try await client.call(
                    ModelComplete.self, .init(prompt: "Once", sampling: .init(maxTokens: 2)))
                #expect(answer.usage.completionTokens == 2)
            }
        }
    }

    @Test(arguments: [
        "{% for i in range(999999999) %}{% for j in range(999999999) %}x{% endfor %}{% endfor %}",
        "{% macro f(x) %}{{ f(x) }}{% endmacro %}{{ f(1) }}",
        "{{" + String(repeating: "(", count: 10_000) + "1" + String(repeating: ")", count: 10_000) + "}}",
        "{{ 9**9**9**9 }}{{ 'a' * 99999999999 }}{{ raise_exception('x') }}",
    ])
    func `a template in a model's file is not run, whatever it would do`(text: String) async throws {
        let path = try RewrittenModel.make(of: DefaultModel.path, "tokenizer.chat_template", text)
        defer { try? FileManager.default.removeItem(atPath: path) }
        try await SquiredProcess.withDaemon(settings: ["SQUIRE_MODEL_PATH": path]) { daemon in
            try await daemon.withClient { client in
                let answer = try await client.call(
                    ModelComplete.self,
                    .init(
                        messages: [.init(role: "user", content: "Name a city in France.")],
                        sampling: WireSampling(temperature: 0, maxTokens: 3)))
                #expect((1...3).contains(answer.usage.completionTokens))
            }
        }
    }

    @Test func `a default model that was damaged in its place is refused by name, and the daemon says what to do`()
        async throws
    {
        try await withHome { home in
            let cache = home + "/cache"
            let path = DefaultModels.chat(sharedCache: cache)
            try FileManager.default.createDirectory(
                atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: DefaultModel.path, toPath: path)
            let file = try #require(FileHandle(forUpdatingAtPath: path))
            try file.seek(toOffset: 50_000_000)
            try file.write(contentsOf: Data(repeating: 7, count: 1000))
            try file.close()
            try await SquiredProcess.withDaemon(home: home, settings: ["SQUIRE_CACHE": cache]) { daemon in
                try await daemon.withClient { client in
                    let error = await #expect(throws: RPCError.self) {
                        _ = try await client.call(ModelComplete.self, .init(prompt: "Once"))
                    }
                    #expect(error?.kind == "modelReplaced")
                    #expect(error?.message.contains("make models") == true)
                }
            }
        }
    }

    @Test(arguments: [("missing", "modelMissing"), ("text", "modelNotGGUF"), ("truncated", "modelTruncated")])
    func `a model that cannot be loaded leaves the daemon running, which says why`(_ kind: String, _ expected: String)
        async throws
    {
        try await withHome { home in
            let path = home + "/\(kind).gguf"
            if kind == "text" { try "GUFF".write(toFile: path, atomically: true, encoding: .utf8) }
            if kind == "truncated" {
                let whole = try #require(FileHandle(forReadingAtPath: DefaultModel.path))
                try #require(try whole.read(upToCount: 4 << 20)).write(to: URL(fileURLWithPath: path))
            }
            try await SquiredProcess.withDaemon(home: home, settings: ["SQUIRE_MODEL_PATH": path]) { daemon in
                try await daemon.withClient { client in
                    let error = await #expect(throws: RPCError.self) {
                        _ = try await client.call(ModelComplete.self, .init(prompt: "Once"))
                    }
                    #expect(error?.kind.rawValue == expected)
                    let status = try await client.call(Status.self)
                    #expect(status.model.state == .failed)
                    #expect(status.model.error?.contains(path) == true)
                    #expect(try await client.call(ModelList.self).models.contains { $0.loadedFor == .chat } == false)
                }
            }
        }
    }
}
