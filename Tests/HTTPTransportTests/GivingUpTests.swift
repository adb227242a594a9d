import Core
import HTTPTransport
import LoopbackServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct GivingUpTests {
    @Test func `cancelling ends a request and its connection at once, and the transport goes on`() async throws {
        try await running(reply: { $0.hasPrefix("GET /slow") ? .stall([]) : .response("200 OK") }) {
            transport, server in
            // Nothing but the cancellation can end it within this test's own limit.
            let limits = HTTPLimits(total: .seconds(3600), idle: .seconds(3600))
            let url = server.url
            let task = Task { try await transport.fetch(HTTPRequest.own(url: url + "/slow", limits: limits)) }
            await server.receives("GET /slow")
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            await server.seesClose()
            let answer = try await transport.fetch(HTTPRequest.own(url: server.url + "/fast"))
            #expect(answer.status == 200)
        }
    }

    @Test func `a task that is cancelled already asks nothing`() async throws {
        try await running(reply: { _ in .response("200 OK") }) { transport, server in
            let url = server.url
            let task = Task {
                unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
                return try await transport.fetch(HTTPRequest.own(url: url))
            }
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(server.connectionCount == 0)
        }
    }

    @Test func `a hundred requests cancelled while they begin all end`() async throws {
        try await running(reply: { _ in .stall([]) }) { transport, server in
            let url = server.url
            let limits = HTTPLimits(total: .seconds(3600), idle: .seconds(3600))
            let tasks = (0..<100).map { _ in
                Task { try await transport.fetch(HTTPRequest.own(url: url, limits: limits)) }
            }
            for task in tasks { task.cancel() }
            for task in tasks { await #expect(throws: CancellationError.self) { try await task.value } }
        }
    }

    @Test func `stopping fails what runs and what comes after, and can be asked twice`() async throws {
        try await running(reply: { _ in .stall([]) }) { transport, server in
            let url = server.url
            // Not given up before it is stopped, however slow the machine.
            let limits = HTTPLimits(total: .seconds(3600), idle: .seconds(3600))
            let task = Task { try await transport.fetch(HTTPRequest.own(url: url, limits: limits)) }
            await server.receives("GET /")
            await transport.stop()
            await server.seesClose()
            let during = await #expect(throws: HTTPError.self) { try await task.value }
            #expect(during?.code == .stopped)
            #expect(await failure(of: HTTPRequest.own(url: url), transport)?.code == .stopped)
            await transport.stop()
        }
    }
}
