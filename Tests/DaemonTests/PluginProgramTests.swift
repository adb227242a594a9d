import Confinement
import Core
import Foundation
import SquireClient
import SquireProtocol
import Testing

/// Programs of plugins, beside a real daemon.
@Suite(.timeLimit(.minutes(2)), .enabled(if: ConfinementSupport.ofThisKernel.gap == nil))
struct PluginProgramTests {
    private static let settings = ["SQUIRE_MODEL_PATH": "/nowhere.gguf", "SQUIRE_EMBEDDING_PATH": "/nowhere.gguf"]

    /// Says what the daemon answers it, by itself and by a child whose parent is gone, and whether it can read the database.
    private static let program = """
        #!/usr/bin/perl
        use IO::Socket::UNIX;
        my ($socket, $home) = @ARGV;
        sub asked {
            my $daemon = IO::Socket::UNIX->new(Peer => "$home/squire.sock") or return "no connection";
            print $daemon qq({"jsonrpc": "2.0", "id": 1, "method": "ping"}\\n); $daemon->flush;
            my $line = <$daemon>;
            return defined $line ? "answered" : "closed";
        }
        my $listener = IO::Socket::UNIX->new(Local => $socket, Listen => 16) or die "no socket: $!";
        while (my $client = $listener->accept) {
            defined(my $request = <$client>) or next;
            while (<$client>) { last if /^\\r?$/; }
            my $own = asked();
            pipe(my $out, my $in);
            if (!fork) { if (!fork) { select(undef, undef, undef, 0.2); print $in asked(); close $in; exit 0; } exit 0; }
            wait; close $in;
            my $orphan = <$out>;
            my $database = open(my $f, "<", "$home/squire.db") ? "read" : "closed";
            my $body = qq({"own": "$own", "orphan": "$orphan", "database": "$database"});
            print $client "HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nConnection: close\\r\\n";
            print $client "Content-Length: " . length($body) . "\\r\\n\\r\\n$body";
            close $client;
        }
        """

    @Test func `a plugin's program is not answered by the daemon, whoever it has ask, and cannot read its database`()
        async throws
    {
        try await SquiredProcess.withDaemon(settings: Self.settings) { daemon in
            try await withHome { folder in
                try Data(Self.program.utf8).write(to: URL(fileURLWithPath: "\(folder)/program"))
                try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/program")
                try Data(
                    """
                    {"schema_version": "v1", "name_for_model": "asker", "api": {"type": "openapi", "url": "openapi.yaml"},
                     "x-squire": {"run": ["program", "{socket}", "\(daemon.home)"], "network": true, "files": {"read": ["/"]}}}
                    """.utf8
                ).write(to: URL(fileURLWithPath: "\(folder)/ai-plugin.json"))
                try Data(
                    "openapi: 3.1.0\ninfo: {title: T}\npaths: {/ask: {get: {operationId: ask, summary: Asks}}}\n".utf8
                ).write(to: URL(fileURLWithPath: "\(folder)/openapi.yaml"))
                try await daemon.withClient { client in
                    let plugin = try await client.call(PluginRegister.self, .init(manifest: folder))
                    #expect(plugin.program?.summary == "read /; reach the network")
                    let result = try await client.call(
                        PluginCall.self, .init(name: "asker", operation: "ask", arguments: [:])
                    ).result
                    #expect(result["own"] == "closed" && result["orphan"] == "closed")
                    #expect(result["database"] == "closed")
                    let status = try await client.call(Status.self)
                    #expect(status.confinement?.seccomp == true && status.confinement?.gap == nil)
                    #expect((status.confinement?.landlock ?? 0) >= 1)
                }
            }
        }
    }

    @Test func `a kernel that has less is told as that, in words`() {
        #expect(ConfinementSupport(landlock: 7, seccomp: true).gap == nil)
        #expect(ConfinementSupport(landlock: nil, seccomp: true).gap?.contains("no Landlock") == true)
        #expect(ConfinementSupport(landlock: nil, seccomp: false).gap?.contains("neither Landlock nor seccomp") == true)
    }
}
