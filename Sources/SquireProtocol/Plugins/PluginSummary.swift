public import Foundation

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
