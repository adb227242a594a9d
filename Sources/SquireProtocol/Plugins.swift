public import Core
public import Foundation

/// `plugin/register`: exactly one of the two.
public struct PluginRegisterParameters: Sendable, Hashable, Codable {
    /// A path or URL of an `ai-plugin.json` or an OpenAPI document. A relative path is relative to the daemon's
    /// working directory; clients send absolute ones.
    public var manifest: String?
    /// The manifest or OpenAPI document itself.
    public var document: JSONValue?

    public init(manifest: String? = nil, document: JSONValue? = nil) {
        self.manifest = manifest
        self.document = document
    }
}

/// A registered plugin: what `plugin/register`, `plugin/refresh` and `plugin/list` return.
public struct PluginSummary: Sendable, Hashable, Codable {
    public var name: String
    public var title: String
    public var description: String
    public var enabled: Bool
    /// Where its manifest was read; nil when it was given inline.
    public var source: String?
    /// The names of its operations, in the document's order.
    public var operations: [String]
    /// Whether it came with the installation or from the plugins folder, and not by `plugin/register`.
    public var bundled: Bool
    public var registeredAt: Date
    /// What of the document is not supported and was left out, with its place.
    public var warnings: [String]
    /// The program that serves it, where Squire runs one.
    public var program: PluginProgram?

    public init(
        name: String, title: String, description: String, enabled: Bool, source: String?, operations: [String],
        bundled: Bool, registeredAt: Date, warnings: [String], program: PluginProgram? = nil
    ) {
        self.name = name
        self.title = title
        self.description = description
        self.enabled = enabled
        self.source = source
        self.operations = operations
        self.bundled = bundled
        self.registeredAt = registeredAt
        self.warnings = warnings
        self.program = program
    }
}

/// A plugin's own program, and what it may do beside answering on its socket.
public struct PluginProgram: Sendable, Hashable, Codable {
    public var command: [String]
    /// Files and folders, absolute paths.
    public var read: [String]
    public var write: [String]
    /// Variables of the daemon's environment that it gets.
    public var environment: [String]
    /// Whether it may connect to anything.
    public var network: Bool
    /// All of it as a sentence's rest: `read /data; reach the network`.
    public var summary: String

    public init(
        command: [String], read: [String], write: [String], environment: [String], network: Bool, summary: String
    ) {
        self.command = command
        self.read = read
        self.write = write
        self.environment = environment
        self.network = network
        self.summary = summary
    }
}

/// One operation of a plugin.
public struct OperationDetails: Sendable, Hashable, Codable {
    public var name: String
    public var description: String
    public var method: String
    public var path: String
    /// A JSON Schema of type object, `$ref` resolved.
    public var parameters: JSONValue

    public init(name: String, description: String, method: String, path: String, parameters: JSONValue) {
        self.name = name
        self.description = description
        self.method = method
        self.path = path
        self.parameters = parameters
    }
}

/// `plugin/get`.
public struct PluginDetails: Sendable, Hashable, Codable {
    public var plugin: PluginSummary
    /// Where its API is.
    public var server: String
    public var operations: [OperationDetails]

    public init(plugin: PluginSummary, server: String, operations: [OperationDetails]) {
        self.plugin = plugin
        self.server = server
        self.operations = operations
    }
}

/// `plugin/list`.
public struct PluginListResult: Sendable, Hashable, Codable {
    public var plugins: [PluginSummary]

    public init(plugins: [PluginSummary]) {
        self.plugins = plugins
    }
}

/// `plugin/get`, `plugin/remove`, `plugin/enable`, `plugin/disable`, `plugin/refresh`.
public struct PluginNameParameters: Sendable, Hashable, Codable {
    public var name: String

    public init(name: String) {
        self.name = name
    }
}

/// `plugin/call`.
public struct PluginCallParameters: Sendable, Hashable, Codable {
    public var name: String
    public var operation: String
    public var arguments: JSONValue?

    public init(name: String, operation: String, arguments: JSONValue? = nil) {
        self.name = name
        self.operation = operation
        self.arguments = arguments
    }
}

/// What `plugin/call` returns: the call as a step. A call that failed is an error on the socket.
public struct PluginCallResult: Sendable, Hashable, Codable {
    public var result: JSONValue
    public var seconds: Double

    public init(result: JSONValue, seconds: Double) {
        self.result = result
        self.seconds = seconds
    }
}
