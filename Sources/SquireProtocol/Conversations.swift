public import Core

/// `conversation/list`.
public struct ConversationListParameters: Sendable, Hashable, Codable {
    /// At most this many; 50 where missing.
    public var limit: Int?
    public var offset: Int?

    public init(limit: Int? = nil, offset: Int? = nil) {
        self.limit = limit
        self.offset = offset
    }
}

/// The newest first.
public struct ConversationListResult: Sendable, Hashable, Codable {
    public var conversations: [Conversation]
    /// How many there are in all.
    public var total: Int

    public init(conversations: [Conversation], total: Int) {
        self.conversations = conversations
        self.total = total
    }
}

/// `conversation/delete`: one of the two.
public struct ConversationDeleteParameters: Sendable, Hashable, Codable {
    public var conversation: String?
    public var conversations: [String]?

    public init(conversation: String? = nil, conversations: [String]? = nil) {
        self.conversation = conversation
        self.conversations = conversations
    }
}

/// `conversation/delete`: the whole ids of those that are gone.
public struct ConversationDeleteResult: Sendable, Hashable, Codable {
    public var deleted: [String]

    public init(deleted: [String]) {
        self.deleted = deleted
    }
}

/// `conversation/get`.
public struct ConversationParameters: Sendable, Hashable, Codable {
    public var conversation: String

    public init(conversation: String) {
        self.conversation = conversation
    }
}

/// `conversation/rename`.
public struct ConversationRenameParameters: Sendable, Hashable, Codable {
    public var conversation: String
    /// On one line; at most 200 characters.
    public var title: String

    public init(conversation: String, title: String) {
        self.conversation = conversation
        self.title = title
    }
}

/// `conversation/rename`: the conversation as it is now.
public struct ConversationRenameResult: Sendable, Hashable, Codable {
    public var conversation: Conversation

    public init(conversation: Conversation) {
        self.conversation = conversation
    }
}

/// `conversation/get`: all messages in the order they were stored.
public struct ConversationResult: Sendable, Hashable, Codable {
    public var conversation: Conversation
    public var messages: [Message]

    public init(conversation: Conversation, messages: [Message]) {
        self.conversation = conversation
        self.messages = messages
    }
}

/// `conversation/search`.
public struct ConversationSearchParameters: Sendable, Hashable, Codable {
    public var query: String
    /// At most this many; 20 where missing.
    public var limit: Int?

    public init(query: String, limit: Int? = nil) {
        self.query = query
        self.limit = limit
    }
}

/// The best first.
public struct ConversationSearchResult: Sendable, Hashable, Codable {
    public var messages: [FoundMessage]

    public init(messages: [FoundMessage]) {
        self.messages = messages
    }
}
