import Hummingbird
import NIOCore

/// What is known of a request beside what it says.
struct GatewayContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }

    /// Tells when the client is gone.
    ///
    /// - Throws: `CancellationError` where it has gone already.
    func disconnection() async throws -> DisconnectWatch {
        do {
            return try await channel.pipeline.handler(type: DisconnectWatch.self).get()
        } catch {
            // A closed channel has no handlers any more.
            throw CancellationError()
        }
    }
}
