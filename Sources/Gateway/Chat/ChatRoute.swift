import Core
import Hummingbird

/// Answers `/v1/chat/completions`.
struct ChatRoute: Sendable {
    let answerer: Answerer
    let modelName: String

    func answer(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let chat = try ChatRequest(
            try await answerer.bodies.read(request), schemas: answerer.schemas, configured: answerer.assistantScope)
        let disconnection = try await context.disconnection()
        let form = ChatForm(model: modelName)
        let warnings = AnswerNotes(warnings: chat.question.tools.warnings)
        switch try await answerer.answer(chat.question, until: disconnection) {
        case .calls(let calls, let text, let usage):
            let notes = warnings + AnswerNotes(droppedTurns: usage.droppedTurns)
            guard chat.isStreamed else {
                let choices = (0..<chat.question.choices).map { form.choice($0, calls: calls, text: text) }
                return .json(form.completion(choices, usage: usage, notes)).with(notes)
            }
            return EventWriter.response(logger: context.logger) { events in
                var stream = ChatStream(form: form, request: chat, notes: notes)
                try await stream.send(calls, text: text, usage: usage, to: &events)
            } failed: { error, events in
                try await events.send(error.body)
            }.with(notes)
        case .texts(let run, let spent):
            guard chat.isStreamed else {
                let answers = try await run.collected(until: disconnection)
                let choices = answers.enumerated().map {
                    form.choice($0.offset, $0.element, hasLogProbabilities: chat.hasLogProbabilities)
                }
                let usage = spent + answers.usage
                let notes = warnings + AnswerNotes(droppedTurns: spent.droppedTurns) + answers.notes
                return .json(form.completion(choices, usage: usage, notes)).with(notes)
            }
            let known = warnings + AnswerNotes(droppedTurns: spent.droppedTurns) + run.notes
            return EventWriter.response(logger: context.logger) { events in
                var stream = ChatStream(form: form, request: chat, notes: known)
                try await stream.send(run, spent: spent, until: disconnection, metrics: answerer.metrics, to: &events)
            } failed: { error, events in
                try await events.send(error.body)
            }.with(known)
        }
    }
}
