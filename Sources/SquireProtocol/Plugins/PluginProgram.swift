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
