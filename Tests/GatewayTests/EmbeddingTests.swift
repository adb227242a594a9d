import Core
import Foundation
import Testing

@testable import Gateway

@Suite(.timeLimit(.minutes(1)))
struct EmbeddingTests {
    @Test func `each text has its vector, and its tokens are counted`() async throws {
        try await RunningGateway.with { gateway in
            let json = try await gateway.post("/v1/embeddings", ["model": "x", "input": ["one two", "three"]]).json()
            #expect(
                json == [
                    "object": "list", "model": "scripted-embed",
                    "data": [
                        ["object": "embedding", "index": 0, "embedding": [7, 0.5]],
                        ["object": "embedding", "index": 1, "embedding": [5, 0.5]],
                    ],
                    "usage": ["prompt_tokens": 3, "total_tokens": 3],
                ])
        }
    }

    @Test func `base64 holds numbers of 32 bits, the lowest byte first`() async throws {
        try await RunningGateway.with { gateway in
            let json = try await gateway.post(
                "/v1/embeddings", ["model": "x", "input": "four", "encoding_format": "base64"]
            ).json()
            let text = try #require(json["data"]?.array?.first?["embedding"]?.string)
            #expect(try #require(Data(base64Encoded: text)) == Data([0, 0, 0x80, 0x40, 0, 0, 0, 0x3F]))
        }
    }

    @Test func `inputs that are no texts are refused`() async throws {
        let cases: [(JSONValue, String)] = [
            (["model": "x"], "input"), (["model": "x", "input": [1, 2]], "input"),
            (["model": "x", "input": [[1]]], "input"), (["model": "x", "input": ""], "input"),
            (["model": "x", "input": ["a", ""]], "input[1]"), (["model": "x", "input": []], "input"),
            (["model": "x", "input": "a", "encoding_format": "hex"], "encoding_format"),
            (["model": "x", "input": "a", "dimensions": 3], "dimensions"),
        ]
        try await RunningGateway.with { gateway in
            for (body, parameter) in cases {
                let answer = try await gateway.post("/v1/embeddings", body)
                #expect(answer.status == 400)
                #expect(try answer.json()["error"]?["param"] == .string(parameter))
            }
        }
    }
}
