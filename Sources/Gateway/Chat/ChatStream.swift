import Core

/// Writes a chat completion in chunks (platform.openai.com/docs/api-reference/chat-streaming).
struct ChatStream: Sendable {
    let form: ChatForm
    let request: ChatRequest
    private let notes: AnswerNotes
    private var answers: [CollectedAnswer]
    /// Tokens whose text has not been sent yet, by answer.
    private var tokens: [[TokenLogProbabilities]]
    private var hasBegun: [Bool]

    init(form: ChatForm, request: ChatRequest, notes: AnswerNotes) {
        self.form = form
        self.notes = notes
        self.request = request
        answers = Array(repeating: CollectedAnswer(), count: request.question.choices)
        tokens = Array(repeating: [], count: request.question.choices)
        hasBegun = Array(repeating: false, count: request.question.choices)
    }

    // MARK: Text

    mutating func send(
        _ run: AnswerRun, spent: Usage, until disconnection: DisconnectWatch, metrics: Metrics,
        to events: inout EventWriter
    ) async throws {
        try await run.forEach(until: disconnection) { index, event in
            answers[index].add(event)
            if case .finished(_, let usage, _) = event { metrics.add(usage) }
            for chunk in chunks(index, event) { try await events.send(chunk) }
        }
        try await end(spent + answers.usage, &events)
    }

    private mutating func chunks(_ index: Int, _ event: AnswerEvent) -> [JSONValue] {
        switch event {
        // The role says that the answer has begun, not that it waits.
        case .queued, .dropped, .warning: return []
        case .logProbabilities(let token):
            tokens[index].append(token)
            return []
        case .text(let text): return beginning(index) + [content(index, text)]
        case .finished(_, _, let citations):
            var chunks = beginning(index)
            // Of a text that ended the answer, and is no part of it.
            if !tokens[index].isEmpty { chunks.append(content(index, "")) }
            let delta: JSONObject = citations.isEmpty ? [:] : ["squire": ChatForm.squire(citations)]
            chunks.append(
                form.chunk(
                    index, delta, finishReason: answers[index].finishReason, hasUsage: request.includesUsage,
                    notes: notes + answers[index].notes))
            return chunks
        }
    }

    private mutating func beginning(_ index: Int) -> [JSONValue] {
        guard !hasBegun[index] else { return [] }
        hasBegun[index] = true
        return [
            form.chunk(
                index, ["role": "assistant", "content": "", "refusal": nil], hasUsage: request.includesUsage)
        ]
    }

    private mutating func content(_ index: Int, _ text: String) -> JSONValue {
        let logProbabilities: JSONValue = request.hasLogProbabilities ? tokens[index].chatJSON : nil
        tokens[index] = []
        return form.chunk(
            index, ["content": .string(text)], logProbabilities: logProbabilities, hasUsage: request.includesUsage)
    }

    // MARK: Calls

    mutating func send(
        _ calls: [PlannedCall], text: String?, usage: Usage, to events: inout EventWriter
    ) async throws {
        for index in 0..<request.question.choices {
            let content = text.map(JSONValue.string) ?? .null
            try await events.send(
                form.chunk(index, ["role": "assistant", "content": content], hasUsage: request.includesUsage))
            for (number, call) in calls.enumerated() {
                for delta in Self.deltas(number, call) {
                    try await events.send(form.chunk(index, ["tool_calls": [delta]], hasUsage: request.includesUsage))
                }
            }
            try await events.send(
                form.chunk(
                    index, [:], finishReason: "tool_calls", hasUsage: request.includesUsage, notes: notes))
        }
        try await end(usage, &events)
    }

    /// A call's name, then its arguments: clients append what comes later to what came first.
    private static func deltas(_ number: Int, _ call: PlannedCall) -> [JSONValue] {
        [
            [
                "index": .integer(number), "id": .string(Identifier.make("call_")), "type": "function",
                "function": ["name": .string(call.operation), "arguments": ""],
            ],
            ["index": .integer(number), "function": ["arguments": .string(call.arguments.text)]],
        ]
    }

    private func end(_ usage: Usage, _ events: inout EventWriter) async throws {
        if request.includesUsage { try await events.send(form.usageChunk(usage)) }
        try await events.sendDone()
    }
}
