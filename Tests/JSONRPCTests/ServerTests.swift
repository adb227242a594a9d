import Core
import Foundation
import JSONRPC
import NIOCore
import Synchronization
import Testing

@testable import JSONRPC

@Suite(.serialized, .timeLimit(.minutes(1))) struct ServerTests {
    private func echo() -> RPCRouter {
        var router = RPCRouter()
        router.on(Echo.self) { text, _ in text }
        return router
    }

    @Test func `the socket is its owner's alone, in a directory that was made so, and is gone afterwards`() async throws
    {
        try await withServer(echo()) { path, server in
            func mode(_ path: String) throws -> Int {
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? 0
            }
            let modes = try (mode(path), mode(URL(fileURLWithPath: path).deletingLastPathComponent().path))
            #expect(modes == (0o600, 0o700))
            await server.stop(within: .zero)
            #expect(!FileManager.default.fileExists(atPath: path))
        }
    }

    @Test func `each end knows whose process the other is, and a process that is not admitted is told nothing`()
        async throws
    {
        try await withSocketPath { path in
            let seen = Mutex<[Peer]>([])
            let isOpen = Mutex(true)
            try await RPCServer.withServer(
                at: path, handler: echo(),
                admits: { peer in
                    seen.withLock { $0.append(peer) }
                    return isOpen.withLock(\.self)
                }
            ) { _ in
                let own = Peer(user: geteuid(), process: getpid())
                try await RPCConnection.withConnection(to: path) { connection in
                    let peer = try await connection.peer()
                    #expect(peer == own && peer.isTrusted)
                    let answer = try await connection.call(Echo.self, Text(text: "a"))
                    #expect(answer == Text(text: "a"))
                }
                isOpen.withLock { $0 = false }
                await #expect(throws: RPCConnectionError.self) {
                    try await RPCConnection.withConnection(to: path) { connection in
                        _ = try await connection.call(Echo.self, Text(text: "a"))
                    }
                }
                #expect(seen.withLock(\.self) == [own, own])
            }
            #expect(!Peer(user: geteuid() + 1, process: 1).isTrusted)
        }
    }

    @Test(.enabled(if: geteuid() == 0))
    func `nothing is sent to a process of another user that listens on the socket`() async throws {
        try await withSocketPath { path in
            let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: folder)
            // Listens as another user, and writes what it is sent.
            let perl = Process()
            perl.executableURL = URL(fileURLWithPath: "/usr/bin/perl")
            perl.arguments = [
                "-MIO::Socket::UNIX", "-MPOSIX", "-e",
                """
                $| = 1; POSIX::setuid(65534); my $l = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 4) or die $!;
                print "listening\\n"; my $c = $l->accept; print while <$c>; print "over\\n";
                """, path,
            ]
            let output = Pipe()
            perl.standardOutput = output
            try perl.run()
            defer { perl.terminate() }
            #expect(output.fileHandleForReading.availableData == Data("listening\n".utf8))
            let error = await #expect(throws: RPCConnectionError.self) {
                try await RPCConnection.withConnection(to: path) { connection in
                    _ = try await connection.call(Echo.self, Text(text: "hunter2"))
                }
            }
            #expect(error?.code == .foreignPeer)
            #expect(error?.message.contains("is nobody (65534)'s, and not yours") == true)
            perl.waitUntilExit()
            let said = try output.fileHandleForReading.readToEnd() ?? Data()
            #expect(said == Data("over\n".utf8))
        }
    }

    @Test func `a socket that is there already is not taken over`() async throws {
        try await withServer(echo()) { path, _ in
            let error = await #expect(throws: RPCConnectionError.self) {
                try await RPCServer.withServer(at: path, handler: echo()) { _ in }
            }
            #expect(error?.code == .socketExists)
            try await RPCConnection.withConnection(to: path) { connection in
                let answer = try await connection.call(Echo.self, Text(text: "a"))
                #expect(answer.text == "a")
            }
        }
    }

    @Test func `where nobody listens, connecting says so: no socket, a dead one, a path too long`() async throws {
        func code(connecting path: String) async -> RPCConnectionError.Code? {
            let error = await #expect(throws: RPCConnectionError.self) {
                try await RPCConnection.withConnection(to: path) { _ in }
            }
            return error?.code
        }
        try await withSocketPath { path in
            #expect(await code(connecting: path) == .nobodyListens)
            // What a killed process leaves: bound, and nobody behind it.
            let descriptor = try UnixSocket.bind(to: path)
            try FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).close()
            #expect(await code(connecting: path) == .nobodyListens)
            #expect(await code(connecting: path + String(repeating: "x", count: 200)) == .pathTooLong)
        }
    }

    @Test func `500 connections open at once are all answered`() async throws {
        try raiseDescriptorLimit(to: 2048)
        try await withServer(echo()) { path, server in
            let answered = CountBox()
            let all = Gate()
            try await withThrowingTaskGroup { group in
                for number in 1...500 {
                    group.addTask {
                        try await RPCConnection.withConnection(to: path) { connection in
                            let text = Text(text: "\(number)")
                            let first = try await connection.call(Echo.self, text)
                            #expect(first == text)
                            if answered.add() == 500 {
                                #expect(server.connectionCount == 500)
                                await all.open()
                            }
                            await all.wait()
                            let second = try await connection.call(Echo.self, text)
                            #expect(second == text)
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(answered.value == 500)
        }
    }

    @Test func `stopping lets a running request finish, refuses new ones, and then closes`() async throws {
        let began = Gate()
        let gate = Gate()
        var router = echo()
        router.on(Slow.self) { _, _ in
            await began.open()
            await gate.wait()
            return Text(text: "done")
        }
        try await withServer(router) { path, server in
            try await RawClient.with(path) { client in
                try await client.send(#"{"jsonrpc":"2.0","id":1,"method":"slow"}"# + "\n")
                await began.wait()
                let stop = Task { await server.stop(within: .seconds(50)) }
                // The listening socket goes first, so its absence shows that stopping has begun.
                while FileManager.default.fileExists(atPath: path) { await Task.yield() }
                var refused: JSONValue?
                repeat {
                    refused = try await client.ask(#"{"jsonrpc":"2.0","id":2,"method":"echo","params":{"text":""}}"#)
                } while refused?["result"] != nil
                #expect(refused?["error"]?["data"]?["kind"] == "shuttingDown")
                await gate.open()
                #expect(await client.line()?["result"]?["text"] == "done")
                #expect(await client.line() == nil)
                await stop.value
                #expect(server.connectionCount == 0)
            }
        }
    }

    @Test func `what is still running at the deadline of a stop is cancelled, and answered`() async throws {
        let began = Gate()
        var router = echo()
        router.on(Wait.self) { _, _ in
            try await waitForCancellation(began: began)
            return RPCNothing()
        }
        try await withServer(router) { path, server in
            try await RawClient.with(path) { client in
                try await client.send(#"{"jsonrpc":"2.0","id":1,"method":"wait"}"# + "\n")
                await began.wait()
                await server.stop(within: .milliseconds(10))
                #expect(await client.line()?["error"]?["code"] == -32800)
                #expect(await client.line() == nil)
            }
        }
    }

    @Test func `a handler that ignores cancellation does not hold up a stop`() async throws {
        let began = Gate()
        let gate = Gate()
        var router = echo()
        router.on(Stubborn.self) { _, _ in
            await began.open()
            await gate.wait()
            return RPCNothing()
        }
        try await withServer(router, limits: RPCLimits(cancellation: .milliseconds(20))) { path, server in
            try await RawClient.with(path) { client in
                try await client.send(#"{"jsonrpc":"2.0","id":1,"method":"stubborn"}"# + "\n")
                await began.wait()
                await server.stop(within: .zero)
                #expect(await client.line() == nil)
            }
        }
        await gate.open()
    }

    /// A server that sends 1 KiB notifications until it cannot, counting them.
    private func flood(_ sent: CountBox, ended: Gate) -> RPCRouter {
        var router = echo()
        router.on(Flood.self) { _, context in
            do {
                while true {
                    try await context.notify(Piece.self, Text(text: String(repeating: "x", count: 1000)))
                    sent.add()
                }
            } catch {
                await ended.open()
                throw error
            }
            return RPCNothing()
        }
        return router
    }

    @Test func `a client that does not read is sent no more than the bound, and is closed when it goes on`()
        async throws
    {
        let sent = CountBox()
        let ended = Gate()
        let limits = RPCLimits(unsentBytes: 100_000, stall: .milliseconds(100))
        try await withServer(flood(sent, ended: ended), limits: limits) { path, _ in
            try await RawClient.with(path) { client in
                try await client.channel.setOption(.autoRead, value: false).get()
                try await client.send(#"{"jsonrpc":"2.0","id":1,"method":"flood"}"# + "\n")
                await ended.wait()
                // What the sockets' own buffers and one read of the client hold comes on top.
                #expect(sent.value * 1000 < 2_000_000, "sent \(sent.value)")
            }
        }
    }

    @Test func `a client that asks without reading is not read from without end`() async throws {
        let answered = CountBox()
        var router = RPCRouter()
        router.on(Long.self) { _, _ in
            answered.add()
            return Text(text: String(repeating: "x", count: 10_000))
        }
        let limits = RPCLimits(unsentBytes: 100_000, stall: .milliseconds(100))
        try await withServer(router, limits: limits) { path, server in
            try await RawClient.with(path) { client in
                try await client.channel.setOption(.autoRead, value: false).get()
                let lines = (1...100).map { #"{"jsonrpc":"2.0","id":\#($0),"method":"long"}"# + "\n" }.joined()
                // Writing waits when the server stops reading, and fails when it closes.
                await #expect(throws: (any Error).self) {
                    while true { try await client.send(lines) }
                }
                #expect(answered.value * 10_000 < 20_000_000, "answered \(answered.value)")
            }
            while server.connectionCount > 0 { await Task.yield() }
        }
    }
}

/// Counts across tasks.
final class CountBox: Sendable {
    private let count = Mutex(0)
    var value: Int { count.withLock { $0 } }

    @discardableResult func add() -> Int {
        count.withLock { count in
            count += 1
            return count
        }
    }
}

/// Both ends of every connection are in this process.
private func raiseDescriptorLimit(to count: UInt) throws {
    var limit = rlimit()
    #if os(Linux)
        let resource = __rlimit_resource_t(UInt32(RLIMIT_NOFILE.rawValue))
    #else
        let resource = RLIMIT_NOFILE
    #endif
    try #require(unsafe getrlimit(resource, &limit) == 0)
    if limit.rlim_cur < count {
        limit.rlim_cur = min(rlim_t(count), limit.rlim_max)
        try #require(unsafe setrlimit(resource, &limit) == 0)
    }
}
