import Agent
import ServiceLifecycle

/// Makes summaries of long conversations until the daemon stops.
struct SummaryService: Service {
    let assistant: Assistant

    func run() async throws {
        await cancelWhenGracefulShutdown { await assistant.summarize() }
        // A service that returns ends the daemon.
        try? await gracefulShutdown()
    }
}
