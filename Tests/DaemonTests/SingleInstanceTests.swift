import Foundation
import SquireClient
import SquireProtocol
import Testing

@Suite("one daemon holds a home", .timeLimit(.minutes(2)))
struct SingleInstanceTests {
    @Test func `a second daemon on a home refuses to start and names the one that holds it`() async throws {
        try await SquiredProcess.withDaemon { daemon in
            let second = try await SquiredProcess.run(home: daemon.home)
            #expect(second.status == 1)
            #expect(second.error.contains("squired is already running on \(daemon.home) (pid \(daemon.pid), since 2"))
            _ = try await daemon.withClient { try await $0.call(Ping.self, timeout: .seconds(5)) }
        }
    }

    @Test func `a socket that a killed daemon left is taken over`() async throws {
        try await withHome { home in
            let first = try await SquiredProcess.start(home: home)
            await first.end(with: SIGKILL)
            #expect(FileManager.default.fileExists(atPath: first.socket))
            try await SquiredProcess.withDaemon(home: home) { second in
                let status = try await second.withClient { try await $0.call(Status.self) }
                #expect(status.pid == Int(second.pid))
            }
        }
    }

    @Test func `a socket on which somebody else answers is left to him`() async throws {
        try await withHome { home in
            let path = home + "/other.sock"
            let other = try RawSocket(listeningOn: path)
            let daemon = try await SquiredProcess.run(home: home, arguments: ["--socket", path])
            #expect(daemon.status == 1)
            #expect(daemon.error.contains("another process answers on \(path)"))
            // Somebody can still connect to it.
            _ = try RawSocket(connectingTo: path)
            withExtendedLifetime(other) {}
        }
    }

    @Test func `a file that is no socket is not removed to make room for one`() async throws {
        try await withHome { home in
            let path = home + "/notes.txt"
            try "mine".write(toFile: path, atomically: true, encoding: .utf8)
            let daemon = try await SquiredProcess.run(home: home, arguments: ["--socket", path])
            #expect(daemon.status == 1)
            #expect(daemon.error.contains("is there and is no socket"))
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
        }
    }

    @Test func `home, socket and database are for their owner alone, also in a home that was open to others`()
        async throws
    {
        try await withHome { home in
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: home)
            try await SquiredProcess.withDaemon(home: home) { daemon in
                let modes = try [home, daemon.socket, home + "/squire.db"].map {
                    try FileManager.default.attributesOfItem(atPath: $0)[.posixPermissions] as? Int
                }
                #expect(modes == [0o700, 0o600, 0o600])
            }
        }
    }

    @Test func `a database of a newer Squire, or of somebody else, is named and left as it is`() async throws {
        try await withHome { home in
            let path = home + "/squire.db"
            try "not a database, but long enough to be mistaken for one".write(
                toFile: path, atomically: true, encoding: .utf8)
            let daemon = try await SquiredProcess.run(home: home)
            #expect(daemon.status == 1)
            #expect(daemon.error.contains("\(path) is not a database of Squire"))
            #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("not a database"))
        }
    }

    @Test func `a key that does not exist is refused with its file and line`() async throws {
        try await withHome { home in
            try "model:\n  pth: x\n".write(toFile: home + "/config.yaml", atomically: true, encoding: .utf8)
            let daemon = try await SquiredProcess.run(home: home)
            #expect(daemon.status == 1)
            #expect(
                daemon.error.contains("config.yaml, line 2: there is no key \"model.pth\"; did you mean model.path?"))
        }
    }
}
