import Core
import JSONRPC
import SquireClient
import SquireProtocol
import Testing

@Suite("parameters that do not fit", .timeLimit(.minutes(2)))
struct ParameterTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var method: String
        var parameters: JSONValue
        /// `data.kind`, or a word for the code.
        var kind: FailureCode
        /// What the message holds.
        var message: String

        var testDescription: String { "\(method) \(parameters.text)" }
    }

    private static let cases = [
        Case(method: "assistant/ask", parameters: [:], kind: "parametersInvalid", message: "message"),
        Case(method: "assistant/ask", parameters: ["message": 1], kind: "parametersInvalid", message: "message"),
        Case(method: "assistant/ask", parameters: ["message": " \n"], kind: "messageEmpty", message: "empty"),
        Case(
            method: "assistant/ask", parameters: ["message": "Hi", "maxSteps": 99], kind: "maxStepsInvalid",
            message: "0 to 32"),
        Case(
            method: "assistant/ask", parameters: ["message": "Hi", "plugins": "all"], kind: "parametersInvalid",
            message: "\"auto\" or a list"),
        Case(
            method: "assistant/ask", parameters: ["message": "Hi", "plugins": ["nobody"]], kind: "pluginUnknown",
            message: "nobody"),
        Case(
            method: "assistant/ask", parameters: ["message": "Hi", "collections": ["letters"]],
            kind: "collectionUnknown", message: "letters"),
        Case(
            method: "assistant/ask", parameters: ["message": "Hi", "conversation": "none"],
            kind: "conversationUnknown", message: "none"),
        Case(
            method: "assistant/ask", parameters: ["message": "Hi", "parent": "none"], kind: "messageUnknown",
            message: "none"),
        Case(
            method: "assistant/ask",
            parameters: ["message": "Hi", "plugins": [], "sampling": ["temperature": -1]], kind: "samplingInvalid",
            message: "temperature"),
        Case(
            method: "conversation/list", parameters: ["limit": -1], kind: "parametersInvalid", message: "limit"),
        Case(method: "conversation/list", parameters: ["offset": -1], kind: "parametersInvalid", message: "offset"),
        Case(
            method: "conversation/get", parameters: ["conversation": "none"], kind: "conversationUnknown",
            message: "none"),
        Case(
            method: "conversation/search", parameters: ["query": " … "], kind: "parametersInvalid", message: "query"),
        Case(
            method: "conversation/rename", parameters: ["conversation": "none", "title": "Moon"],
            kind: "conversationUnknown", message: "none"),
        Case(
            method: "conversation/rename", parameters: ["conversation": "none", "title": " \n"],
            kind: "parametersInvalid", message: "title"),
        Case(
            method: "conversation/rename",
            parameters: ["conversation": "none", "title": .string(String(repeating: "x", count: 201))],
            kind: "parametersInvalid", message: "201"),
        Case(
            method: "conversation/delete", parameters: ["conversation": "none"], kind: "conversationUnknown",
            message: "none"),
        Case(method: "model/complete", parameters: [:], kind: "parametersInvalid", message: "prompt or messages"),
        Case(
            method: "model/complete", parameters: ["prompt": "a", "messages": []], kind: "parametersInvalid",
            message: "not both"),
        Case(
            method: "model/complete", parameters: ["prompt": "a", "grammar": "root ::= \"a\"", "schema": true],
            kind: "parametersInvalid", message: "grammar or schema"),
        Case(
            method: "model/complete", parameters: ["messages": [["role": "robot", "content": "a"]]],
            kind: "parametersInvalid", message: "messages[0].role"),
        Case(
            method: "model/complete", parameters: ["prompt": "a", "grammar": "root :="], kind: "grammarInvalid",
            message: "GBNF"),
        Case(
            method: "model/complete", parameters: ["prompt": "a", "schema": ["type": "person"]],
            kind: "schemaInvalid", message: "person"),
        Case(
            method: "model/complete", parameters: ["prompt": "a", "schema": ["enum": []]],
            kind: "schemaUnsatisfiable", message: "enum"),
        Case(method: "model/info", parameters: ["name": "none"], kind: "modelUnknown", message: "none"),
        Case(method: "model/tokenize", parameters: [:], kind: "parametersInvalid", message: "text"),
        Case(method: "plugin/register", parameters: [:], kind: "parametersInvalid", message: "manifest or document"),
        Case(method: "plugin/get", parameters: ["name": "nobody"], kind: "pluginUnknown", message: "nobody"),
        Case(method: "plugin/remove", parameters: ["name": "nobody"], kind: "pluginUnknown", message: "nobody"),
        Case(method: "plugin/enable", parameters: ["name": "nobody"], kind: "pluginUnknown", message: "nobody"),
        Case(method: "plugin/disable", parameters: ["name": "nobody"], kind: "pluginUnknown", message: "nobody"),
        Case(
            method: "plugin/call", parameters: ["name": "nobody", "operation": "x"], kind: "pluginUnknown",
            message: "nobody"),
        Case(
            method: "plugin/call", parameters: ["name": "almanac", "operation": "nothing"], kind: "operationUnknown",
            message: "nothing"),
        Case(method: "document/add", parameters: [:], kind: "parametersInvalid", message: "paths or text"),
        Case(
            method: "document/add", parameters: ["paths": ["notes"]], kind: "parametersInvalid", message: "\"notes\""),
        Case(
            method: "document/add", parameters: ["paths": ["a/b://../x"]], kind: "parametersInvalid",
            message: "\"a/b://../x\""),
        Case(
            method: "document/add", parameters: ["paths": ["ftp://a.example/x"]], kind: "parametersInvalid",
            message: "must be absolute"),
        Case(method: "document/add", parameters: ["text": "a"], kind: "parametersInvalid", message: "title"),
        Case(
            method: "document/list", parameters: ["collection": "letters"], kind: "collectionUnknown",
            message: "letters"),
        Case(
            method: "document/remove", parameters: ["documents": ["nothing"]], kind: "documentUnknown",
            message: "nothing"),
        Case(method: "document/search", parameters: ["query": " "], kind: "parametersInvalid", message: "query"),
        Case(
            method: "document/search", parameters: ["query": "a", "collections": ["letters"]],
            kind: "collectionUnknown", message: "letters"),
    ]

    @Test func `each is answered with an error that names what does not fit, and stores nothing`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            try await daemon.withClient { client in
                for example in Self.cases {
                    let error = await #expect(throws: RPCError.self, "\(example.testDescription)") {
                        _ = try await client.call(example.method, example.parameters)
                    }
                    #expect(error?.kind == example.kind, "\(example.testDescription): \(error?.message ?? "")")
                    #expect(error?.message.contains(example.message) == true, "\(error?.message ?? "")")
                }
                let status = try await client.call(Status.self)
                // The one question whose sampling only the model could refuse.
                #expect(status.counts.conversations == 1)
            }
        }
    }
}
