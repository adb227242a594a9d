import Core
import Foundation

/// How a chat completion is written (platform.openai.com/docs/api-reference/chat/object).
struct ChatForm: Sendable {
    let id = Identifier.make("chatcmpl-")
    let created = Int(Date().timeIntervalSince1970)
    /// The model that answers, whatever name was asked for.
    let model: String

    // MARK: In one piece

    func completion(_ choices: [JSONValue], usage: Usage, _ notes: AnswerNotes = AnswerNotes()) -> JSONValue {
        var members: JSONObject = [
            "id": .string(id), "object": "chat.completion", "created": .integer(created), "model": .string(model),
            "choices": .array(choices), "usage": usage.completionJSON,
        ]
        members["squire"] = notes.json
        return .object(members)
    }

    func choice(_ index: Int, _ answer: CollectedAnswer, hasLogProbabilities: Bool) -> JSONValue {
        var message: JSONObject = ["role": "assistant", "content": .string(answer.text), "refusal": nil]
        if !answer.citations.isEmpty { message["squire"] = Self.squire(answer.citations) }
        return [
            "index": .integer(index), "message": .object(message),
            "logprobs": hasLogProbabilities ? answer.tokens.chatJSON : nil,
            "finish_reason": .string(answer.finishReason),
        ]
    }

    func choice(_ index: Int, calls: [PlannedCall], text: String?) -> JSONValue {
        [
            "index": .integer(index),
            "message": [
                "role": "assistant", "content": text.map(JSONValue.string) ?? .null, "refusal": nil,
                "tool_calls": .array(
                    calls.map { call in
                        [
                            "id": .string(Identifier.make("call_")), "type": "function",
                            "function": ["name": .string(call.operation), "arguments": .string(call.arguments.text)],
                        ]
                    }),
            ],
            "logprobs": nil, "finish_reason": "tool_calls",
        ]
    }

    /// What Squire says beside OpenAI's members: where the answer's statements come from.
    static func squire(_ citations: [Citation]) -> JSONValue {
        [
            "citations": .array(
                citations.map { citation in
                    [
                        "number": .integer(citation.number), "source": .string(citation.source),
                        "title": .string(citation.title), "location": .string(citation.location),
                        "quote": .string(citation.quote),
                    ]
                })
        ]
    }

    // MARK: In a stream

    /// - Parameters:
    ///   - hasUsage: whether the stream will end with its usage; until then the member is null.
    ///   - notes: what there is to know, in an answer's last chunk.
    func chunk(
        _ index: Int, _ delta: JSONObject, logProbabilities: JSONValue = nil, finishReason: String? = nil,
        hasUsage: Bool, notes: AnswerNotes? = nil
    ) -> JSONValue {
        chunk(
            [
                [
                    "index": .integer(index), "delta": .object(delta), "logprobs": logProbabilities,
                    "finish_reason": finishReason.map(JSONValue.string) ?? .null,
                ]
            ], usage: hasUsage ? .null : nil, notes)
    }

    func usageChunk(_ usage: Usage) -> JSONValue { chunk([], usage: usage.completionJSON, nil) }

    private func chunk(_ choices: [JSONValue], usage: JSONValue?, _ notes: AnswerNotes?) -> JSONValue {
        var members: JSONObject = [
            "id": .string(id), "object": "chat.completion.chunk", "created": .integer(created),
            "model": .string(model), "choices": .array(choices),
        ]
        members["usage"] = usage
        members["squire"] = notes?.json
        return .object(members)
    }
}
