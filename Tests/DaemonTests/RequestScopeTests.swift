import Core
import Foundation
import SquireClient
import SquireProtocol
import Testing

/// The ids of requests in the log of a real daemon.
@Suite(.timeLimit(.minutes(2)))
struct RequestScopeTests {
    /// The id that a line of the log carries.
    private func request(_ line: Substring) -> Substring? {
        line.split(separator: " ").first { $0.hasPrefix("request=") }?.dropFirst("request=".count)
    }

    private func lines(of daemon: SquiredProcess, _ text: String) -> [Substring] {
        daemon.log.split(separator: "\n").filter { $0.contains(text) }
    }

    @Test
    func
        `what is logged for a request carries its id, also what a plugin's start says, and each request has one of its own`()
        async throws
    {
        try await withHome { home in
            try await SquiredProcess.withDaemon(home: home, settings: ["SQUIRE_LOG_LEVEL": "debug"]) { daemon in
                try await daemon.withClient { client in
                    try await client.call(Ping.self, timeout: .seconds(10))
                    let answer = try await client.call(AssistantAsk.self, .init(message: "What time is it in Tokyo?"))
                    #expect(answer.message.steps.map(\.operation) == ["worldTime"])
                }
                for _ in 0..<200 where lines(of: daemon, "request answered").count < 2 {
                    try await Task.sleep(for: .milliseconds(20))
                }
                let pinged = try #require(lines(of: daemon, "method=ping").first.flatMap(request))
                let asked = try #require(lines(of: daemon, "method=assistant/ask").first.flatMap(request))
                #expect(pinged != asked)
                #expect(lines(of: daemon, "plugin server started").map(request) == [asked])
                #expect(lines(of: daemon, "tools weighed").allSatisfy { request($0) == asked })
            }
        }
    }
}
