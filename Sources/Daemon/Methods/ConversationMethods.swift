import Core
import JSONRPC
import SquireProtocol

/// `conversation/list`, `conversation/get` and `conversation/delete`.
struct ConversationMethods: Sendable {
    let store: any ConversationStore

    func add(to router: inout RPCRouter) {
        router.on(Method.conversationList) { (parameters: ConversationListParameters, _) in
            let page = try Page(
                limit: parameters.limit, offset: parameters.offset, usual: 50, of: Method.conversationList)
            return ConversationListResult(
                conversations: try await store.conversations(limit: page.limit, offset: page.offset))
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
