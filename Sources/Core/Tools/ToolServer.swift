/// One plugin that is ready to be called, of whatever kind. Whoever holds it knows its tools by what it says of them, and
/// not how a call is made.
///
/// A server belongs to the texts that its plugin was made from. If these change, another server takes its place, and this
/// one is stopped.
package protocol ToolServer: Sendable {
    /// The tools it has now. It answers from what it holds: nobody is asked over a network and no program is started.
    func tools() async throws -> [Tool]

    /// Calls one of its tools.
    ///
    /// - Parameters:
    ///   - tool: as `tools` returned it.
    ///   - arguments: valid under the tool's schema.
    /// - Throws: `argumentsInvalid` for arguments of which no call can be made although the schema allows them, and
    ///   `CancellationError`. Whatever else goes wrong is an outcome.
    func call(_ tool: Tool, arguments: JSONValue) async throws -> ToolOutcome

    /// Gets its tools again from where they come: when the plugin is registered, and when it is read again.
    ///
    /// - Returns: the text in which the store keeps them, so that they are there at the next start without asking anyone;
    ///   nil where they stand in the texts that the plugin was made from.
    func refresh() async throws -> String?

    /// Ends its programs and connections, and returns when they have ended. The next call may begin new ones.
    func stop() async
}

extension ToolServer {
    package func refresh() async throws -> String? { nil }
    package func stop() async {}
}
