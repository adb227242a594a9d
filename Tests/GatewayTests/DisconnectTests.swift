import Core
import Foundation
import LoopbackClient
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct DisconnectTests {
    private static let endless = ScriptedModel.Script(events: [.text("Hello")], isEndless: true)

    @Test(arguments: [true, false], ["/v1/chat/completions", "/v1/completions", "/v1/responses"])
    func `a client that goes away cancels what it asked for`(isStreamed: Bool, path: String) async throws {
        let model = ScriptedModel(Self.endless)
        try await RunningGateway.with(model: model) { gateway in
            let body = try #require(questions("Hi", ["stream": .bool(isStreamed)])[path])
            let asking = Task { try await gateway.post(path, body) }
            while model.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            asking.cancel()
            await model.waitForCancellation()
            // The gateway itself goes on.
            #expect(try await gateway.get("/health").status == 200)
        }
    }

    @Test func `cancelling the gateway ends what is running`() async throws {
        let model = ScriptedModel(Self.endless)
        let asking = try await RunningGateway.with(model: model) { gateway in
            let asking = Task { try await gateway.post("/v1/chat/completions", chat("Hi", ["stream": true])) }
            while model.requests.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
            return asking
        }
        #expect(await model.waitForCancellation())
        // What was streamed is cut: no client takes it for a whole answer.
        let answer = try? await asking.value
        #expect(answer?.text.contains("[DONE]") != true)
        #expect(answer?.text.contains("finish_reason\":\"stop") != true)
    }

    @Test func `a request leaves its connection open for the next`() async throws {
        try await RunningGateway.with { gateway in
            let requests = [false, true, false, true].map { isStreamed in
                LoopbackClient.Request(
                    "POST", "/v1/chat/completions", body: chat("Hi", ["stream": .bool(isStreamed)]).text)
            }
            let answers = try await gateway.client.send(requests)
            #expect(answers.map(\.status) == [200, 200, 200, 200])
            #expect(answers.allSatisfy { $0.headers["connection"] == nil })
        }
    }

    @Test func `on a Unix socket only its owner may connect, whatever host is named`() async throws {
        let path = FileManager.default.temporaryDirectory.appending(path: "gw-\(UUID().uuidString.prefix(8)).sock").path
        let gateway = try Gateway(
            model: ScriptedModel(), modelName: "m", embedder: ScriptedEmbedder(), embeddingModelName: "e",
            chatModel: ScriptedCaller(), schemas: SchemaRules(unenforced: { _ in [] }), listen: "unix:\(path)",
            logger: .quiet)
        let (listening, continuation) = AsyncStream<ListenAddress>.makeStream()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await gateway.run { continuation.yield($0) } }
            for await address in listening {
                #expect(address == .unix(path: path))
                break
            }
            let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(mode?.intValue == 0o600)
            let answer = try await LoopbackClient(socketPath: path)
                .send(LoopbackClient.Request("GET", "/health", headers: ["Host": "whatever"]))
            #expect(answer.status == 200)
            group.cancelAll()
            try await group.waitForAll()
        }
        #expect(!FileManager.default.fileExists(atPath: path))
    }
}
