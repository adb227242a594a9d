import ArgumentParser
import Foundation
import SquireClient
import SquireProtocol

extension DocsCommand {
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read documents into a collection.",
            discussion: """
                Folders are read whole, but for hidden files, what a .gitignore names, and symbolic links that lead \
                out of them. What has not changed \
                since it was added is not read again, so that the same command goes on where it was \
                interrupted. Files that cannot be read are named with the reason, and the rest goes on; \
                exits with 1 where nothing could be read.

                  squire docs add ~/notes manual.pdf https://example.org/page
                  squire docs add --watch --collection notes ~/notes
                  pdftotext scan.pdf - | squire docs add --title "The scan"
                """)

        @Argument(
            help: ArgumentHelp(
                "Files, folders and addresses; - or none for the text piped in.", valueName: "path or URL"))
        var paths: [String] = []

        @Option(
            help: ArgumentHelp("The title of a text that is piped in; its first line otherwise.", valueName: "text"))
        var title: String?

        @Option(help: ArgumentHelp("The collection to add to; \"documents\" otherwise.", valueName: "name"))
        var collection: String?

        @Flag(help: "Follow the folders from now on: what changes in them is read again.")
        var watch = false

        @Flag(help: "Follow symbolic links that lead out of the folders, too.")
        var followLinks = false

        @OptionGroup
        var common: CommonOptions

        func validate() throws {
            guard !isText || paths.count <= 1 else {
                throw ValidationError("- stands for the text piped in, and stands alone.")
            }
            guard isText || title == nil else { throw ValidationError("--title is for a text that is piped in.") }
            guard !isText || !watch else { throw ValidationError("--watch is for folders.") }
            guard !isText || !followLinks else { throw ValidationError("--follow-links is for folders.") }
        }

        func run() async throws {
            let parameters = try parameters(piped: isText ? PipedInput.read() : nil)
            let console = common.console
            let progress = CountedProgress(console: console, unit: "documents")
            let result = try await common.withClient { client in
                try await Self.add(parameters, client, progress)
            }
            try common.report(result) { DocumentText.added(result) }
            if !common.json { DocumentText.warn(result, console) }
            if DocumentText.isFailure(result) { throw ExitCode(ExitStatus.failed) }
        }

        private var isText: Bool { paths.isEmpty || paths.contains("-") }

        /// - Throws: `usage` where there is nothing to add.
        func parameters(piped: String?) throws -> DocumentAdd.Parameters {
            guard isText else {
                return DocumentAdd.Parameters(
                    paths: paths.map(DocumentPlace.absolute), collection: collection, watch: watch ? true : nil,
                    followLinks: followLinks ? true : nil)
            }
            guard let piped else {
                throw CommandError(
                    .usage, "There is nothing to add. Name files or folders, or pipe a text in: squire docs add ~/notes"
                )
            }
            let firstLine = piped.split(whereSeparator: \.isNewline).first { !$0.allSatisfy(\.isWhitespace) }
            return DocumentAdd.Parameters(
                text: piped, title: title ?? PlainText.line(String(firstLine ?? ""), limit: 80), collection: collection)
        }

        /// - Throws: `interrupted` when the task was cancelled.
        static func add(
            _ parameters: DocumentAdd.Parameters, _ client: SquireClient, _ progress: CountedProgress
        ) async throws -> DocumentAdd.Result {
            defer { progress.finish() }
            do {
                return try await Interruption.cancelling {
                    try await client.call(DocumentAdd.self, parameters, onEvent: progress.receive)
                }
            } catch is CancellationError {
                throw CommandError(
                    .interrupted, "Interrupted. What was added stays; the same command goes on with the rest.")
            }
        }
    }
}
