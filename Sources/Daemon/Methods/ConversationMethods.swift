import Core
import JSONRPC
import SquireProtocol

/// `conversation/list`, `conversation/get` and `conversation/delete`.
struct ConversationMethods: Sendable {
    let store: any ConversationStore

    /// The most conversations of one `conversation/list`.
    private static let limit = 1000

    func add(to router: inout RPCRouter) {
        router.on(Method.conversationList) { (parameters: ConversationListParameters, _) in
            let limit = parameters.limit ?? 50
            let offset = parameters.offset ?? 0
            guard (0...Self.limit).contains(limit) else {
                throw RPCError.invalidParameters(
                    Method.conversationList, "limit must be from 0 to \(Self.limit), not \(limit)")
            }
            guard offset >= 0 else {
                throw RPCError.invalidParameters(Method.conversationList, "offset must be 0 or more, not \(offset)")
            }
            return ConversationListResult(conversations: try await store.conversations(limit: limit, offset: offset))
        }
        router.on(Method.conversationGet) { (parameters: ConversationParameters, _) in
            let (conversation, messages) = try await store.conversation(parameters.conversation)
            return ConversationResult(conversation: conversation, messages: messages)
        }
        router.on(Method.conversationDelete) { (parameters: ConversationParameters, _) in
            try await store.delete(conversation: parameters.conversation)
            return RPCNothing()
        }
    }
}

extension RPCError {
    /// Parameters that each have the right type, and together make no sense.
    static func invalidParameters(_ method: String, _ problem: String) -> RPCError {
        RPCError(.invalidParams, "Invalid parameters of \(method): \(problem).")
    }
}
