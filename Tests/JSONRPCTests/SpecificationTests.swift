import Core
import Foundation
import JSONRPC
import Testing

/// Answers the methods of the examples in JSON-RPC 2.0, section 7.
private struct ExampleHandler: RPCHandler {
    func handle(_ request: RPCRequest, context: RPCContext) async throws -> any Encodable & Sendable {
        switch request.method {
        case "subtract":
            let terms =
                request.params?.array ?? [request.params?["minuend"] ?? nil, request.params?["subtrahend"] ?? nil]
            return (terms[0].integer ?? 0) - (terms[1].integer ?? 0)
        case "sum": return request.params?.array?.reduce(0) { $0 + ($1.integer ?? 0) } ?? 0
        case "get_data": return ["hello", 5] as JSONValue
        default: throw RPCError(.methodNotFound, "Method not found")
        }
    }
}

/// The examples of the specification (https://www.jsonrpc.org/specification#examples), over the socket. What our
/// error messages say more than the specification's is not compared.
@Suite(.timeLimit(.minutes(1))) struct SpecificationTests {
    /// What is sent, and what comes back; nil where nothing does.
    static let examples: [(String, String?)] = [
        (
            #"{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}"#,
            #"{"jsonrpc": "2.0", "result": 19, "id": 1}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}"#,
            #"{"jsonrpc": "2.0", "result": -19, "id": 2}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}"#,
            #"{"jsonrpc": "2.0", "result": 19, "id": 3}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}"#,
            #"{"jsonrpc": "2.0", "result": 19, "id": 4}"#
        ),
        (#"{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}"#, nil),
        (#"{"jsonrpc": "2.0", "method": "foobar"}"#, nil),
        (
            #"{"jsonrpc": "2.0", "method": "foobar", "id": "1"}"#,
            #"{"jsonrpc": "2.0", "error": {"code": -32601}, "id": "1"}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]"#,
            #"{"jsonrpc": "2.0", "error": {"code": -32700}, "id": null}"#
        ),
        (
            #"{"jsonrpc": "2.0", "method": 1, "params": "bar"}"#,
            #"{"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}"#
        ),
        (
            #"[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"}, {"jsonrpc": "2.0", "method" ]"#,
            #"{"jsonrpc": "2.0", "error": {"code": -32700}, "id": null}"#
        ),
        ("[]", #"{"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}"#),
        ("[1]", #"[{"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}]"#),
        (
            "[1,2,3]",
            #"""
            [{"jsonrpc": "2.0", "error": {"code": -32600}, "id": null},
             {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null},
             {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null}]
            """#
        ),
        (
            #"""
            [{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
             {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
             {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
             {"foo": "boo"},
             {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
             {"jsonrpc": "2.0", "method": "get_data", "id": "9"}]
            """#,
            #"""
            [{"jsonrpc": "2.0", "result": 7, "id": "1"},
             {"jsonrpc": "2.0", "result": 19, "id": "2"},
             {"jsonrpc": "2.0", "error": {"code": -32600}, "id": null},
             {"jsonrpc": "2.0", "error": {"code": -32601}, "id": "5"},
             {"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"}]
            """#
        ),
        (
            #"""
            [{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},
             {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]
            """#, nil
        ),
    ]

    @Test(arguments: examples)
    func `every example of the specification is answered as it says`(_ sent: String, _ expected: String?) async throws {
        try await withServer(ExampleHandler()) { path, _ in
            try await RawClient.with(path) { client in
                let last = #"{"jsonrpc": "2.0", "method": "subtract", "params": [9, 9], "id": "last"}"#
                try await client.send(sent.replacing("\n", with: " ") + "\n")
                // Where nothing is answered, the next line must be the answer to the next request.
                if let expected {
                    let answer = try #require(await client.line())
                    #expect(comparable(answer) == comparable(try JSONValue(parsing: expected)))
                }
                #expect(try await client.ask(last)?["id"] == "last")
            }
        }
    }
}

/// A response without the message of its error; a batch's in the order of their text, which is free.
private func comparable(_ response: JSONValue) -> [String] {
    func stripped(_ response: JSONValue) -> String {
        var members = response.object ?? [:]
        if let error = members["error"] { members["error"] = ["code": error["code"] ?? .null] }
        return JSONValue.object(members).canonicalText
    }
    guard let batch = response.array else { return [stripped(response)] }
    return ["batch"] + batch.map(stripped).sorted()
}
