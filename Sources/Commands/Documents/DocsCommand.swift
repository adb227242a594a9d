import ArgumentParser
import SquireClient
import SquireProtocol

struct DocsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "docs",
        abstract: "Give answers your documents to draw on, and search them.",
        discussion: """
            Documents are read into collections on this machine and stay here. What is found in them is \
            shown with its title and place.

              squire docs add ~/notes --collection notes --watch
              squire docs search how do I change the oil filter
            """,
        subcommands: [Add.self, List.self, Search.self, Remove.self, Check.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the collections and their documents.")

        @Option(help: ArgumentHelp("Only this collection.", valueName: "name"))
        var collection: String?

        @Option(help: ArgumentHelp("The most documents to list.", valueName: "n"))
        var limit = 100

        @Option(help: ArgumentHelp("Leave out the n first.", valueName: "n"))
        var offset = 0

        @OptionGroup
        var common: CommonOptions

        func validate() throws {
            try Paging.check(limit: limit, offset: offset)
        }

        func run() async throws {
            let result = try await common.withClient {
                try await $0.documents(DocumentListParameters(collection: collection, limit: limit, offset: offset))
            }
            try common.report(result) {
                DocumentText.list(result, collection: collection, offset: offset, common.console)
            }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget documents, or a whole collection.",
            discussion: """
                The files themselves stay as they are. A folder stands for all documents in it.

                  squire docs remove ~/notes/old
                  squire docs remove --collection notes
                """)

        @Argument(help: ArgumentHelp("The documents' ids, files, folders or addresses.", valueName: "id or path"))
        var documents: [String] = []

        @Option(help: ArgumentHelp("Forget this collection and all in it.", valueName: "name"))
        var collection: String?

        @OptionGroup
        var common: CommonOptions

        func validate() throws {
            guard documents.isEmpty != (collection == nil) else {
                throw ValidationError("Name documents to remove, or one --collection.")
            }
        }

        func run() async throws {
            let parameters = DocumentRemoveParameters(
                documents: collection == nil ? documents.map(DocumentPlace.idOrPlace) : nil, collection: collection)
            let result = try await common.withClient { try await $0.removeDocuments(parameters) }
            try common.report(result) { "Removed \(Format.counted(result.removed, "document")).\n" }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "See whether the index holds together.",
            discussion: "Exits with 1 where there are problems left.")

        @Flag(help: "Make anew what does not hold together.")
        var repair = false

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let progress = CountedProgress(console: common.console, unit: "documents")
            let result = try await common.withClient { client in
                defer { progress.finish() }
                return try await client.checkDocuments(
                    DocumentCheckParameters(repair: repair ? true : nil), onEvent: progress.receive)
            }
            try common.report(result) { DocumentText.check(result, common.console) }
            if DocumentText.hasProblemsLeft(result) { throw ExitCode(ExitStatus.failed) }
        }
    }
}
