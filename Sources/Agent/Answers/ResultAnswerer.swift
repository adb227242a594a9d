package import Core
import Languages
package import Understanding

/// Answers a client of the gateway from what its own tools returned, with the checks that answers from plugins have.
package struct ResultAnswerer: ResultAnswering {
    private let answers: AnswerWriter
    private let persona: String

    /// - Parameters:
    ///   - persona: what the model is told where the client says nothing; nil is the language's.
    ///   - language: of the answers.
    package init(
        model: any TokenModel, embedder: any Embedder, persona: String? = nil, language: QuestionLanguage = .english
    ) {
        answers = AnswerWriter(
            model: model, embedder: embedder, planner: ContextPlanner(model: model, language: language),
            reading: ReadingThread(name: "squire.reading"), language: language)
        self.persona = persona ?? language.words.prompts.persona
    }

    package func answer(
        _ messages: [ChatMessage], from calls: [MadeCall]
    ) async throws -> (text: String, usage: Usage) {
        let instructions = messages.filter { $0.role == .system }.map(\.content).joined(separator: "\n\n")
        let steps = calls.map { call in
            let result = call.result ?? ""
            return Step(
                plugin: "", operation: call.operation, arguments: PlannedCall(call).arguments, status: .ok,
                result: (try? JSONValue(parsing: result)) ?? .string(result))
        }
        var draft = AnswerDraft()
        try await answers.grounded(
            AnswerWriter.Results(
                question: messages.last { $0.role == .user }?.content ?? "", steps: steps, tools: []),
            persona: instructions.isEmpty ? persona : instructions, draft: &draft)
        return (draft.text, draft.usage)
    }
}
