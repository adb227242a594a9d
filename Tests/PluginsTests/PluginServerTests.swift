import Foundation
import Logging
import Ownership
import Testing

@testable import Plugins

@Suite(.timeLimit(.minutes(1)))
struct PluginServerTests {
    /// A folder with a program that listens on the socket it is given, and a server of that program, stopped at the end.
    private func withServer(
        _ script: String, name: String = "test", startLimit: Duration = .seconds(30),
        _ body: (PluginServer) async throws -> Void
    ) async throws {
        // Short: a socket's path may have 107 bytes.
        let folder = "/tmp/squire-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let program = "\(folder)/program"
        try script.write(toFile: program, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
        let server = PluginServer(
            name: name, command: ["program", "{socket}"], folder: folder, runtimeFolder: "\(folder)/run",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }, startLimit: startLimit)
        do {
            try await body(server)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    /// Listens until its standard input ends, and ends with status 3 when it is sent a line.
    private static let listening = """
        #!/usr/bin/perl
        use IO::Socket::UNIX;
        my $listener = IO::Socket::UNIX->new(Local => $ARGV[0], Listen => 16) or die "no socket: $!";
        my $ready = "";
        vec($ready, fileno(STDIN), 1) = vec($ready, fileno($listener), 1) = 1;
        while (1) {
            select(my $now = $ready, undef, undef, undef);
            exit 0 if vec($now, fileno(STDIN), 1);
            my $client = $listener->accept or next;
            my $line = <$client>;
            if (defined $line) { print STDERR "told to end\\n"; exit 3; }
        }
        """

    /// Sends a line to the program, and returns when it has ended: its end of the connection closes.
    private func end(_ socket: String) throws {
        let perl = Process()
        perl.executableURL = URL(fileURLWithPath: "/usr/bin/perl")
        perl.arguments = [
            "-MIO::Socket::UNIX", "-e",
            "my $s = IO::Socket::UNIX->new(Peer => $ARGV[0]) or die; print $s qq(end\\n); $s->flush; <$s>", socket,
        ]
        try perl.run()
        perl.waitUntilExit()
        #expect(perl.terminationStatus == 0)
    }

    @Test func `a program is started once, and listens on the socket that is handed out`() async throws {
        try await withServer(Self.listening) { server in
            let first = try await server.socket()
            #expect(SocketPlace.answers(first))
            let again = try await server.socket()
            #expect(again == first)
        }
    }

    @Test func `many who need it at once wait for one start`() async throws {
        try await withServer(Self.listening) { server in
            let sockets = try await withThrowingTaskGroup(of: String.self) { group in
                for _ in 0..<20 { group.addTask { try await server.socket() } }
                return try await group.reduce(into: Set<String>()) { $0.insert($1) }
            }
            #expect(sockets.count == 1)
        }
    }

    @Test func `a program that has died is started again on another socket`() async throws {
        try await withServer(Self.listening) { server in
            let first = try await server.socket()
            try end(first)
            await server.isDead(socket: first)
            let second = try await server.socket()
            #expect(second != first && SocketPlace.answers(second))
        }
    }

    @Test func `a program that still answers after a failed call is left running`() async throws {
        try await withServer(Self.listening) { server in
            let first = try await server.socket()
            await server.isDead(socket: first)
            let second = try await server.socket()
            #expect(second == first && SocketPlace.answers(first))
        }
    }

    @Test func `stopping ends the program and takes its socket away`() async throws {
        try await withServer(Self.listening) { server in
            let socket = try await server.socket()
            await server.stop()
            #expect(!SocketPlace.answers(socket))
            #expect(!FileManager.default.fileExists(atPath: socket))
        }
    }

    @Test func `servers of plugins whose names begin alike share no socket, and a socket's path stays short`()
        async throws
    {
        let names = ["a-name-that-is-rather-long-1", "a-name-that-is-rather-long-2"]
        try await withServer(Self.listening, name: names[0]) { one in
            try await withServer(Self.listening, name: names[1]) { other in
                let sockets = [try await one.socket(), try await other.socket()].map {
                    ($0 as NSString).pathComponents.suffix(2).joined(separator: "/")
                }
                #expect(sockets[0] != sockets[1])
                #expect(sockets.allSatisfy { $0.utf8.count <= 33 })
            }
        }
    }

    @Test func `a program that ignores being asked to end is killed`() async throws {
        let script = Self.listening.replacing("my $listener", with: "$SIG{TERM} = 'IGNORE';\nmy $listener")
        try await withServer(script) { server in
            let socket = try await server.socket()
            await server.stop()
            #expect(!SocketPlace.answers(socket))
        }
    }

    @Test func `a program that ends at once is reported with its status and its last words`() async throws {
        try await withServer("#!/bin/sh\necho first >&2\necho 'no licence found' >&2\nexit 7\n") { server in
            let error = await #expect(throws: PluginError.self) { try await server.socket() }
            #expect(error?.code == .serverFailed)
            #expect(error?.message.contains("status 7") == true)
            #expect(error?.message.contains("no licence found") == true)
        }
    }

    @Test func `a program that does not listen in time is ended, and the time is named`() async throws {
        try await withServer("#!/bin/sh\nread line\n", startLimit: .milliseconds(250)) { server in
            let error = await #expect(throws: PluginError.self) { try await server.socket() }
            #expect(error?.message.contains("did not listen on its socket within 0.25 s") == true)
        }
    }

    @Test func `a program that keeps ending is not started for ever, and the message says how it ended`() async throws {
        try await withServer("#!/bin/sh\necho 'disk full' >&2\nexit 7\n") { server in
            for _ in 0..<5 { await #expect(throws: PluginError.self) { try await server.socket() } }
            let error = await #expect(throws: PluginError.self) { try await server.socket() }
            #expect(error?.message.contains("5 times within a minute") == true)
            #expect(error?.message.contains("disk full") == true)
        }
    }

    @Test func `a program that is nowhere is named, with the places that were looked at`() async throws {
        let server = PluginServer(
            name: "test", command: ["no-such-program", "{socket}"], folder: "/tmp", runtimeFolder: "/tmp",
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        let error = await #expect(throws: PluginError.self) { try await server.socket() }
        #expect(error?.message.contains("no-such-program") == true)
        #expect(error?.message.contains("PATH") == true)
    }
}
