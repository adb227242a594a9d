package import Core
import JSONRPC
package import SquireProtocol

extension SquireClient {
    /// The newest first.
    package func conversations(limit: Int? = nil, offset: Int? = nil) async throws -> [Conversation] {
        try await conversationPage(limit: limit, offset: offset).conversations
    }

    /// The newest first, and how many there are in all.
    package func conversationPage(limit: Int? = nil, offset: Int? = nil) async throws -> ConversationListResult {
        try await connection.call(
            Method.conversationList, ConversationListParameters(limit: limit, offset: offset))
    }

    /// A conversation with all its messages.
    package func conversation(_ id: String) async throws -> ConversationResult {
        try await connection.call(Method.conversationGet, ConversationParameters(conversation: id))
    }

    /// Messages that have a text's words, the best first.
    package func searchConversations(_ query: String, limit: Int? = nil) async throws -> [FoundMessage] {
        try await connection.call(
            Method.conversationSearch, ConversationSearchParameters(query: query, limit: limit),
            as: ConversationSearchResult.self
        ).messages
    }

    /// The conversation under its new title.
    package func renameConversation(_ id: String, to title: String) async throws -> Conversation {
        try await connection.call(
            Method.conversationRename, ConversationRenameParameters(conversation: id, title: title),
            as: ConversationRenameResult.self
        ).conversation
    }

    package func deleteConversation(_ id: String) async throws {
        _ = try await connection.call(
            Method.conversationDelete, ConversationDeleteParameters(conversation: id), as: ConversationDeleteResult.self
        )
    }

    /// None is deleted where one is not there.
    ///
    /// - Returns: their whole ids.
    package func deleteConversations(_ ids: [String]) async throws -> [String] {
        try await connection.call(
            Method.conversationDelete, ConversationDeleteParameters(conversations: ids),
            as: ConversationDeleteResult.self
        ).deleted
    }
}
