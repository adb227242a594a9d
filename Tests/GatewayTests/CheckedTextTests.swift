import Core
import Synchronization
import Testing

@testable import Gateway

/// Texts that generation cannot be held to are checked, and made again.
@Suite(.timeLimit(.minutes(1)))
struct CheckedTextTests {
    private static let schema: JSONValue = ["type": "array", "uniqueItems": true]
    private static let format: JSONValue = ["type": "json_schema", "json_schema": ["name": "x", "schema": schema]]
    private static let rules = SchemaRules(
        unenforced: { _ in ["/uniqueItems"] },
        verdict: { value, _ in
            let items = value.array ?? []
            return SchemaRules.Verdict(problems: Set(items).count < items.count ? ["the text: the same twice"] : [])
        })

    @Test func `a text that is wrong is made again, and only the right one is sent`() async throws {
        let model = ScriptedModel(drafts: ["[1, 1]", "[2, 2]", "[1, 2]"])
        try await RunningGateway.with(model: model, schemas: Self.rules) { gateway in
            let body = chat("Hi", ["response_format": Self.format, "temperature": 0, "seed": 4])
            let json = try await gateway.post("/v1/chat/completions", body).json()
            #expect(json["choices"]?.array?.first?["message"]?["content"] == "[1, 2]")
            #expect(json["usage"]?["completion_tokens"] == 9)
        }
        #expect(model.requests.count == 3)
        #expect(model.requests.allSatisfy { $0.constraint == .schema(Self.schema) })
        // The first as asked; then more freely, since the same would be said again.
        #expect(model.requests[0].sampling.temperature == 0)
        #expect(model.requests[1].sampling.temperature ?? 0 > 0.5)
        #expect(Set(model.requests.map(\.sampling.seed)).count == 3)
    }

    @Test func `a stream sends nothing that is taken back`() async throws {
        let model = ScriptedModel(drafts: ["[1, 1]", "[1, 2]"])
        try await RunningGateway.with(model: model, schemas: Self.rules) { gateway in
            let body = chat("Hi", ["response_format": Self.format, "stream": true])
            let events = try RunningGateway.events(try await gateway.post("/v1/chat/completions", body).text)
            let deltas = events.compactMap { $0["choices"]?.array?.first?["delta"]?["content"]?.string }
            #expect(deltas.joined() == "[1, 2]")
        }
    }

    @Test func `after a number of tries it is said that none was right`() async throws {
        let model = ScriptedModel(drafts: Array(repeating: "[1, 1]", count: 9))
        try await RunningGateway.with(model: model, schemas: Self.rules) { gateway in
            let answer = try await gateway.post("/v1/chat/completions", chat("Hi", ["response_format": Self.format]))
            #expect(answer.status == 422)
            #expect(try answer.json()["error"]?["code"] == "schema_unmet")
            #expect(try answer.json()["error"]?["message"]?.string?.contains("the same twice") == true)
        }
        #expect(model.requests.count == CheckedText.mostTries)
    }

    @Test func `a text that was cut is what it is`() async throws {
        let model = ScriptedModel(drafts: ["[1, 1"], reason: .length)
        try await RunningGateway.with(model: model, schemas: Self.rules) { gateway in
            let json = try await gateway.post(
                "/v1/chat/completions", chat("Hi", ["response_format": Self.format])
            ).json()
            #expect(json["choices"]?.array?.first?["finish_reason"] == "length")
        }
        #expect(model.requests.count == 1)
    }

    @Test func `a text in place of a call is checked as well`() async throws {
        let model = ScriptedModel(drafts: ["[3, 4]"])
        let caller = ScriptedCaller(text: "[1, 1]")
        try await RunningGateway.with(model: model, caller: caller, schemas: Self.rules) { gateway in
            let tool: JSONValue = ["type": "function", "function": ["name": "f"]]
            let json = try await gateway.post(
                "/v1/chat/completions", chat("Hi", ["response_format": Self.format, "tools": [tool]])
            ).json()
            #expect(json["choices"]?.array?.first?["message"]?["content"] == "[3, 4]")
        }
    }

    @Test func `json_object with a schema is held to it`() async throws {
        let model = ScriptedModel(saying: ["{}"])
        let schema: JSONValue = ["type": "object", "properties": ["team": ["const": "Otters"]]]
        try await RunningGateway.with(model: model) { gateway in
            for format in [
                ["type": "json_object", "schema": schema], ["type": "json_schema", "schema": schema],
            ] as [JSONValue] {
                let answer = try await gateway.post("/v1/chat/completions", chat("Hi", ["response_format": format]))
                #expect(answer.status == 200)
            }
            let wrong = try await gateway.post(
                "/v1/chat/completions", chat("Hi", ["response_format": ["type": "json_object", "schema": 7]]))
            #expect(wrong.status == 400)
            #expect(try wrong.json()["error"]?["param"] == "response_format.schema")
        }
        #expect(model.requests.map(\.constraint) == [.schema(schema), .schema(schema)])
    }
}
