import Core
import Logging

/// Makes summaries of conversations that have outgrown their share of the context, one at a time, while nobody waits.
///
/// What is still to be made is not stored: the next question of the conversation asks for it again.
final class ConversationSummarizer: Sendable {
    private struct Wish: Sendable {
        var conversation: String
        var message: String
    }

    private let writer: SummaryWriter
    private let store: any ConversationStore
    private let logger: Logger
    private let wishes: AsyncStream<Wish>
    private let wish: AsyncStream<Wish>.Continuation

    /// Wishes that wait; with more, the oldest are forgotten until they are asked for again.
    private static let mostWaiting = 64

    init(writer: SummaryWriter, store: any ConversationStore, logger: Logger) {
        self.writer = writer
        self.store = store
        self.logger = logger
        (wishes, wish) = AsyncStream.makeStream(of: Wish.self, bufferingPolicy: .bufferingNewest(Self.mostWaiting))
    }

    /// Messages up to this one are no longer given to the model.
    func note(_ message: String, in conversation: String) {
        wish.yield(Wish(conversation: conversation, message: message))
    }

    /// Works until it is cancelled.
    func run() async {
        for await wish in wishes {
            do {
                try await make(wish)
            } catch is CancellationError {
                return
            } catch {
                // Deleted meanwhile, or never stored; or the model is not there.
                logger.debug(
                    "no summary", metadata: ["conversation": "\(wish.conversation)", "error": "\(error)"])
            }
        }
    }

    private func make(_ wish: Wish) async throws {
        let path = try await store.path(to: wish.message, conversation: wish.conversation).map(\.unmarked)
        let known = ContextPlanner.furthest(try await store.summaries(of: wish.conversation), in: path)
        guard known?.count != path.count else { return }
        let text = try await writer.summary(of: path, after: known?.summary.text, covering: known?.count ?? 0)
        guard !text.isEmpty else { return }
        try await store.store(
            ConversationSummary(lastMessage: wish.message, text: text), conversation: wish.conversation)
        logger.debug("summarised", metadata: ["conversation": "\(wish.conversation)", "messages": "\(path.count)"])
    }
}
