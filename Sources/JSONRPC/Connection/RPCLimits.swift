/// What one connection may take of this process.
package struct RPCLimits: Sendable, Hashable {
    /// The most bytes of a line in either direction, `\n` not counted.
    package var lineBytes: Int
    /// The most requests of the other end that may be unanswered.
    package var requestsInFlight: Int
    /// The most messages of one batch.
    package var batchMessages: Int
    /// From so many bytes that the other end has not read yet, notifications and calls wait and nothing more is read.
    package var unsentBytes: Int
    /// At so many bytes that the other end has not read yet, the connection is closed.
    package var unsentBytesToClose: Int
    /// After so long without the other end reading any of what waits for it, the connection is closed.
    package var stall: Duration
    /// How long a cancelled call or request is waited for.
    package var cancellation: Duration

    package init(
        lineBytes: Int = 16 << 20, requestsInFlight: Int = 256, batchMessages: Int = 1024, unsentBytes: Int = 256 << 10,
        unsentBytesToClose: Int = 64 << 20, stall: Duration = .seconds(30), cancellation: Duration = .seconds(3)
    ) {
        self.lineBytes = lineBytes
        self.requestsInFlight = requestsInFlight
        self.batchMessages = batchMessages
        self.unsentBytes = unsentBytes
        self.unsentBytesToClose = unsentBytesToClose
        self.stall = stall
        self.cancellation = cancellation
    }
}
