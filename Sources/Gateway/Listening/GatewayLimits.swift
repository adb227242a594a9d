/// What all clients of the gateway may take of this process, and one of them of its time.
package struct GatewayLimits: Sendable, Hashable {
    /// The most connections. One more takes the place of the oldest that is not being answered.
    package var connections: Int
    /// The most bytes of bodies that are in memory at once, of all requests.
    package var bodyBytes: Int
    /// How long a request waits for room there.
    package var bodyWait: Duration
    /// How long the head of a request may take, from its first byte.
    package var head: Duration
    /// How long a connection is kept that asks nothing.
    package var idle: Duration
    /// The fewest bytes a second of a body that is being sent.
    package var bodyRate: Int
    /// After how long it is looked whether a body comes fast enough.
    package var bodyInterval: Duration
    /// After how long without the client reading any of its answer the connection is closed.
    package var stall: Duration

    package init(
        connections: Int = 512, bodyBytes: Int = 32 << 20, bodyWait: Duration = .seconds(10),
        head: Duration = .seconds(10), idle: Duration = .seconds(75), bodyRate: Int = 1024,
        bodyInterval: Duration = .seconds(10), stall: Duration = .seconds(60)
    ) {
        self.connections = connections
        self.bodyBytes = bodyBytes
        self.bodyWait = bodyWait
        self.head = head
        self.idle = idle
        self.bodyRate = bodyRate
        self.bodyInterval = bodyInterval
        self.stall = stall
    }
}
