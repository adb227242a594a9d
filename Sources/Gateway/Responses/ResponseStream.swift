import Core

/// Writes a response in typed events (platform.openai.com/docs/api-reference/responses-streaming).
struct ResponseStream: Sendable {
    private let form: ResponseForm
    private var number = 0

    init(form: ResponseForm) {
        self.form = form
    }

    private mutating func send(
        _ type: String, _ members: [String: JSONValue], to events: inout EventWriter
    ) async throws {
        var members = members
        members["type"] = .string(type)
        members["sequence_number"] = .integer(number)
        number += 1
        try await events.send(.object(members), name: type)
    }

    private mutating func begin(_ events: inout EventWriter) async throws {
        let response = form.response(.inProgress, output: [], usage: nil)
        try await send("response.created", ["response": response], to: &events)
        try await send("response.in_progress", ["response": response], to: &events)
    }

    // MARK: Text

    mutating func send(
        _ run: AnswerRun, spent: Usage, until disconnection: DisconnectWatch, metrics: Metrics,
        to events: inout EventWriter
    ) async throws {
        try await begin(&events)
        let id = Identifier.make("msg_")
        let place: [String: JSONValue] = ["item_id": .string(id), "output_index": 0, "content_index": 0]
        func at(_ members: [String: JSONValue]) -> [String: JSONValue] { place.merging(members) { $1 } }

        let begun = ResponseForm.message(id: id, text: nil, status: .inProgress)
        try await send("response.output_item.added", ["output_index": 0, "item": begun], to: &events)
        try await send("response.content_part.added", at(["part": ResponseForm.part("")]), to: &events)
        var answer = CollectedAnswer()
        try await run.forEach(until: disconnection) { _, event in
            answer.add(event)
            guard case .text(let text) = event else { return }
            try await send(
                "response.output_text.delta", at(["delta": .string(text), "logprobs": []]), to: &events)
        }
        metrics.add(answer.usage)
        try await send(
            "response.output_text.done", at(["text": .string(answer.text), "logprobs": []]), to: &events)
        try await send("response.content_part.done", at(["part": ResponseForm.part(answer.text)]), to: &events)
        let message = ResponseForm.message(id: id, text: answer.text, status: answer.responseStatus)
        try await send("response.output_item.done", ["output_index": 0, "item": message], to: &events)
        try await end(answer.responseStatus, [message], usage: spent + answer.usage, &events)
    }

    // MARK: Calls

    mutating func send(
        _ calls: [ResponseForm.Call], usage: Usage, to events: inout EventWriter
    ) async throws {
        try await begin(&events)
        for (index, call) in calls.enumerated() {
            let place: [String: JSONValue] = ["item_id": .string(call.id), "output_index": .integer(index)]
            try await send(
                "response.output_item.added", ["output_index": .integer(index), "item": call.item(isWhole: false)],
                to: &events)
            try await send(
                "response.function_call_arguments.delta", place.merging(["delta": .string(call.arguments)]) { $1 },
                to: &events)
            try await send(
                "response.function_call_arguments.done",
                place.merging(["name": .string(call.name), "arguments": .string(call.arguments)]) { $1 }, to: &events)
            try await send(
                "response.output_item.done", ["output_index": .integer(index), "item": call.item()], to: &events)
        }
        try await end(.completed, calls.map { $0.item() }, usage: usage, &events)
    }

    // MARK: The end

    private mutating func end(
        _ status: ResponseForm.Status, _ output: [JSONValue], usage: Usage, _ events: inout EventWriter
    ) async throws {
        let response = form.response(status, output: output, usage: usage)
        try await send("response.\(status.word)", ["response": response], to: &events)
    }

    /// Says why there is no more.
    mutating func fail(_ cause: APIError, to events: inout EventWriter) async throws {
        let response = form.response(.failed(cause), output: [], usage: nil)
        try await send("response.failed", ["response": response], to: &events)
    }
}
