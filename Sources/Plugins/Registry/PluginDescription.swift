package import Core
package import Foundation

/// What there is to know of a registered plugin.
package struct PluginDescription: Sendable, Hashable {
    package struct Operation: Sendable, Hashable {
        package var name: String
        package var description: String
        package var method: String
        package var path: String
        package var parameters: JSONValue
    }

    package var name: String
    package var title: String
    package var description: String
    package var isEnabled: Bool
    /// Where its manifest was read; nil when it was given inline.
    package var source: String?
    package var operations: [Operation]
    package var isBundled: Bool
    package var registeredAt: Date
    package var warnings: [String]
    /// Where calls go.
    package var server: String
    /// The program that Squire runs for it, and what that may do.
    package var program: Program?

    package struct Program: Sendable, Hashable {
        package var command: [String]
        package var permissions: ProgramPermissions

        package init(command: [String], permissions: ProgramPermissions) {
            self.command = command
            self.permissions = permissions
        }
    }

    init(_ plugin: Plugin) {
        name = plugin.stored.name
        title = plugin.title
        description = plugin.description
        isEnabled = plugin.stored.isEnabled
        source = plugin.stored.source.place
        operations = plugin.tools.map {
            Operation(
                name: $0.operation, description: $0.description, method: $0.origin?.method ?? "",
                path: $0.origin?.path ?? "", parameters: $0.parameters)
        }
        isBundled = plugin.isBundled
        registeredAt = plugin.stored.registeredAt
        warnings = plugin.warnings
        program = plugin.program
        server = plugin.address
    }
}
