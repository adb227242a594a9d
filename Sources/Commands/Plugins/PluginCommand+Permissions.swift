import ArgumentParser
import Core
import Foundation
import SquireClient
import SquireProtocol

struct PluginPermissionsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "permissions",
        abstract: "List permanent permissions.",
        discussion: """
            Squire asks before it calls an operation that changes something. With a permanent permission, the operation \
            is called with values that you said yourself, until anything about it changes.
            """)

    @Argument(help: "The plugin's name; all plugins where it is missing.")
    var name: String?

    @OptionGroup
    var common: CommonOptions

    func run() async throws {
        let result = try await common.withClient { try await $0.call(PluginPermissions.self, .init(name: name)) }
        try common.report(result) { PermissionText.list(result.permissions, common.console) }
    }
}

struct PluginPermitCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "permit",
        abstract: "Permit an operation permanently, as it is now.",
        discussion: """
            It is still asked about where an answer would give it what you did not say, and after others' text was read.

              squire plugin permit shopping addItem
              squire plugin permit shopping addItem --for 7d
            """)

    @Argument(help: "The plugin's name.")
    var name: String

    @Argument(help: "The operation's name.")
    var operation: String

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long: 90s, 30m, 12h, 7d, 2w; else as configured.", valueName: "time"))
    var span: String?

    @OptionGroup
    var common: CommonOptions

    func validate() throws {
        if let span, TimeSpan.seconds(span) == nil {
            throw ValidationError("--for is \(TimeSpan.forms), not \"\(span)\".")
        }
    }

    func run() async throws {
        let expires = span.flatMap(TimeSpan.seconds).map { Date(timeIntervalSinceNow: Double($0)) }
        let permission = try await common.withClient {
            try await $0.call(PluginPermit.self, .init(name: name, operation: operation, expires: expires))
        }
        try common.report(permission) { PermissionText.permitted(permission) }
    }
}

struct PluginRevokeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Withdraw permanent permissions.")

    @Argument(help: "The plugin's name.")
    var name: String

    @Argument(help: "The operation's name; all of the plugin where it is missing.")
    var operation: String?

    @OptionGroup
    var common: CommonOptions

    func run() async throws {
        let result = try await common.withClient {
            try await $0.call(PluginRevoke.self, .init(name: name, operation: operation))
        }
        try common.report(result) {
            result.revoked == 0
                ? "\(PlainText.line(name)) has no permanent permission.\n"
                : "Withdrew \(Format.counted(result.revoked, "permission")).\n"
        }
    }
}
