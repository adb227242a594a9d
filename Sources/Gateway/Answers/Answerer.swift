import Core
import Hummingbird

/// A question in whatever form it came.
struct Question: Sendable {
    var conversation: Conversation
    var tools: ToolOffer
    var sampling: Sampling
    /// How many answers are wanted.
    var choices = 1
    /// What the text must be.
    var constraint: Constraint?
    /// Where the daemon's own assistant is asked: the plugins it may call.
    var plugins: NameSelection?
}

/// What comes of a question.
enum Answer: Sendable {
    /// Calls for the client to make, what is said with them, and what deciding on them took.
    case calls([PlannedCall], text: String?, Usage)
    /// Texts that are being made, and what deciding against calls took.
    case texts(AnswerRun, Usage)
}

/// Has questions answered.
struct Answerer: Sendable {
    let model: any LanguageModel
    let callTools: any ToolCalling
    /// Answers from what the client's tools returned; where nil, the model does alone.
    let results: (any ResultAnswering)?
    let assistant: (any AssistantAsking)?
    /// Tells the keywords of a schema that a text cannot be held to.
    let unenforced: @Sendable (JSONValue) throws -> [String]
    /// What holds where a request says nothing.
    let defaultSampling: Sampling
    let metrics: Metrics

    /// The most answers to one question that are made: what the engine makes of one prompt.
    static let mostChoices = 8

    /// - Throws: `APIError`; what the model, the tools' caller and the assistant throw; `CancellationError` where the
    ///   client went.
    func answer(_ question: Question, until disconnection: DisconnectWatch) async throws -> Answer {
        let messages = question.conversation.messages
        if let plugins = question.plugins {
            guard let assistant else {
                throw APIError.invalid("squire", "squire is not available: this gateway has no assistant")
            }
            let stream = AnswerStream(
                assistant,
                AssistantQuestion(
                    messages: messages, plugins: plugins, sampling: question.sampling.filled(from: defaultSampling)))
            return .texts(try await AnswerRun([stream], until: disconnection, metrics: metrics), Usage())
        }
        var spent = Usage()
        if question.tools.isAsked {
            let outcome = try await calls(question, until: disconnection)
            if !outcome.calls.isEmpty { return .calls(outcome.calls, text: outcome.text, outcome.usage) }
            // A text that was made on the way is the answer, where one is wanted and nothing of how it came about.
            if let text = outcome.text, question.choices == 1, question.sampling.logProbabilities == nil {
                let stream = AnswerStream(text: text, reason: outcome.reason)
                let run = try await AnswerRun([stream], until: disconnection, metrics: metrics)
                return .texts(run, outcome.usage)
            }
            spent = outcome.usage
        }
        if let run = try await fromResults(question, until: disconnection) { return .texts(run, spent) }
        let prompt = try await disconnection.cancelling { try await model.render(messages) }
        let run = try await generate(
            prompt, sampling: question.sampling, choices: question.choices, constraint: question.constraint,
            until: disconnection)
        return .texts(run, spent)
    }

    /// The answer from what tools returned, the same for each choice; nil where there is nothing they returned, or where
    /// more is asked of the text than that it is true.
    private func fromResults(_ question: Question, until disconnection: DisconnectWatch) async throws -> AnswerRun? {
        let dialog = question.conversation.dialog
        guard let results, dialog.endsWithResults, question.constraint == nil,
            question.sampling.logProbabilities == nil
        else { return nil }
        let (messages, calls) = dialog.question
        guard !messages.isEmpty else { return nil }
        let (text, usage) = try await metrics.running {
            try await disconnection.cancelling { try await results.answer(messages, from: calls) }
        }
        let (kept, reason) = try await limited(text, question.sampling.filled(from: defaultSampling))
        let streams = (0..<question.choices).map {
            AnswerStream(text: kept, reason: reason, usage: $0 == 0 ? usage : Usage())
        }
        return try await AnswerRun(streams, until: disconnection, metrics: metrics)
    }

    /// A text as far as a request's limits let it go.
    private func limited(_ text: String, _ sampling: Sampling) async throws -> (String, FinishReason) {
        var text = text
        var reason = FinishReason.stop
        if let most = sampling.maxTokens {
            let tokens = try await model.tokenize(text, special: false)
            if tokens.count > most {
                text = String(decoding: tokens.prefix(most).flatMap(\.bytes), as: UTF8.self)
                // Of a character that was cut nothing is left.
                while text.hasSuffix("\u{fffd}") { text.removeLast() }
                reason = .length
            }
        }
        for stop in sampling.stop ?? [] {
            guard let range = text.firstRange(of: stop) else { continue }
            text = String(text[..<range.lowerBound])
            reason = .stop
        }
        return (text, reason)
    }

    /// Begins as many texts as are wanted from one prompt.
    func generate(
        _ prompt: Prompt, sampling: Sampling, choices: Int, constraint: Constraint? = nil,
        until disconnection: DisconnectWatch
    ) async throws -> AnswerRun {
        try await AnswerRun(
            streams(prompt, sampling: sampling, choices: choices, constraint: constraint), until: disconnection,
            metrics: metrics)
    }

    func streams(
        _ prompt: Prompt, sampling: Sampling, choices: Int, constraint: Constraint? = nil
    ) -> [AnswerStream] {
        (0..<choices).map { index in
            var sampling = sampling.filled(from: defaultSampling)
            // The same seed would give the same text each time.
            sampling.seed = sampling.seed.map { $0 &+ UInt32(index) }
            return AnswerStream(
                model.generate(GenerationRequest(prompt: prompt, sampling: sampling, constraint: constraint)))
        }
    }

    private func calls(_ question: Question, until disconnection: DisconnectWatch) async throws -> CallOutcome {
        let offer = question.tools
        let request = CallRequest(
            dialog: question.conversation.dialog, tools: offer.tools, choice: offer.choice,
            allowsParallel: offer.allowsParallel, sampling: question.sampling.filled(from: defaultSampling),
            constraint: question.constraint)
        var outcome = try await metrics.running {
            try await disconnection.cancelling { try await callTools.calls(for: request) }
        }
        metrics.add(outcome.usage)
        // A text would be taken for a call; but what has been called already is not called for ever.
        guard !outcome.calls.isEmpty || !offer.choice.requiresCall || request.dialog.endsWithResults else {
            throw APIError(
                .internalServerError, "the model made no call; ask again, or with tool_choice auto",
                code: "no_tool_call")
        }
        if !offer.allowsParallel { outcome.calls = Array(outcome.calls.prefix(1)) }
        return outcome
    }
}
