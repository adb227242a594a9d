import ArgumentParser
import SquireClient
import SquireProtocol

struct StatusCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Show the state of the daemon; exit with status 69 when it is not running.",
        discussion: "It does not start one: squire daemon start does.")

    @OptionGroup
    var common: CommonOptions

    func run() async throws {
        var launcher = common.connection.launcher(common.console)
        launcher.mayStart = false
        let status = try await launcher.withClient { try await $0.call(Status.self) }
        try common.report(status) { StatusText.text(status, common.console) }
    }
}

/// How the daemon's status is shown.
enum StatusText {
    static func text(_ status: Status.Result, _ console: Console) -> String {
        var fields = [
            ("Daemon", "squired \(status.version), pid \(status.pid), up \(Format.seconds(status.uptimeSeconds))"),
            ("Model", model(status.model)),
        ]
        if let embedding = status.embeddingModel { fields.append(("Embeddings", model(embedding))) }
        if let reranker = status.rerankerModel { fields.append(("Re-ranker", model(reranker))) }
        if let indexing = status.indexing {
            fields.append(
                ("Indexing", "operations \(indexing.done) of \(indexing.total); the others are found by their words"))
        }
        fields += [
            (
                "Queue",
                "\(status.queue.running) running, \(status.queue.waiting) of at most \(status.queue.limit) waiting"
            ),
            (
                "Memory",
                "\(Format.bytes(status.memory.residentBytes)) resident (model \(Format.bytes(status.memory.modelBytes)), "
                    + "peak \(Format.bytes(status.memory.peakResidentBytes)))"
            ),
            (
                "Stored",
                [
                    Format.counted(status.counts.conversations, "conversation"),
                    Format.counted(status.counts.messages, "message"), Format.counted(status.counts.plugins, "plugin"),
                    Format.counted(status.counts.documents, "document"),
                ].joined(separator: ", ")
            ),
            ("Connections", "\(status.counts.connections)"),
            ("Home", status.home),
            ("Socket", status.socket),
        ]
        if let confinement = status.confinement { fields.append(("Confinement", Self.confinement(confinement))) }
        return Fields(fields: fields).text(style: console.outStyle)
    }

    private static func confinement(_ confinement: Status.Result.Confinement) -> String {
        if let gap = confinement.gap { return gap }
        return "plugins' programs and converters are held to what they were granted "
            + "(Landlock \(confinement.landlock ?? 0), seccomp)"
    }

    private static func model(_ model: Status.Result.Model) -> String {
        switch model.state {
        case .loading: "\(model.name), loading"
        case .ready: "\(model.name), ready" + (model.loadSeconds.map { " (loaded in \(Format.seconds($0)))" } ?? "")
        case .failed: "\(model.name), failed: \(model.error ?? "unknown reason")"
        }
    }
}
