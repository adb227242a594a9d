import ArgumentParser
import Core
import SquireClient
import SquireProtocol

struct ConversationCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conversation",
        abstract: "List, show, search, rename, export and delete conversations.",
        discussion: "The beginning of an id will do wherever one is asked for, if no other begins so.",
        subcommands: [List.self, Show.self, Search.self, Rename.self, Export.self, Delete.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "List conversations, the newest first.",
            discussion: "Where there are more than are listed, standard error says so.")

        @OptionGroup
        var paging: ListPaging

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let result = try await common.withClient { client in
                try await paging.all { limit, offset in
                    let page = try await client.call(ConversationList.self, .init(limit: limit, offset: offset))
                    return (page.conversations, page.total)
                }
            }
            try common.report(ConversationList.Result(conversations: result.items, total: result.total)) {
                ConversationText.list(result.items, common.console)
            }
            if !common.json { paging.sayMore(result, of: "conversations", common.console) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a conversation's messages.")

        @Argument(help: ArgumentHelp("The conversation; see conversation list.", valueName: "id"))
        var conversation: String

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let result = try await common.withClient {
                try await $0.call(ConversationGet.self, .init(conversation: conversation))
            }
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
            let result = try await common.withClient {
                try await $0.call(ConversationSearch.self, .init(query: words.joined(separator: " "), limit: limit))
            }
            try common.report(result) { ConversationText.found(result.messages, common.console) }
        }
    }

    struct Rename: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Give a conversation another title.",
            discussion: """
                  squire conversation rename 3f0c The moon in March
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
            let result = try await common.withClient {
                try await $0.call(
                    ConversationRename.self, .init(conversation: conversation, title: words.joined(separator: " ")))
            }
            try common.report(result) { "Renamed to \(PlainText.line(result.conversation.title)).\n" }
        }
    }
}
