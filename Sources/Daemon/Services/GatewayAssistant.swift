import Agent
import Core
import Foundation
import Gateway

/// The assistant as the gateway asks it: who asks keeps the conversation, and nothing is stored.
struct GatewayAssistant: AssistantAsking {
    let assistant: Assistant

    /// A token tells that a program may ask, and not that its user agrees.
    private static let refusal =
        "it needs your consent, which cannot be given through the gateway; permanent permissions do not apply there"

    func ask(
        _ question: AssistantQuestion, emit: @escaping @Sendable (AssistantPiece) -> Void
    ) async throws -> AssistantAnswer {
        var messages = question.messages
        let last = messages.popLast()
        let persona = messages.filter { $0.role == .system }.map(\.content).joined(separator: "\n")
        var earlier: [Message] = []
        for message in messages where message.role != .system {
            earlier.append(
                Message(
                    id: UUID().uuidString.lowercased(), parent: earlier.last?.id,
                    role: message.role == .user ? .user : .assistant, text: message.content, createdAt: Date()))
        }
        let answer = try await assistant.answer(
            Assistant.Question(
                message: last?.content ?? "", persona: persona.isEmpty ? nil : persona, plugins: question.plugins,
                collections: question.collections, sampling: question.sampling), after: earlier, refusal: Self.refusal
        ) { event in
            switch event {
            case .token(let text): emit(.text(text))
            case .indexing(let progress): emit(.warning(progress.sentence()))
            case .queued, .toolCall, .toolResult, .passages, .reading: break
            }
        }
        // Nobody is there to be given what a cancelled answer had come to.
        try Task.checkCancellation()
        var usage = answer.usage ?? Usage()
        usage.droppedTurns = answer.context?.leftOut.compactMap(\.turns).max() ?? usage.droppedTurns
        return AssistantAnswer(
            text: answer.text, citations: answer.citations, usage: usage,
            finishReason: answer.finishReason ?? .stop)
    }
}
