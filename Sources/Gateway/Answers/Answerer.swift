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
    /// Calls for the client to make, and what deciding on them took.
    case calls([PlannedCall], Usage)
    /// Texts that are being made, and what deciding against calls took.
    case texts(AnswerRun, Usage)
}

/// Has questions answered.
struct Answerer: Sendable {
    let model: any LanguageModel
    let callTools: any ToolCalling
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
        if question.tools.isAsked(afterResults: question.conversation.endsWithResults) {
            let (calls, usage) = try await calls(messages, question.tools, until: disconnection)
            if !calls.isEmpty { return .calls(calls, usage) }
            spent = usage
        }
        let prompt = try await disconnection.cancelling { try await model.render(messages) }
        let run = try await generate(
            prompt, sampling: question.sampling, choices: question.choices, constraint: question.constraint,
            until: disconnection)
        return .texts(run, spent)
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

    private func calls(
        _ messages: [ChatMessage], _ offer: ToolOffer, until disconnection: DisconnectWatch
    ) async throws -> ([PlannedCall], Usage) {
        let request = CallRequest(
            messages: messages, tools: offer.tools, choice: offer.choice, allowsParallel: offer.allowsParallel)
        let (calls, usage) = try await metrics.running {
            try await disconnection.cancelling { try await callTools.calls(for: request) }
        }
        metrics.add(usage)
        switch offer.choice {
        case .auto, .none: break
        case .required, .named:
            // A text would be taken for a call.
            guard !calls.isEmpty else {
                throw APIError(
                    .internalServerError, "the model made no call; ask again, or with tool_choice auto",
                    code: "no_tool_call")
            }
        }
        return (offer.allowsParallel ? calls : Array(calls.prefix(1)), usage)
    }
}
