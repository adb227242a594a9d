import Core

/// What the model had before it as the column `context` has it, a JSON object.
struct StoredContext: Codable {
    struct Parts: Codable {
        var instructions: Int
        var tools: Int
        var passages: Int
        var history: Int
        var results: Int
        var question: Int
        var answer: Int
    }

    struct Omission: Codable {
        /// The raw value of `ContextLedger.Part`.
        var part: String
        var what: String
        var tokens: Int
        var turns: Int?
    }

    var size: Int
    var parts: Parts
    var leftOut: [Omission]

    init(_ ledger: ContextLedger) {
        size = ledger.size
        parts = Parts(
            instructions: ledger.parts.instructions, tools: ledger.parts.tools, passages: ledger.parts.passages,
            history: ledger.parts.history, results: ledger.parts.results, question: ledger.parts.question,
            answer: ledger.parts.answer)
        leftOut = ledger.leftOut.map {
            Omission(part: $0.part.rawValue, what: $0.what, tokens: $0.tokens, turns: $0.turns)
        }
    }

    /// - Throws: `damaged` where a part is unknown.
    var ledger: ContextLedger {
        get throws {
            var ledger = ContextLedger(size: size)
            ledger.parts.instructions = parts.instructions
            ledger.parts.tools = parts.tools
            ledger.parts.passages = parts.passages
            ledger.parts.history = parts.history
            ledger.parts.results = parts.results
            ledger.parts.question = parts.question
            ledger.parts.answer = parts.answer
            ledger.leftOut = try leftOut.map { omission in
                guard let part = ContextLedger.Part(rawValue: omission.part) else {
                    throw StoreError(.damaged, "a prompt has an unknown part, \"\(omission.part)\"")
                }
                return ContextLedger.Omission(
                    part: part, what: omission.what, tokens: omission.tokens, turns: omission.turns)
            }
            return ledger
        }
    }
}
