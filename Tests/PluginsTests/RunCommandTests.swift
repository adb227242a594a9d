import Core
import Foundation
import HTTPTransport
import Testing

@testable import Plugins

/// Plugins whose manifest names a program, from the registry to the real program and back.
@Suite(.timeLimit(.minutes(1)))
struct RunCommandTests {
    /// Answers with its process's number, and dies in the middle of `/die` unless it has died before.
    private static let program = """
        #!/usr/bin/perl
        use IO::Socket::UNIX;
        my ($socket, $log) = @ARGV;
        my $listener = IO::Socket::UNIX->new(Local => $socket, Listen => 16) or die "no socket: $!";
        while (my $client = $listener->accept) {
            # Whoever only looks whether somebody listens sends nothing.
            defined(my $request = <$client>) or next;
            while (<$client>) { last if /^\\r?$/; }
            open(my $lines, ">>", $log); print $lines $request; close $lines;
            if ($request =~ /die/ && !-e "$log.died") {
                open(my $mark, ">", "$log.died"); close $mark;
                exit 3;
            }
            my $body = "{\\"pid\\": $$}";
            print $client "HTTP/1.1 200 OK\\r\\nContent-Type: application/json\\r\\nConnection: close\\r\\n";
            print $client "Content-Length: " . length($body) . "\\r\\n\\r\\n$body";
            close $client;
        }
        """

    private static let manifest = """
        {"schema_version": "v1", "name_for_model": "counter", "api": {"type": "openapi", "url": "openapi.yaml"},
         "x-squire": {"run": ["program", "{socket}", "LOG"], "files": {"write": ["."]}}}
        """

    private static let document = """
        openapi: 3.1.0
        info: {title: Counter}
        paths:
          /pid: {get: {operationId: pid, summary: Tells its number}}
          /die:
            get: {operationId: readAndDie, summary: Dies}
            post: {operationId: changeAndDie, summary: Dies}
        """

    /// A registry with the plugin registered; `log` is what the program writes the requests' first lines to.
    private func withPlugin(_ body: (PluginRegistry, _ log: String) async throws -> Void) async throws {
        // Short: a socket's path may have 107 bytes.
        let folder = "/tmp/squire-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let log = "\(folder)/log"
        try Self.program.write(toFile: "\(folder)/program", atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: "\(folder)/program")
        try Self.manifest.replacing("LOG", with: log).write(
            toFile: "\(folder)/ai-plugin.json", atomically: true, encoding: .utf8)
        try Self.document.write(toFile: "\(folder)/openapi.yaml", atomically: true, encoding: .utf8)
        let transport = CurlTransport()
        let registry = PluginRegistry(
            fetcher: transport, runtimeFolder: "\(folder)/run")
        do {
            _ = try await registry.register(source: "\(folder)/ai-plugin.json")
            try await body(registry, log)
        } catch {
            Issue.record(error)
        }
        await registry.stop()
        await transport.stop()
    }

    private func pid(_ outcome: ToolOutcome) throws -> Int {
        guard case .ok(let result) = outcome else { throw Failure(what: "\(outcome)") }
        return try #require(result["pid"]?.integer)
    }

    private struct Failure: Error {
        var what: String
    }

    @Test func `the first call starts the program, and the next ones use it`() async throws {
        try await withPlugin { registry, log in
            #expect(!FileManager.default.fileExists(atPath: log))
            let first = try pid(try await registry.call(plugin: "counter", operation: "pid", arguments: [:]))
            let second = try pid(try await registry.call(plugin: "counter", operation: "pid", arguments: [:]))
            #expect(first == second)
        }
    }

    @Test func `a program that was killed is started again by the next call`() async throws {
        try await withPlugin { registry, _ in
            let first = try pid(try await registry.call(plugin: "counter", operation: "pid", arguments: [:]))
            kill(pid_t(first), SIGKILL)
            let second = try pid(try await registry.call(plugin: "counter", operation: "pid", arguments: [:]))
            #expect(second != first)
        }
    }

    @Test func `a call that only reads is made again when the program dies under it`() async throws {
        try await withPlugin { registry, log in
            let outcome = try await registry.call(plugin: "counter", operation: "readAndDie", arguments: [:])
            #expect(try pid(outcome) > 0)
            let lines = try String(contentsOfFile: log, encoding: .utf8).split(whereSeparator: \.isNewline)
            #expect(lines == ["GET /die HTTP/1.1", "GET /die HTTP/1.1"])
        }
    }

    @Test func `a call that changes something is not made again: it may have been done`() async throws {
        try await withPlugin { registry, log in
            let outcome = try await registry.call(plugin: "counter", operation: "changeAndDie", arguments: [:])
            guard case .failed = outcome else {
                Issue.record("it did not fail: \(outcome)")
                return
            }
            let lines = try String(contentsOfFile: log, encoding: .utf8).split(whereSeparator: \.isNewline)
            #expect(lines == ["POST /die HTTP/1.1"])
            let next = try await registry.call(plugin: "counter", operation: "pid", arguments: [:])
            #expect(try pid(next) > 0)
        }
    }

    @Test func `disabling a plugin ends its program, and enabling it allows another`() async throws {
        try await withPlugin { registry, _ in
            let first = try pid(try await registry.call(plugin: "counter", operation: "pid", arguments: [:]))
            _ = try await registry.setEnabled(false, name: "counter")
            #expect(kill(pid_t(first), 0) == -1)
            _ = try await registry.setEnabled(true, name: "counter")
            let second = try pid(try await registry.call(plugin: "counter", operation: "pid", arguments: [:]))
            #expect(second != first)
        }
    }

    @Test func `a command in a manifest that was sent inline, or came from a URL, is refused with its place`()
        async throws
    {
        let site = "https://api.example.com"
        let fetcher = ScriptedFetcher(pages: [
            "\(site)/ai-plugin.json": Self.manifest, "\(site)/openapi.yaml": Self.document,
        ])
        let registry = PluginRegistry(
            fetcher: fetcher, runtimeFolder: "/nowhere")
        let remote = await #expect(throws: PluginError.self) {
            try await registry.register(source: "\(site)/ai-plugin.json")
        }
        #expect(remote?.message.contains("x-squire.run: ") == true)
        var inline = try JSONValue(parsing: Self.manifest).object ?? [:]
        inline["api"] = ["type": "openapi", "url": .string("\(site)/openapi.yaml")]
        let document = JSONValue.object(inline)
        let sent = await #expect(throws: PluginError.self) { try await registry.register(document: document) }
        #expect(sent?.message.contains("x-squire.run: ") == true)
        #expect(try await registry.list().isEmpty)
    }
}
