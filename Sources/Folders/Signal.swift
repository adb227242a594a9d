/// Tells one who waits that there is something to do; told twice before it has looked, it looks once.
package struct Signal: Sendable {
    /// For one who waits, as long as that is.
    package let events: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    package init() {
        (events, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    package func send() { continuation.yield() }
}
