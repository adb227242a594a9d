import Core
import JSONRPC
import SquireProtocol

/// `conversation/list`, `conversation/get`, `conversation/search`, `conversation/rename` and `conversation/delete`.
struct ConversationMethods: Sendable {
    let store: any ConversationStore

    func add(to router: inout RPCRouter) {
        router.on(ConversationList.self) { parameters, _ in
            let page = try Page(
                limit: parameters.limit, offset: parameters.offset, usual: 50, of: ConversationList.self)
            return ConversationList.Result(
                conversations: try await store.conversations(limit: page.limit, offset: page.offset)
                    .map(WireConversation.init),
                total: try await store.conversationCounts().conversations)
        }
        router.on(ConversationGet.self) { parameters, _ in
            let (conversation, messages) = try await store.conversation(parameters.conversation)
            return ConversationGet.Result(
                conversation: WireConversation(conversation), messages: messages.map(WireMessage.init))
        }
        router.on(ConversationSearch.self) { parameters, _ in
            let limit = try Page(limit: parameters.limit, offset: nil, usual: 20, of: ConversationSearch.self).limit
            guard parameters.query.contains(where: { $0.isLetter || $0.isNumber }) else {
                throw RPCError.invalidParameters(ConversationSearch.self, "query must have a word in it")
            }
            return ConversationSearch.Result(
                messages: try await store.messages(matching: parameters.query, limit: limit)
                    .map(ConversationSearch.FoundMessage.init))
        }
        router.on(ConversationRename.self) { parameters, _ in
            let title = try Self.title(parameters.title)
            return ConversationRename.Result(
                conversation: WireConversation(
                    try await store.rename(conversation: parameters.conversation, to: title)))
        }
        router.on(ConversationDelete.self) { parameters, _ in
            try await delete(parameters)
        }
    }

    /// Deletes all that are named, or none where one is not there.
    private func delete(_ parameters: ConversationDelete.Parameters) async throws -> ConversationDelete.Result {
        let words: [String]
        switch (parameters.conversation, parameters.conversations) {
        case (let word?, nil): words = [word]
        case (nil, let several?): words = several
        default:
            throw RPCError.invalidParameters(
                ConversationDelete.self, "give either conversation or conversations, and not both")
        }
        var ids: [String] = []
        for word in words {
            let id = try await store.conversationID(word)
            if !ids.contains(id) { ids.append(id) }
        }
        for id in ids { try await store.delete(conversation: id) }
        return ConversationDelete.Result(deleted: ids)
    }

    private static let titleLimit = 200

    /// A title on one line.
    private static func title(_ text: String) throws -> String {
        let line = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard !line.isEmpty else { throw RPCError.invalidParameters(ConversationRename.self, "title is empty") }
        guard line.count <= titleLimit else {
            throw RPCError.invalidParameters(
                ConversationRename.self, "title has \(line.count) characters; at most \(titleLimit) are kept")
        }
        return line
    }
}

extension WireConversation {
    fileprivate init(_ conversation: Conversation) {
        self.init(
            id: conversation.id, title: conversation.title, createdAt: conversation.createdAt,
            updatedAt: conversation.updatedAt, messageCount: conversation.messageCount)
    }
}

extension ConversationSearch.FoundMessage {
    fileprivate init(_ found: FoundMessage) {
        self.init(
            conversation: found.conversation, title: found.title, message: found.message,
            role: WireMessage.Role(found.role), createdAt: found.createdAt, text: found.text)
    }
}

extension RPCError {
    /// Parameters that each have the right type, and together make no sense.
    static func invalidParameters(_ method: any RPCMethod.Type, _ problem: String) -> RPCError {
        RPCError(.invalidParams, "Invalid parameters of \(method.name): \(problem).")
    }
}
