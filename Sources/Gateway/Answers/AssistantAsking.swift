package import Core

/// What the daemon's own assistant is asked through the gateway: the request field `squire`.
package struct AssistantQuestion: Sendable {
    /// System, user and assistant messages, the question last.
    package var messages: [ChatMessage]
    /// The daemon's own plugins that may be called.
    package var plugins: NameSelection
    /// The daemon's own collections of documents that are looked in.
    package var collections: NameSelection
    package var sampling: Sampling

    package init(
        messages: [ChatMessage], plugins: NameSelection, collections: NameSelection = .auto, sampling: Sampling
    ) {
        self.messages = messages
        self.plugins = plugins
        self.collections = collections
        self.sampling = sampling
    }
}

/// What the assistant answered.
package struct AssistantAnswer: Sendable {
    package var text: String
    package var citations: [Citation]
    package var usage: Usage
    package var finishReason: FinishReason

    package init(text: String, citations: [Citation] = [], usage: Usage, finishReason: FinishReason) {
        self.text = text
        self.citations = citations
        self.usage = usage
        self.finishReason = finishReason
    }
}

/// What the assistant says before its answer is whole.
package enum AssistantPiece: Sendable {
    /// The pieces of text, one after another, are a beginning of the answer's text.
    case text(String)
    /// What the client should know of how the answer comes about.
    case warning(String)
}

/// Answers with the daemon's own plugins and documents.
package protocol AssistantAsking: Sendable {
    /// - Parameters:
    ///   - emit: takes the answer as it is made. Not called after this returns.
    /// - Throws: `pluginUnknown`, `messageEmpty`, what the model throws; `CancellationError` when the task is cancelled.
    func ask(
        _ question: AssistantQuestion, emit: @escaping @Sendable (AssistantPiece) -> Void
    ) async throws -> AssistantAnswer
}
