import Core

extension TokenLogProbabilities {
    /// One of `logprobs.content` of a chat completion.
    var chatJSON: JSONValue {
        var members = chosen.members
        members["top_logprobs"] = .array(likeliest.map { .object($0.members) })
        return .object(members)
    }
}

extension TokenLogProbabilities.Alternative {
    fileprivate var members: JSONObject {
        // A part of a character stands as U+FFFD in the text; clients put the bytes of several tokens together.
        [
            "token": .string(text), "logprob": .number(finite),
            "bytes": .array((bytes ?? Array(text.utf8)).map { .integer(Int($0)) }),
        ]
    }

    /// JSON has no infinity; OpenAI writes this for what cannot be.
    fileprivate var finite: Double { logProbability.isFinite ? logProbability : -9999 }
}

extension [TokenLogProbabilities] {
    /// `logprobs` of a chat completion's choice.
    var chatJSON: JSONValue { ["content": .array(map(\.chatJSON)), "refusal": nil] }

    /// `logprobs` of a text completion's choice.
    ///
    /// - Parameter offset: how many characters of the text (Unicode scalars) stand before the first token; moved on
    ///   beyond the last.
    func completionJSON(offset: inout Int) -> JSONValue {
        var offsets: [JSONValue] = []
        for token in self {
            offsets.append(.integer(offset))
            offset += token.chosen.text.unicodeScalars.count
        }
        return [
            "tokens": .array(map { .string($0.chosen.text) }),
            "token_logprobs": .array(map { .number($0.chosen.finite) }),
            "top_logprobs": .array(
                map { token in
                    var members = JSONObject()
                    // Of two tokens with the same text the likelier one holds.
                    for likely in token.likeliest where members[likely.text] == nil {
                        members[likely.text] = .number(likely.finite)
                    }
                    return .object(members)
                }),
            "text_offset": .array(offsets),
        ]
    }
}
