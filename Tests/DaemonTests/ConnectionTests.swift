import Core
import Foundation
import JSONRPC
import SquireClient
import SquireProtocol
import Testing

@Suite("many connections", .timeLimit(.minutes(2)))
struct ConnectionTests {
    @Test func `500 connections are open at once, and each is answered`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            let sockets = try (0..<500).map { _ in try RawSocket(connectingTo: daemon.socket) }
            for (number, socket) in sockets.enumerated() {
                try socket.send(#"{"jsonrpc":"2.0","id":\#(number),"method":"ping"}"#)
            }
            for (number, socket) in sockets.enumerated() {
                #expect(try socket.read(until: "\n") == #"{"id":\#(number),"jsonrpc":"2.0","result":{}}"# + "\n")
            }
            let status = try await daemon.withClient { try await $0.call(Status.self) }
            #expect(status.counts.connections == 501)
            withExtendedLifetime(sockets) {}
        }
    }

    @Test func `questions of several connections are all answered, one after another`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            let conversations = try await withThrowingTaskGroup { group in
                for number in 0..<6 {
                    group.addTask {
                        try await daemon.withClient { client in
                            try await client.call(
                                AssistantAsk.self,
                                .init(
                                    message: "Say hello to number \(number)", plugins: .named([]),
                                    sampling: WireSampling(temperature: 0, maxTokens: 4))
                            ).conversation
                        }
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(conversations.count == 6)
            let status = try await daemon.withClient { try await $0.call(Status.self) }
            #expect(status.counts.messages == 12)
            #expect(status.queue.running == 0)
            #expect(status.queue.waiting == 0)
        }
    }
}
