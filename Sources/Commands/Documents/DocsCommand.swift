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
        static let configuration = CommandConfiguration(
            abstract: "List the collections and their documents.",
            discussion: "Where there are more than are listed, standard error says so.")

        @Option(help: ArgumentHelp("Only this collection.", valueName: "name"))
        var collection: String?

        @OptionGroup
        var paging: ListPaging

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            var collections: [CollectionSummary] = []
            let part = try await common.withClient { client in
                try await paging.all { limit, offset in
                    let page = try await client.call(
                        DocumentList.self, .init(collection: collection, limit: limit, offset: offset))
                    collections = page.collections
                    return (page.documents, collections.map(\.documents).reduce(0, +))
                }
            }
            let result = DocumentList.Result(collections: collections, documents: part.items)
            try common.report(result) { DocumentText.list(result, collection: collection, common.console) }
            if !common.json { paging.sayMore(part, of: "documents", common.console) }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Forget documents, or a whole collection.",
            discussion: """
                The files themselves stay as they are. A folder stands for all documents in it; the beginning of an id \
                will do, if no other begins so.

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
            let parameters = DocumentRemove.Parameters(
                documents: collection == nil ? documents.map(DocumentPlace.idOrPlace) : nil, collection: collection)
            let result = try await common.withClient { try await $0.call(DocumentRemove.self, parameters) }
            try common.report(result) { "Removed \(Format.counted(result.removed, "document")).\n" }
        }
    }

    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Check that the index is consistent.",
            discussion: "Exits with status 1 if problems remain.")

        @Flag(help: "Rebuild what is not consistent.")
        var repair = false

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let progress = CountedProgress(console: common.console, unit: "documents")
            let result = try await common.withClient { client in
                defer { progress.finish() }
                return try await client.call(
                    DocumentCheck.self, .init(repair: repair ? true : nil), onEvent: progress.receive)
            }
            try common.report(result) { DocumentText.check(result, common.console) }
            if DocumentText.hasProblemsLeft(result) { throw ExitCode(ExitStatus.failed) }
        }
    }
}
