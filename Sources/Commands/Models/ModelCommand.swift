import ArgumentParser
import SquireClient
import SquireProtocol

struct ModelCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "model",
        abstract: "List, describe and tune the language models.",
        subcommands: [List.self, Info.self, Tune.self])

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the models the daemon knows of.")

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let result = try await common.withClient { try await $0.call(ModelList.self) }
            try common.report(result) { ModelText.list(result.models, common.console) }
        }
    }

    struct Info: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Describe a model.")

        @Argument(help: "The model's name; the loaded chat model where missing.")
        var name: String?

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let model = try await common.withClient { try await $0.call(ModelInfo.self, .init(name: name)) }
            try common.report(model) { ModelText.info(model, common.console) }
        }
    }
}
