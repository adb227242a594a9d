import Core
import JSONRPC
import SquireProtocol

/// `conversation/list`, `conversation/get`, `conversation/search`, `conversation/rename` and `conversation/delete`.
struct ConversationMethods: Sendable {
    let store: any ConversationStore

    func add(to router: inout RPCRouter) {
        router.on(Method.conversationList) { (parameters: ConversationListParameters, _) in
            let page = try Page(
                limit: parameters.limit, offset: parameters.offset, usual: 50, of: Method.conversationList)
            return ConversationListResult(
                conversations: try await store.conversations(limit: page.limit, offset: page.offset),
                total: try await store.conversationCounts().conversations)
        }
        router.on(Method.conversationGet) { (parameters: ConversationParameters, _) in
            let (conversation, messages) = try await store.conversation(parameters.conversation)
            return ConversationResult(conversation: conversation, messages: messages)
        }
        router.on(Method.conversationSearch) { (parameters: ConversationSearchParameters, _) in
            let limit = try Page(limit: parameters.limit, offset: nil, usual: 20, of: Method.conversationSearch).limit
            guard parameters.query.contains(where: { $0.isLetter || $0.isNumber }) else {
                throw RPCError.invalidParameters(Method.conversationSearch, "query must have a word in it")
            }
            return ConversationSearchResult(
                messages: try await store.messages(matching: parameters.query, limit: limit))
        }
        router.on(Method.conversationRename) { (parameters: ConversationRenameParameters, _) in
            let title = try Self.title(parameters.title)
            return ConversationRenameResult(
                conversation: try await store.rename(conversation: parameters.conversation, to: title))
        }
        router.on(Method.conversationDelete) { (parameters: ConversationDeleteParameters, _) in
            try await delete(parameters)
        }
    }

    /// Deletes all that are named, or none where one is not there.
    private func delete(_ parameters: ConversationDeleteParameters) async throws -> ConversationDeleteResult {
        let words: [String]
        switch (parameters.conversation, parameters.conversations) {
        case (let word?, nil): words = [word]
        case (nil, let several?): words = several
        default:
            throw RPCError.invalidParameters(
                Method.conversationDelete, "give either conversation or conversations, and not both")
        }
        var ids: [String] = []
        for word in words {
            let id = try await store.conversationID(word)
            if !ids.contains(id) { ids.append(id) }
        }
        for id in ids { try await store.delete(conversation: id) }
        return ConversationDeleteResult(deleted: ids)
    }

    private static let titleLimit = 200

    /// A title on one line.
    private static func title(_ text: String) throws -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !line.isEmpty else { throw RPCError.invalidParameters(Method.conversationRename, "title is empty") }
        guard line.count <= titleLimit else {
            throw RPCError.invalidParameters(
                Method.conversationRename, "title has \(line.count) characters; at most \(titleLimit) are kept")
        }
        return line
    }
}

extension RPCError {
    /// Parameters that each have the right type, and together make no sense.
    static func invalidParameters(_ method: String, _ problem: String) -> RPCError {
        RPCError(.invalidParams, "Invalid parameters of \(method): \(problem).")
    }
}
