import Core
import Foundation
import JSONRPC
import SquireProtocol
import Synchronization
import Testing

@testable import Daemon

/// Events of a request whose tasks work beside each other.
@Suite(.timeLimit(.minutes(1)))
struct EventSenderTests {
    /// Keeps the events of one connection.
    private final class Events: RPCHandler {
        let all = Mutex<[AssistantEvent.Parameters]>([])

        func handle(_ request: RPCRequest, context: RPCContext) throws -> any Encodable & Sendable {
            throw RPCError(.methodNotFound, "nothing is asked here")
        }

        func receive(_ notification: RPCNotification, on connection: RPCConnection) {
            guard let event = notification.params.flatMap({ try? AssistantEvent.Parameters(decoding: $0) }) else {
                return
            }
            all.withLock { $0.append(event) }
        }
    }

    private enum Work: RPCMethod {
        static let name = "work"
        typealias Parameters = RPCNothing
        typealias Result = RPCNothing
    }

    @Test func `events of tasks beside each other come whole, each task's in their order, and done comes last`()
        async throws
    {
        let (tasks, count) = (8, 200)
        var router = RPCRouter()
        router.on(Work.self) { _, context in
            let late = try await EventSender.withSender(to: context) { sender in
                await withTaskGroup { group in
                    for task in 0..<tasks {
                        group.addTask { @concurrent in
                            for number in 0..<count { sender.send(.token) { $0.text = "\(task) \(number)" } }
                        }
                    }
                }
                return sender
            }
            // What comes after the end is nobody's.
            late.send(.token) { $0.text = "late" }
            return RPCNothing()
        }
        let events = Events()
        try await withHome { home in
            try await RPCServer.withServer(at: home + "/e.sock", handler: router) { _ in
                try await RPCConnection.withConnection(to: home + "/e.sock", handler: events) { connection in
                    _ = try await connection.call(Work.self, RPCNothing())
                }
            }
        }
        let all = events.all.withLock { $0 }
        #expect(all.count == tasks * count + 1)
        #expect(all.last?.type == .done && all.count { $0.type == .done } == 1)
        for task in 0..<tasks {
            let own = all.compactMap(\.text).filter { $0.hasPrefix("\(task) ") }
            #expect(own == (0..<count).map { "\(task) \($0)" })
        }
    }
}
