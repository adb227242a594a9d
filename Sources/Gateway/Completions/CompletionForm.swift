import Core
import Foundation

/// How a text completion is written (platform.openai.com/docs/api-reference/completions/object).
struct CompletionForm: Sendable {
    let id = Identifier.make("cmpl-")
    let created = Int(Date().timeIntervalSince1970)
    /// The model that answers, whatever name was asked for.
    let model: String

    /// Chunks of a stream have the same form.
    ///
    /// - Parameter usage: nil where the member is left out.
    func completion(_ choices: [JSONValue], usage: JSONValue?) -> JSONValue {
        var members: JSONObject = [
            "id": .string(id), "object": "text_completion", "created": .integer(created), "model": .string(model),
            "choices": .array(choices),
        ]
        members["usage"] = usage
        return .object(members)
    }

    func choice(
        _ index: Int, _ text: String, logProbabilities: JSONValue = nil, finishReason: String? = nil
    ) -> JSONValue {
        [
            "index": .integer(index), "text": .string(text), "logprobs": logProbabilities,
            "finish_reason": finishReason.map(JSONValue.string) ?? .null,
        ]
    }
}
