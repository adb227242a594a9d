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
    /// After how long it is looked whether a line that was begun comes to its end: a server's connection that has sent
    /// fewer than `lineRate` bytes a second of it by then is closed.
    package var line: Duration
    package var lineRate: Int
    /// So many bytes of a half-read line a connection may always hold; more come out of what all of a server's share.
    package var freeLineBytes: Int
    /// What they share.
    package var sharedLineBytes: Int

    package init(
        lineBytes: Int = 16 << 20, requestsInFlight: Int = 256, batchMessages: Int = 1024, unsentBytes: Int = 256 << 10,
        unsentBytesToClose: Int = 64 << 20, stall: Duration = .seconds(30), cancellation: Duration = .seconds(3),
        line: Duration = .seconds(30), lineRate: Int = 1024, freeLineBytes: Int = 64 << 10,
        sharedLineBytes: Int = 64 << 20
    ) {
        self.lineBytes = lineBytes
        self.requestsInFlight = requestsInFlight
        self.batchMessages = batchMessages
        self.unsentBytes = unsentBytes
        self.unsentBytesToClose = unsentBytesToClose
        self.stall = stall
        self.cancellation = cancellation
        self.line = line
        self.lineRate = lineRate
        self.freeLineBytes = freeLineBytes
        self.sharedLineBytes = sharedLineBytes
    }
}
