import Core
import Foundation
import GRDB

/// A message as it is in the table `messages`, without its steps.
struct MessageRow: FetchableRecord, PersistableRecord {
    static let databaseTableName = "messages"

    var message: Message
    var conversation: String

    init(_ message: Message, conversation: String) {
        self.message = message
        self.conversation = conversation
    }

    init(row: Row) throws {
        guard let role = Role(rawValue: row["role"]) else {
            throw StoreError(.damaged, "message \(row["id"] as String) has an unknown role")
        }
        conversation = row["conversation"]
        message = Message(
            id: row["id"], parent: row["parent"], role: role, text: row["text"],
            createdAt: Date(milliseconds: row["createdAt"]),
            citations: try JSONValue(parsing: row["citations"]).decode([StoredCitation].self).map(\.citation),
            finishReason: (row["finishReason"] as String?).flatMap(FinishReason.init(rawValue:)))
        if let promptTokens = row["promptTokens"] as Int? {
            message.usage = Usage(
                promptTokens: promptTokens, cachedTokens: row["cachedTokens"] ?? 0,
                completionTokens: row["completionTokens"] ?? 0)
        }
        if let total = row["totalSeconds"] as Double? {
            message.timings = Timings(firstTokenSeconds: row["firstTokenSeconds"], totalSeconds: total)
        }
        message.context = try (row["context"] as String?).map {
            try JSONValue(parsing: $0).decode(StoredContext.self).ledger
        }
        message.support = try (row["support"] as String?).map {
            try JSONValue(parsing: $0).decode([StoredSupport].self).map { try $0.support }
        }
    }

    func encode(to container: inout PersistenceContainer) throws {
        container["id"] = message.id
        container["conversation"] = conversation
        container["parent"] = message.parent
        container["role"] = message.role.rawValue
        container["text"] = message.text
        container["createdAt"] = message.createdAt.milliseconds
        container["citations"] = try JSONValue(encoding: message.citations.map(StoredCitation.init)).text
        container["finishReason"] = message.finishReason?.rawValue
        container["promptTokens"] = message.usage?.promptTokens
        container["cachedTokens"] = message.usage?.cachedTokens
        container["completionTokens"] = message.usage?.completionTokens
        container["firstTokenSeconds"] = message.timings?.firstTokenSeconds
        container["totalSeconds"] = message.timings?.totalSeconds
        container["context"] = try message.context.map { try JSONValue(encoding: StoredContext($0)).text }
        container["support"] = try message.support.map {
            try JSONValue(encoding: $0.map(StoredSupport.init)).text
        }
    }
}
