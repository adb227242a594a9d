import Core

/// Writes a response in typed events (platform.openai.com/docs/api-reference/responses-streaming).
struct ResponseStream: Sendable {
    private let form: ResponseForm
    private var number = 0

    init(form: ResponseForm) {
        self.form = form
    }

    private mutating func send(
        _ type: String, _ members: JSONObject, to events: inout EventWriter
    ) async throws {
        let head: JSONObject = ["type": .string(type), "sequence_number": .integer(number)]
        number += 1
        try await events.send(.object(head.merging(members) { own, _ in own }), name: type)
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
        let message = Message()
        try await begin(message, &events)
        var answer = CollectedAnswer()
        try await run.forEach(until: disconnection) { _, event in
            answer.add(event)
            if case .text(let text) = event { try await add(text, to: message, &events) }
        }
        metrics.add(answer.usage)
        let item = try await end(message, text: answer.text, status: answer.responseStatus, &events)
        try await end(answer.responseStatus, [item], usage: spent + answer.usage, &events)
    }

    /// The message of a response, which is its first item.
    private struct Message: Sendable {
        let id = Identifier.make("msg_")

        func at(_ members: JSONObject) -> JSONObject {
            members.merging(["item_id": .string(id), "output_index": 0, "content_index": 0]) { $1 }
        }
    }

    private mutating func begin(_ message: Message, _ events: inout EventWriter) async throws {
        let begun = ResponseForm.message(id: message.id, text: nil, status: .inProgress)
        try await send("response.output_item.added", ["output_index": 0, "item": begun], to: &events)
        try await send("response.content_part.added", message.at(["part": ResponseForm.part("")]), to: &events)
    }

    private mutating func add(_ text: String, to message: Message, _ events: inout EventWriter) async throws {
        try await send(
            "response.output_text.delta", message.at(["delta": .string(text), "logprobs": []]), to: &events)
    }

    /// - Returns: the item as it stands in the response.
    private mutating func end(
        _ message: Message, text: String, status: ResponseForm.Status, _ events: inout EventWriter
    ) async throws -> JSONValue {
        try await send(
            "response.output_text.done", message.at(["text": .string(text), "logprobs": []]), to: &events)
        try await send("response.content_part.done", message.at(["part": ResponseForm.part(text)]), to: &events)
        let item = ResponseForm.message(id: message.id, text: text, status: status)
        try await send("response.output_item.done", ["output_index": 0, "item": item], to: &events)
        return item
    }

    // MARK: Calls

    mutating func send(
        _ calls: [ResponseForm.Call], text: String?, usage: Usage, to events: inout EventWriter
    ) async throws {
        try await begin(&events)
        var output: [JSONValue] = []
        if let text {
            let message = Message()
            try await begin(message, &events)
            try await add(text, to: message, &events)
            output.append(try await end(message, text: text, status: .completed, &events))
        }
        for call in calls {
            let index = output.count
            let place: JSONObject = ["item_id": .string(call.id), "output_index": .integer(index)]
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
            output.append(call.item())
        }
        try await end(.completed, output, usage: usage, &events)
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
