import ArgumentParser
import Core
import SquireClient
import SquireProtocol

struct GatewayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gateway",
        abstract: "What programs written for OpenAI's API need.",
        discussion: "The gateway is off unless gateway.listen is configured.",
        subcommands: [Token.self])

    struct Token: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Print what the gateway's clients send as their API key.",
            discussion: """
                Squire makes one and keeps it in its home, unless gateway.token is configured.

                  export OPENAI_API_KEY=$(squire gateway token)
                """)

        @Flag(name: .customLong("new"), help: "Make a new token first; the old one is no longer valid.")
        var isNew = false

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let result = try await common.withClient {
                try await $0.call(GatewayToken.self, .init(new: isNew ? true : nil))
            }
            try common.report(result) { result.token.map { "\($0)\n" } ?? "" }
            if !common.json, result.token == nil {
                common.console.err(
                    "The gateway\(result.listen.map { " at \(PlainText.line($0))" } ?? "") needs no token.\n")
            }
        }
    }
}
