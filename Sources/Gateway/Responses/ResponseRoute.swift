import Core
import Hummingbird
import Logging

/// Answers `/v1/responses`.
struct ResponseRoute: Sendable {
    let answerer: Answerer
    let modelName: String

    func answer(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let asked = try ResponseRequest(
            try await answerer.bodies.read(request), schemas: answerer.schemas, configured: answerer.assistantScope)
        let disconnection = try await context.disconnection()
        var form = ResponseForm(model: modelName, request: asked)
        form.notes.warnings = asked.question.tools.warnings
        switch try await answerer.answer(asked.question, until: disconnection) {
        case .calls(let planned, let text, let usage):
            let calls = planned.map(ResponseForm.Call.init)
            form.notes.droppedTurns = usage.droppedTurns
            guard asked.isStreamed else {
                let said = text.map {
                    [ResponseForm.message(id: Identifier.make("msg_"), text: $0, status: .completed)]
                }
                return .json(
                    form.response(.completed, output: (said ?? []) + calls.map { $0.item() }, usage: usage)
                ).with(form.notes)
            }
            return Self.stream(form, logger: context.logger) { stream, events in
                try await stream.send(calls, text: text, usage: usage, to: &events)
            }
        case .texts(let run, let spent):
            guard asked.isStreamed else {
                let answers = try await run.collected(until: disconnection)
                let answer = answers.first ?? CollectedAnswer()
                let message = ResponseForm.message(
                    id: Identifier.make("msg_"), text: answer.text, status: answer.responseStatus)
                let usage = spent + answers.usage
                form.notes = form.notes + AnswerNotes(droppedTurns: usage.droppedTurns) + answers.notes
                return .json(form.response(answer.responseStatus, output: [message], usage: usage)).with(form.notes)
            }
            form.notes = form.notes + AnswerNotes(droppedTurns: spent.droppedTurns) + run.notes
            return Self.stream(form, logger: context.logger) { stream, events in
                try await stream.send(
                    run, spent: spent, until: disconnection, metrics: answerer.metrics, to: &events)
            }
        }
    }

    private static func stream(
        _ form: ResponseForm, logger: Logger,
        _ body: @escaping @Sendable (inout ResponseStream, inout EventWriter) async throws -> Void
    ) -> Response {
        EventWriter.response(logger: logger) { events in
            var stream = ResponseStream(form: form)
            do {
                try await body(&stream, &events)
            } catch {
                // Here, and not in `failed`: what is said of it is numbered on.
                if let cause = APIError(error) { try await stream.fail(cause, to: &events) }
                throw error
            }
        } failed: { _, _ in
        }.with(form.notes)
    }
}

extension CollectedAnswer {
    var responseStatus: ResponseForm.Status { reason == .length ? .incomplete : .completed }
}
