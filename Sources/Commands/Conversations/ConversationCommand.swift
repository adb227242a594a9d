import ArgumentParser
import Core
import SquireClient
import SquireProtocol

struct ConversationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversation",
        abstract: "List, show, search, rename and delete conversations.",
        subcommands: [List.self, Show.self, Search.self, Rename.self, Delete.self])

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

    struct Search: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Find what was said, in all conversations.",
            discussion: """
                Messages with all of the words come first, the best first.

                  squire conversation search moon next March
                """)

        @Argument(help: ArgumentHelp("What to look for, in one or more words.", valueName: "query"))
        var words: [String]

        @Option(help: ArgumentHelp("The most messages to show.", valueName: "n"))
        var limit = 20

        @OptionGroup
        var common: CommonOptions

        func validate() throws {
            guard words.contains(where: { $0.contains { $0.isLetter || $0.isNumber } }) else {
                throw ValidationError("Say what to look for: squire conversation search moon")
            }
            try Paging.check(limit: limit, offset: 0)
        }

        func run() async throws {
            let messages = try await common.withClient {
                try await $0.searchConversations(words.joined(separator: " "), limit: limit)
            }
            try common.report(ConversationSearchResult(messages: messages)) {
                ConversationText.found(messages, common.console)
            }
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a conversation another title.",
            discussion: """
                  squire conversation rename 3f0c… The moon in March
                """)

        @Argument(help: ArgumentHelp("The conversation; see conversation list.", valueName: "id"))
        var conversation: String

        @Argument(help: ArgumentHelp("Its title, in one or more words.", valueName: "title"))
        var words: [String]

        @OptionGroup
        var common: CommonOptions

        func validate() throws {
            guard words.contains(where: { $0.contains { !$0.isWhitespace } }) else {
                throw ValidationError("Say what it is to be called: squire conversation rename ID The moon in March")
            }
        }

        func run() async throws {
            let renamed = try await common.withClient {
                try await $0.renameConversation(conversation, to: words.joined(separator: " "))
            }
            try common.report(ConversationRenameResult(conversation: renamed)) {
                "Renamed to \(PlainText.line(renamed.title)).\n"
            }
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
