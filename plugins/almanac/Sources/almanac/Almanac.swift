import AlmanacAPI
import ArgumentParser
import Foundation

/// `almanac`: the plugin's server.
@main
struct AlmanacCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "almanac",
        abstract: "Serves the world clock, dates, units of measure, sun and moon over HTTP.",
        version: AlmanacServer.version)

    @Option(help: "Listen on a Unix socket at this path; one left there is replaced.")
    var socket: String?

    @Option(help: "Listen on this address.")
    var host = "127.0.0.1"

    @Option(help: "Listen on this TCP port; 0 takes a free one.")
    var port: Int?

    @Flag(help: "Stop when the pipe on standard input ends, as it does when the program at its other end dies.")
    var exitWithStdin = false

    @Flag(name: .customLong("print-openapi"), help: "Print the OpenAPI document and exit.")
    var printsOpenAPI = false

    @Flag(name: .customLong("print-manifest"), help: "Print the plugin manifest and exit.")
    var printsManifest = false

    func validate() throws {
        if printsOpenAPI || printsManifest { return }
        guard (socket == nil) != (port == nil) else {
            throw ValidationError("say where to listen: either --socket PATH or --port N")
        }
        // The size of sun_path in sockaddr_un (104 bytes on Darwin, 108 on Linux), with its closing zero.
        guard socket.map({ !$0.isEmpty && $0.utf8.count < 104 }) != false else {
            throw ValidationError("a Unix socket's path must have 1 to 103 bytes; choose a shorter one")
        }
        guard port.map({ (0...65_535).contains($0) }) != false else {
            throw ValidationError("a TCP port is a number from 0 to 65535")
        }
    }

    func run() async throws {
        if printsOpenAPI { return print(OpenAPIDocument.text, terminator: "") }
        if printsManifest { return print(PluginManifest.text, terminator: "") }
        let almanac = Almanac()
        if exitWithStdin, inputIsPipe { stopWhenInputEnds() }
        guard let socket else { return try await AlmanacServer.run(almanac, at: .tcp(host: host, port: port ?? 0)) }
        // The socket is created with the mode the mask leaves: 0600, from its first instant. No other file is made.
        umask(0o177)
        try await AlmanacServer.run(almanac, at: .socket(path: socket))
    }

    /// Whether somebody can be at the other end of standard input: `/dev/null` would end at once.
    private var inputIsPipe: Bool {
        var status = stat()
        guard unsafe fstat(STDIN_FILENO, &status) == 0 else { return false }
        let kind = status.st_mode & S_IFMT
        return kind == S_IFIFO || kind == S_IFSOCK
    }

    /// Ends the process as SIGTERM does once standard input has ended. A pipe's end comes with its writer's, however
    /// that died; the kernel's death signal would come already when the thread that started this one ends.
    private func stopWhenInputEnds() {
        Thread.detachNewThread {
            while !FileHandle.standardInput.availableData.isEmpty {}
            kill(getpid(), SIGTERM)
        }
    }
}
