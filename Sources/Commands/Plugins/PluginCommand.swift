import ArgumentParser
import Core
import Foundation
import SquireClient
import SquireProtocol

struct PluginCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugin",
        abstract: "Register APIs that answers may use.",
        discussion: """
            A plugin is an HTTP API with an OpenAPI document, alone or named by an ai-plugin.json. Each \
            of its operations becomes something the assistant can call.
            """,
        subcommands: [
            Add.self, List.self, Show.self, Call.self, Enable.self, Disable.self, Refresh.self, Remove.self,
            PluginPermissionsCommand.self, PluginPermitCommand.self, PluginRevokeCommand.self,
        ])

    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Register a plugin, in place of one of the same name.",
            discussion: """
                What is wrong in a document is reported with its place, and then nothing is registered.

                  squire plugin add ./openapi.yaml
                  squire plugin add https://example.org/.well-known/ai-plugin.json
                """)

        @Argument(
            help: ArgumentHelp("The path or URL of an OpenAPI document or an ai-plugin.json.", valueName: "path or URL")
        )
        var manifest: String

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            // The daemon has another working directory.
            let isURL = WebURL.isMeant(by: manifest) || WebURL.scheme(of: manifest) == "file"
            let place = isURL ? manifest : URL(fileURLWithPath: manifest).standardizedFileURL.path
            let plugin = try await common.withClient {
                try await $0.call(PluginRegister.self, .init(manifest: place))
            }
            try common.report(plugin) { PluginText.registered(plugin, "Registered") }
            if !common.json { PluginText.warn(plugin, common.console) }
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "List the registered plugins.")

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let result = try await common.withClient { try await $0.call(PluginList.self) }
            try common.report(result) { PluginText.list(result.plugins, common.console) }
        }
    }

    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show a plugin and its operations.")

        @Argument(help: "The plugin's name.")
        var name: String

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let details = try await common.withClient { try await $0.call(PluginGet.self, .init(name: name)) }
            try common.report(details) { PluginText.show(details, common.console) }
            if !common.json { PluginText.warn(details.plugin, common.console) }
        }
    }

    struct Call: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Call an operation yourself.",
            discussion: """
                Arguments are one JSON object, or name=value each. A value is read as JSON where it is \
                JSON, and as text otherwise. The result is printed as JSON.

                  squire plugin call almanac worldTime city=Tokyo
                  squire plugin call almanac worldTime '{"city": "Tokyo"}'
                """)

        @Argument(help: "The plugin's name.")
        var name: String

        @Argument(help: "The operation's name.")
        var operation: String

        @Argument(help: ArgumentHelp("Its arguments.", valueName: "arguments"))
        var arguments: [String] = []

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let arguments = try PluginArguments.parse(arguments)
            let result = try await common.withClient {
                try await $0.call(PluginCall.self, .init(name: name, operation: operation, arguments: arguments))
            }
            // For people the result alone, for programs the whole answer.
            if common.json {
                try common.report(result) { "" }
            } else {
                common.console.out(try common.report.document(result.result))
                if common.console.isErrTerminal {
                    common.console.err(common.console.errStyle.quiet(Format.seconds(result.seconds)) + "\n")
                }
            }
        }
    }

    struct Enable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Let answers use a plugin again.")

        @Argument(help: "The plugin's name.")
        var name: String

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            _ = try await common.withClient { try await $0.call(PluginEnable.self, .init(name: name)) }
            try common.report(["name": JSONValue.string(name), "enabled": true]) { "Enabled \(name).\n" }
        }
    }

    struct Disable: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Keep a plugin registered, but unused.")

        @Argument(help: "The plugin's name.")
        var name: String

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            _ = try await common.withClient { try await $0.call(PluginDisable.self, .init(name: name)) }
            try common.report(["name": JSONValue.string(name), "enabled": false]) { "Disabled \(name).\n" }
        }
    }

    struct Refresh: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read a plugin's manifest again from where it was read.",
            discussion: "Where anything is wrong with it now, the plugin stays as it was.")

        @Argument(help: "The plugin's name.")
        var name: String

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            let plugin = try await common.withClient { try await $0.call(PluginRefresh.self, .init(name: name)) }
            try common.report(plugin) { PluginText.registered(plugin, "Refreshed") }
            if !common.json { PluginText.warn(plugin, common.console) }
        }
    }

    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Forget a plugin.")

        @Argument(help: "The plugin's name.")
        var name: String

        @OptionGroup
        var common: CommonOptions

        func run() async throws {
            _ = try await common.withClient { try await $0.call(PluginRemove.self, .init(name: name)) }
            try common.report(["name": JSONValue.string(name), "removed": true]) { "Removed \(name).\n" }
        }
    }
}
