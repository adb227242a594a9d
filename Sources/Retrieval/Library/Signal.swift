/// Tells one who waits that there is something to do; told twice before it has looked, it looks once.
struct Signal: Sendable {
    /// For one who waits, as long as that is.
    let events: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    init() {
        (events, continuation) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    func send() { continuation.yield() }
}
