import Core
import Foundation
import Logging
import LoopbackClient

@testable import Gateway

/// A gateway that listens on loopback, and a client of it.
struct RunningGateway: Sendable {
    struct Answer: Sendable {
        var status: Int
        /// Names in small letters.
        var headers: [String: String]
        var text: String

        /// - Throws: where it is no JSON.
        func json() throws -> JSONValue { try JSONValue(parsing: text) }
    }

    let base: String

    var client: LoopbackClient { LoopbackClient(address: base.dropFirst("http://".count)) }

    /// Has a gateway serve while the body runs.
    static func with<Value: Sendable>(
        model: ScriptedModel = ScriptedModel(), caller: ScriptedCaller = ScriptedCaller(),
        results: (any ResultAnswering)? = nil, assistant: (any AssistantAsking)? = nil, sampling: Sampling = Sampling(),
        schemas: SchemaRules = SchemaRules(unenforced: { _ in [] }), scope: AssistantScope? = nil,
        limits: GatewayLimits = GatewayLimits(), token: String? = nil,
        _ body: @Sendable @escaping (RunningGateway) async throws -> Value
    ) async throws -> Value {
        let gateway = try Gateway(
            model: model, modelName: "scripted-1", embedder: ScriptedEmbedder(), embeddingModelName: "scripted-embed",
            chatModel: caller, results: results, assistant: assistant, assistantScope: scope, schemas: schemas,
            defaultSampling: sampling, limits: limits, listen: "127.0.0.1:0", token: token, logger: .quiet)
        let (addresses, continuation) = AsyncStream<ListenAddress>.makeStream()
        return try await withThrowingTaskGroup(of: Value?.self) { group in
            defer { group.cancelAll() }
            group.addTask {
                try await gateway.run { continuation.yield($0) }
                return nil
            }
            group.addTask {
                for await address in addresses { return try await body(RunningGateway(base: "http://\(address)")) }
                return nil
            }
            while let done = try await group.next() {
                if let value = done { return value }
            }
            throw CancellationError()
        }
    }

    func get(_ path: String, headers: [String: String] = [:]) async throws -> Answer {
        try await send("GET", path, headers: headers)
    }

    func post(
        _ path: String, _ body: JSONValue, headers: [String: String] = [:]
    ) async throws -> Answer {
        try await send("POST", path, body: body.text, headers: headers)
    }

    func send(
        _ method: String, _ path: String, body: String? = nil, headers: [String: String] = [:]
    ) async throws -> Answer {
        let answer = try await client.send(LoopbackClient.Request(method, path, headers: headers, body: body))
        return Answer(status: answer.status, headers: answer.headers, text: answer.text)
    }

    /// The data of a stream's events, as JSON, without the end mark.
    static func events(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n").filter { $0.hasPrefix("data: ") && $0 != "data: [DONE]" }
            .map { try JSONValue(parsing: String($0.dropFirst("data: ".count))) }
    }
}

/// One question for each endpoint that answers with text, by path.
func questions(_ text: String, _ more: JSONObject = [:]) -> JSONObject {
    [
        "/v1/chat/completions": chat(text, more),
        "/v1/completions": .object(JSONObject(["model": "x", "prompt": .string(text)]).merging(more) { $1 }),
        "/v1/responses": .object(JSONObject(["model": "x", "input": .string(text)]).merging(more) { $1 }),
    ]
}

/// A chat request of one question, with more members.
func chat(_ question: String = "Hi", _ more: JSONObject = [:]) -> JSONValue {
    let members: JSONObject = [
        "model": "gpt-4o", "messages": [["role": "user", "content": .string(question)]],
    ]
    return .object(members.merging(more) { $1 })
}
