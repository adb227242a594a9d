import ArgumentParser
import Core
import Foundation
import SquireClient
import SquireProtocol

extension ConversationCommand {
    struct Delete: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Delete conversations and their messages.",
            discussion: """
                More than one are deleted when you have agreed at the terminal, or with --yes.

                  squire conversation delete 3f0c
                  squire conversation delete --older-than 30d
                  squire conversation delete --all --yes
                """)

        @Argument(help: ArgumentHelp("The conversations; see conversation list.", valueName: "id"))
        var conversations: [String] = []

        @Flag(help: "Delete all conversations.")
        var all = false

        @Option(
            help: ArgumentHelp(
                "Delete conversations without a message for this long: 12h, 30d, 8w, 6m, 1y.", valueName: "time"))
        var olderThan: Age?

        @Flag(name: .shortAndLong, help: "Do not ask.")
        var yes = false

        @OptionGroup
        var common: CommonOptions

        /// Those that one request deletes.
        private static let batch = 100

        func validate() throws {
            guard [!conversations.isEmpty, all, olderThan != nil].count(where: \.self) == 1 else {
                throw ValidationError("Name conversations to delete, or give --all or --older-than.")
            }
        }

        func run() async throws {
            let deleted = try await common.withClient { client in
                let chosen = try await chosen(client)
                guard try await isAgreed(chosen, client) else { throw CommandError(.notAgreed, "Nothing was deleted.") }
                var deleted: [String] = []
                while deleted.count < chosen.count {
                    deleted += try await client.call(
                        ConversationDelete.self,
                        .init(conversations: Array(chosen[deleted.count...].prefix(Self.batch)))
                    ).deleted
                }
                return deleted
            }
            try common.report(ConversationDelete.Result(deleted: deleted)) {
                switch deleted.count {
                case 0: "There was nothing to delete.\n"
                case 1: "Deleted \(deleted[0]).\n"
                default: "Deleted \(deleted.count) conversations.\n"
                }
            }
        }

        /// The whole ids of what is to go: what was counted and agreed to, and nothing that came after.
        private func chosen(_ client: SquireClient) async throws -> [String] {
            guard conversations.isEmpty else {
                var ids: [String] = []
                for word in conversations {
                    let id = try await client.call(ConversationGet.self, .init(conversation: word)).conversation.id
                    if !ids.contains(id) { ids.append(id) }
                }
                return ids
            }
            let limit = olderThan.map { $0.date(before: Date()) } ?? .distantFuture
            return try await client.allConversations().filter { $0.updatedAt < limit }.map(\.id)
        }

        private func isAgreed(_ chosen: [String], _ client: SquireClient) async throws -> Bool {
            if yes || chosen.isEmpty || chosen.count == 1 && !conversations.isEmpty { return true }
            let what = Format.counted(chosen.count, "conversation")
            guard
                let agreed = try await Confirmation.ask("Delete \(what) and all that was said in them?", common.console)
            else {
                throw CommandError(
                    .usage, "This would delete \(what). Run it at a terminal to be asked, or add --yes.")
            }
            return agreed
        }
    }
}

/// A length of time as it is typed: `30d`.
struct Age: ExpressibleByArgument, Hashable {
    let count: Int
    let unit: Calendar.Component

    private static let units: [Character: (Calendar.Component, Int)] = [
        "h": (.hour, 1), "d": (.day, 1), "w": (.day, 7), "m": (.month, 1), "y": (.year, 1),
    ]

    init?(argument: String) {
        guard let last = argument.last, let (unit, factor) = Self.units[last], let number = Int(argument.dropLast()),
            (1...100_000).contains(number)
        else { return nil }
        count = number * factor
        self.unit = unit
    }

    func date(before now: Date) -> Date {
        Calendar(identifier: .gregorian).date(byAdding: unit, value: -count, to: now) ?? .distantPast
    }
}

extension SquireClient {
    /// Those of one request.
    private static let page = 1000

    /// All conversations, the newest first.
    func allConversations() async throws -> [WireConversation] {
        var all: [WireConversation] = []
        while true {
            let page = try await call(ConversationList.self, .init(limit: Self.page, offset: all.count)).conversations
            all += page
            if page.count < Self.page { return all }
        }
    }
}
