import Core
import Hummingbird

/// Answers `/v1/completions`.
struct CompletionRoute: Sendable {
    let answerer: Answerer
    let modelName: String

    func answer(_ request: Request, _ context: GatewayContext) async throws -> Response {
        let completion = try CompletionRequest(try await answerer.bodies.read(request).fields)
        let disconnection = try await context.disconnection()
        var streams: [AnswerStream] = []
        for text in completion.prompts {
            let prompt = try await prompt(text, suffix: completion.suffix)
            streams += answerer.streams(prompt, sampling: completion.sampling, choices: completion.choices)
        }
        let run = try await AnswerRun(streams, until: disconnection, metrics: answerer.metrics)
        let form = CompletionForm(model: modelName)
        guard completion.isStreamed else {
            let answers = try await run.collected(until: disconnection)
            let choices = answers.enumerated().map { index, answer in
                var offset = 0
                return form.choice(
                    index, answer.text,
                    logProbabilities: completion.sampling.logProbabilities == nil
                        ? nil : answer.tokens.completionJSON(offset: &offset),
                    finishReason: answer.finishReason)
            }
            return .json(form.completion(choices, usage: Self.usage(answers, completion).completionJSON))
        }
        return EventWriter.response(logger: context.logger) { events in
            var stream = CompletionStream(form: form, request: completion)
            try await stream.send(run, until: disconnection, metrics: answerer.metrics, to: &events)
        } failed: { error, events in
            try await events.send(error.body)
        }
    }

    /// As on the socket, control tokens written out in a prompt are control tokens: there is no template to write them.
    private func prompt(_ text: String, suffix: String?) async throws -> Prompt {
        guard let suffix else { return Prompt([.template(text)]) }
        return try await answerer.model.infillPrompt(prefix: text, suffix: suffix)
    }

    /// What all texts took: each prompt is read once.
    static func usage(_ answers: [CollectedAnswer], _ request: CompletionRequest) -> Usage {
        stride(from: 0, to: answers.count, by: request.choices).reduce(into: Usage()) { sum, start in
            sum += Array(answers[start..<min(start + request.choices, answers.count)]).usage
        }
    }
}
