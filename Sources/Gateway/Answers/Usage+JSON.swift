import Core

extension Usage {
    /// `usage` of chat and text completions.
    var completionJSON: JSONValue {
        var members: JSONObject = [
            "prompt_tokens": .integer(promptTokens), "completion_tokens": .integer(completionTokens),
            "total_tokens": .integer(promptTokens + completionTokens),
            "prompt_tokens_details": ["cached_tokens": .integer(cachedTokens)],
        ]
        // Not OpenAI's, and only where it says something.
        members["dropped_turns"] = droppedTurns.map(JSONValue.integer)
        return .object(members)
    }

    /// `usage` of responses.
    var responseJSON: JSONValue {
        var members: JSONObject = [
            "input_tokens": .integer(promptTokens), "output_tokens": .integer(completionTokens),
            "total_tokens": .integer(promptTokens + completionTokens),
            "input_tokens_details": ["cached_tokens": .integer(cachedTokens)],
            "output_tokens_details": ["reasoning_tokens": 0],
        ]
        members["dropped_turns"] = droppedTurns.map(JSONValue.integer)
        return .object(members)
    }

    static func + (one: Usage, other: Usage) -> Usage {
        var sum = one
        sum += other
        return sum
    }
}
