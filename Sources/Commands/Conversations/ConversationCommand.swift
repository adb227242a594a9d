import ArgumentParser
import Core
import SquireClient
import SquireProtocol

struct ConversationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversation",
        abstract: "List, show and delete conversations.",
        subcommands: [List.self, Show.self, Delete.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List conversations, the newest first.")

        @Option(help: ArgumentHelp("The most to list.", valueName: "n"))
        var limit = 50

        @Option(help: ArgumentHelp("Leave out the n newest.", valueName: "n"))
        var offset = 0

        @OptionGroup
        var common: CommonOptions

        func validate() throws {
            try Paging.check(limit: limit, offset: offset)
        }

        func run() async throws {
            let conversations = try await common.withClient {
                try await $0.conversations(limit: limit, offset: offset)
            }
            try common.report(ConversationListResult(conversations: conversations)) {
                ConversationText.list(conversations, common.console)
            }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a conversation's messages.")

        @Argument(help: ArgumentHelp("The conversation; see conversation list.", valueName: "id"))
        var conversation: String

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let result = try await common.withClient { try await $0.conversation(conversation) }
            try common.report(result) { ConversationText.show(result, common.console) }
        }
    }

    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Delete a conversation and its messages.")

        @Argument(help: ArgumentHelp("The conversation; see conversation list.", valueName: "id"))
        var conversation: String

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            try await common.withClient { try await $0.deleteConversation(conversation) }
            try common.report(["conversation": JSONValue.string(conversation), "deleted": true]) {
                "Deleted \(conversation).\n"
            }
        }
    }
}
