import ArgumentParser
import Core
import Foundation
import Ownership
import SquireClient
import SquireProtocol

extension ConversationCommand {
    struct Export: AsyncParsableCommand {
        enum Form: String, ExpressibleByArgument, CaseIterable {
            case markdown, json
        }

        static let configuration = CommandConfiguration(
            abstract: "Write conversations as Markdown or JSON.",
            discussion: """
                Markdown is for reading; JSON has all there is: branches, plugin calls, citations. A file is written \
                whole or not at all, for its owner alone, and is not written over without --force.

                  squire conversation export 3f0c >moon.md
                  squire conversation export --all --format json --output conversations.json
                """)

        @Argument(help: ArgumentHelp("The conversations; see conversation list.", valueName: "id"))
        var conversations: [String] = []

        @Flag(help: "Export all conversations.")
        var all = false

        @Option(help: "markdown or json.")
        var format = Form.markdown

        @Option(
            name: .shortAndLong,
            help: ArgumentHelp("Where to write it; standard output otherwise.", valueName: "file"))
        var output: String?

        @Flag(help: "Write over the file where there is one.")
        var force = false

        @OptionGroup
        var common: CommonOptions

        func validate() throws {
            guard conversations.isEmpty == all else {
                throw ValidationError("Name conversations to export, or give --all.")
            }
        }

        func run() async throws {
            if let output, !force, FileManager.default.fileExists(atPath: output) {
                throw CommandError(
                    .usage, "\(output) is there already. Give another file, or --force to write over it.")
            }
            let exported = try await common.withClient { client in
                var words = conversations
                if all { words = try await client.allConversations().map(\.id) }
                var exported: [ConversationGet.Result] = []
                for word in words {
                    exported.append(try await client.call(ConversationGet.self, .init(conversation: word)))
                }
                return exported
            }
            let text =
                switch common.json ? .json : format {
                case .markdown: exported.map(ConversationMarkdown.text).joined(separator: "\n")
                case .json: try common.report.document(ConversationExport(conversations: exported))
                }
            guard let output else {
                common.console.out(text)
                return
            }
            try ConversationExport.write(text, to: output)
            common.console.err("Wrote \(Format.counted(exported.count, "conversation")) to \(output).\n")
        }
    }
}

/// What `conversation export --format json` writes.
struct ConversationExport: Encodable {
    var conversations: [ConversationGet.Result]

    /// Writes an export, for its owner alone, whole or not at all.
    ///
    /// - Throws: `outputUnwritable`.
    static func write(_ text: String, to path: String) throws {
        do throws(POSIXError) {
            try PrivateFile.write(text, to: path, by: "\(path).\(ProcessInfo.processInfo.processIdentifier).part")
        } catch {
            let reason = unsafe String(cString: strerror(error.code.rawValue))
            throw CommandError(.outputUnwritable, "\(path) could not be written: \(reason).")
        }
    }
}
