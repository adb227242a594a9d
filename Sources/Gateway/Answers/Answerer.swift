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
    var format = ResponseFormat()
    /// Where the daemon's own assistant is asked: what it may use. Nil takes what is configured, where the question is one
    /// that the assistant can answer.
    var assistant: AssistantScope?

    /// What of the question the assistant, which makes its answer in steps of its own, cannot be held to; nil where it can
    /// answer.
    var assistantObstacle: String? {
        if !tools.tools.isEmpty { return "tools" }
        if choices > 1 { return "n" }
        if format.constraint != nil { return "response_format" }
        if sampling.logProbabilities != nil { return "logprobs" }
        return conversation.messages.last?.role == .user ? nil : "messages"
    }
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
    let model: any TokenModel
    let chatModel: any ChatModel
    /// Answers from what the client's tools returned; where nil, the model does alone.
    let results: (any ResultAnswering)?
    let assistant: (any AssistantAsking)?
    let schemas: SchemaRules
    /// What the assistant may use where a request does not say; nil has the model alone answer it.
    let assistantScope: AssistantScope?
    let bodies: BodyReader
    /// What holds where a request says nothing.
    let defaultSampling: Sampling
    let metrics: Metrics

    /// The most answers to one question that are made: what the engine makes of one prompt.
    static let mostChoices = 8

    /// - Throws: `APIError`; what the model, the tools' caller and the assistant throw; `CancellationError` where the
    ///   client went.
    func answer(_ question: Question, until disconnection: DisconnectWatch) async throws -> Answer {
        let messages = question.conversation.messages
        if let run = try await fromAssistant(question, until: disconnection) { return .texts(run, Usage()) }
        var spent = Usage()
        if question.tools.isAsked {
            let reply = try await calls(question, until: disconnection)
            if !reply.calls.isEmpty { return .calls(reply.calls, text: reply.text, reply.usage) }
            // A text that was made on the way is the answer, where one is wanted and nothing of how it came about.
            if let text = reply.text, question.choices == 1, question.sampling.logProbabilities == nil,
                reply.reason != .stop || isRight(text, question.format)
            {
                let stream = AnswerStream(text: text, reason: reply.reason)
                let run = try await AnswerRun([stream], until: disconnection, metrics: metrics)
                return .texts(run, reply.usage)
            }
            spent = reply.usage
        }
        if let run = try await fromResults(question, until: disconnection) { return .texts(run, spent) }
        let prompt = try await disconnection.cancelling { try await model.render(messages) }
        let run = try await generate(
            prompt, sampling: question.sampling, choices: question.choices, format: question.format,
            until: disconnection)
        return .texts(run, spent)
    }

    /// The assistant's answer; nil where it is not asked.
    private func fromAssistant(_ question: Question, until disconnection: DisconnectWatch) async throws -> AnswerRun? {
        let configured = question.assistantObstacle == nil ? assistantScope : nil
        guard let scope = question.assistant ?? configured, !scope.isEmpty else { return nil }
        guard let assistant else {
            throw APIError.invalid("squire", "squire is not available: this gateway has no assistant")
        }
        let stream = AnswerStream(
            assistant,
            AssistantQuestion(
                messages: question.conversation.messages, plugins: scope.plugins, collections: scope.collections,
                sampling: question.sampling.filled(from: defaultSampling)))
        return try await AnswerRun([stream], until: disconnection, metrics: metrics)
    }

    private func isRight(_ text: String, _ format: ResponseFormat) -> Bool {
        guard let schema = format.checked else { return true }
        guard let value = try? JSONValue(parsing: text) else { return false }
        return schemas.verdict(value, schema).problems.isEmpty
    }

    /// The answer from what tools returned, the same for each choice; nil where there is nothing they returned, or where
    /// more is asked of the text than that it is true.
    private func fromResults(_ question: Question, until disconnection: DisconnectWatch) async throws -> AnswerRun? {
        let dialog = question.conversation.dialog
        guard let results, dialog.endsWithResults, question.format.constraint == nil,
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
                // Of a character that was cut nothing is left.
                let bytes = tokens.prefix(most).flatMap(\.bytes)
                text = String(validating: bytes, as: UTF8.self) ?? Self.whole(bytes)
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

    /// The beginning of bytes that is whole characters.
    private static func whole(_ bytes: [UInt8]) -> String {
        for cut in 1...3 {
            if let text = String(validating: bytes.dropLast(cut), as: UTF8.self) { return text }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Begins as many texts as are wanted from one prompt.
    func generate(
        _ prompt: Prompt, sampling: Sampling, choices: Int, format: ResponseFormat,
        until disconnection: DisconnectWatch
    ) async throws -> AnswerRun {
        try await AnswerRun(
            streams(prompt, sampling: sampling, choices: choices, format: format), until: disconnection,
            metrics: metrics)
    }

    func streams(
        _ prompt: Prompt, sampling: Sampling, choices: Int, format: ResponseFormat = ResponseFormat()
    ) -> [AnswerStream] {
        (0..<choices).map { index in
            var sampling = sampling.filled(from: defaultSampling)
            // The same seed would give the same text each time.
            sampling.seed = sampling.seed.map { $0 &+ UInt32(index) }
            let request = GenerationRequest(prompt: prompt, sampling: sampling, constraint: format.constraint)
            guard let schema = format.checked else { return AnswerStream(model.generate(request)) }
            return CheckedText(model: model, request: request, schema: schema, schemas: schemas).stream
        }
    }

    private func calls(_ question: Question, until disconnection: DisconnectWatch) async throws -> ChatReply {
        let offer = question.tools
        let request = ModelRequest(
            dialog: question.conversation.dialog, tools: offer.tools, choice: offer.choice,
            allowsParallel: offer.allowsParallel, sampling: question.sampling.filled(from: defaultSampling),
            constraint: question.format.constraint)
        var reply = try await metrics.running {
            try await disconnection.cancelling { try await chatModel.reply(to: request) }
        }
        metrics.add(reply.usage)
        // A text would be taken for a call; but what has been called already is not called for ever.
        guard !reply.calls.isEmpty || !offer.choice.requiresCall || request.dialog.endsWithResults else {
            throw APIError(
                .internalServerError, "the model made no call; ask again, or with tool_choice auto",
                code: "no_tool_call")
        }
        if !offer.allowsParallel { reply.calls = Array(reply.calls.prefix(1)) }
        return reply
    }
}
