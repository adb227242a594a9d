import Confinement
import Core
import Foundation
import HTTPTransport
import Testing

@testable import Plugins

/// What a plugin's program can do, tried by one that tries.
@Suite(.timeLimit(.minutes(1)), .enabled(if: ConfinementSupport.ofThisKernel.gap == nil))
struct ProgramConfinementTests {
    /// Answers each request with what it could do.
    private static let program = """
        #!/usr/bin/perl
        use IO::Socket::UNIX; use Socket;
        my ($socket, $top) = @ARGV;
        sub reads { my $ok = open(my $f, "<", $_[0]) ? "true" : "false"; return qq("$_[0]": $ok); }
        my $listener = IO::Socket::UNIX->new(Local => $socket, Listen => 16) or die "no socket: $!";
        while (my $client = $listener->accept) {
            defined(my $request = <$client>) or next;
            while (<$client>) { last if /^\\r?$/; }
            my $files = join ",", map { reads("$top/$_") }
                ("plugin/beside", "asked/file", "home/squire.db", "config.yaml", "other");
            my $writes = join ",", map { my $ok = open(my $f, ">", "$top/$_/new") ? "true" : "false"; qq("$_": $ok) }
                ("plugin", "asked", "written", "home");
            my $temporary = open(my $t, ">", "$ENV{TMPDIR}/t") ? "true" : "false";
            my $names = join ",", map { qq("$_") } sort keys %ENV;
            my $inet = socket(my $s, AF_INET, SOCK_STREAM, 0) ? "true" : "false";
            my $daemon = IO::Socket::UNIX->new(Peer => "$top/daemon.sock") ? "true" : "false";
            my $descriptors = join ",", grep { -e "/proc/self/fd/$_" } 0..2, 9..200;
            open(my $status, "<", "/proc/self/status"); my $gains = join "", grep { /NoNewPrivs/ } <$status>;
            chomp $gains; $gains =~ s/\\t/ /;
            my $body = qq({"reads": {$files}, "writes": {$writes}, "temporary": $temporary, "names": [$names], "inet": $inet,
                "daemon": $daemon, "descriptors": "$descriptors", "gains": "$gains", "cwd": "$ENV{PWD}"});
            print $client "HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nConnection: close\\r\\n";
            print $client "Content-Length: " . length($body) . "\\r\\n\\r\\n$body";
            close $client;
        }
        """

    /// What the program could do with the `x-squire` members `asking`, in a folder with its own, the daemon's and others' files.
    private func tried(asking members: String) async throws -> JSONValue {
        let top = "/tmp/squire-\(UUID().uuidString.prefix(8))"
        for name in ["plugin", "asked", "written", "home/servers"] {
            try FileManager.default.createDirectory(atPath: "\(top)/\(name)", withIntermediateDirectories: true)
        }
        defer { try? FileManager.default.removeItem(atPath: top) }
        for name in ["plugin/beside", "asked/file", "home/squire.db", "config.yaml", "other"] {
            try Data("x".utf8).write(to: URL(fileURLWithPath: "\(top)/\(name)"))
        }
        try Data(Self.program.utf8).write(to: URL(fileURLWithPath: "\(top)/plugin/program"))
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(top)/plugin/program")
        try Data(
            """
            {"schema_version": "v1", "name_for_model": "trier", "api": {"type": "openapi", "url": "openapi.yaml"},
             "x-squire": {"run": ["program", "{socket}", "\(top)"]\(members.replacing("TOP", with: top))}}
            """.utf8
        ).write(to: URL(fileURLWithPath: "\(top)/plugin/ai-plugin.json"))
        try Data("openapi: 3.1.0\ninfo: {title: T}\npaths: {/try: {get: {operationId: try, summary: Tries}}}\n".utf8)
            .write(to: URL(fileURLWithPath: "\(top)/plugin/openapi.yaml"))
        let transport = CurlTransport()
        let registry = PluginRegistry(
            fetcher: transport, runtimeFolder: "\(top)/home/servers",
            protected: ["\(top)/home", "\(top)/config.yaml"])
        let outcome: Result<ToolOutcome, any Error>
        do {
            _ = try await registry.register(source: "\(top)/plugin/ai-plugin.json")
            outcome = .success(try await registry.call(plugin: "trier", operation: "try", arguments: [:]))
        } catch {
            outcome = .failure(error)
        }
        await registry.stop()
        await transport.stop()
        // Nothing of the program's is left.
        #expect(try FileManager.default.contentsOfDirectory(atPath: "\(top)/home/servers").isEmpty)
        guard case .ok(let result) = try outcome.get() else { throw Failure(what: "\(outcome)") }
        return result
    }

    private struct Failure: Error {
        var what: String
    }

    /// The paths, without the folder they are in, that could be read.
    private func read(_ result: JSONValue) -> Set<String> {
        let reads = result["reads"]?.object ?? [:]
        return Set(
            reads.filter { $0.value == true }.map { $0.key.split(separator: "/").dropFirst(2).joined(separator: "/") })
    }

    private func written(_ result: JSONValue) -> Set<String> {
        Set((result["writes"]?.object ?? [:]).filter { $0.value == true }.keys)
    }

    @Test func `a program that asks for nothing reads what lies beside its manifest, and writes only its own folder`()
        async throws
    {
        let result = try await tried(asking: "")
        #expect(read(result) == ["plugin/beside"])
        #expect(written(result).isEmpty)
        #expect(result["temporary"] == true)
        #expect(result["inet"] == false && result["daemon"] == false)
        #expect(result["descriptors"] == "0,1,2")
        #expect(result["gains"] == "NoNewPrivs: 1")
    }

    @Test func `it gets of the environment what programs need, and what it asks for`() async throws {
        unsafe setenv("TRIER_KEY", "k", 1)
        unsafe setenv("TRIER_OTHER", "o", 1)
        defer {
            unsafe unsetenv("TRIER_KEY")
            unsafe unsetenv("TRIER_OTHER")
        }
        let few: Set<String> = ["HOME", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "PWD", "TMPDIR", "TZ"]
        let without = Set((try await tried(asking: "")["names"]?.array ?? []).compactMap(\.string))
        #expect(without.isSuperset(of: ["HOME", "PATH", "TMPDIR"]) && without.isSubset(of: few))
        let with = try await tried(asking: #", "environment": ["TRIER_KEY"]"#)
        #expect(Set((with["names"]?.array ?? []).compactMap(\.string)) == without.union(["TRIER_KEY"]))
    }

    @Test func `it may do what its manifest asks for`() async throws {
        let result = try await tried(
            asking: #", "files": {"read": ["TOP/asked"], "write": ["TOP/written"]}, "network": true"#)
        #expect(read(result) == ["plugin/beside", "asked/file"])
        #expect(written(result) == ["written"])
        #expect(result["inet"] == true)
    }

    @Test(arguments: ["TOP", "/"])
    func `what is the daemon's stays closed, also to a program that asks for all around it`(place: String) async throws
    {
        let result = try await tried(
            asking: #", "files": {"read": ["PLACE"], "write": ["PLACE"]}"#.replacing("PLACE", with: place))
        #expect(read(result) == ["plugin/beside", "asked/file", "other"])
        #expect(written(result) == ["plugin", "asked", "written"])
    }
}
