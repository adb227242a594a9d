import Hummingbird
import Logging
import NIOCore

/// What is known of a request beside what it says.
struct GatewayContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    private let channel: any Channel

    init(source: ApplicationRequestContextSource) {
        // The request's own id is in its scope (RequestNaming); two would be one too many.
        var logger = source.logger
        logger[metadataKey: "hb.request.id"] = nil
        coreContext = CoreRequestContextStorage(
            source: ApplicationRequestContextSource(channel: source.channel, logger: logger))
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
