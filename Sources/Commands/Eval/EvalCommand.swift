import ArgumentParser
import Evaluation
import Foundation
import SquireProtocol

struct EvalCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "eval",
        abstract: "Measure how well a model calls tools, says what plugins said, and finds passages.",
        discussion: """
            Runs suites of questions in a daemon of its own, which is configured as yours is and gone afterwards: your \
            conversations and documents are not touched. Prints for each measure its value, and the interval in which \
            the true one lies in 95 of 100 such measurements; two models differ where their intervals hardly meet.

              squire eval
              squire eval calling --model ~/models/Qwen2.5-1.5B-Instruct-Q4_K_M.gguf
              squire eval --suite my-questions.jsonl --failures
              squire eval --functions bfcl_eval/data simple_python multiple --limit 100
            """)

    @Argument(
        help: ArgumentHelp(
            "Some of calling, grounded and retrieval; all where missing. With --functions, categories.",
            valueName: "suite"))
    var suites: [String] = []

    @Option(
        help: ArgumentHelp(
            "The chat model: a GGUF file, or the name of one in the models folder. The configured one where missing.",
            valueName: "path or name"))
    var model: String?

    @Option(
        help: ArgumentHelp(
            "A suite of your own, in JSON Lines; may be given again. docs/evaluation.md says what is in it.",
            valueName: "file"))
    var suite: [String] = []

    @Option(
        help: ArgumentHelp(
            "The folder with the data of the Berkeley Function-Calling Leaderboard, as bfcl-eval ships it.",
            valueName: "folder"))
    var functions: String?

    @Option(help: ArgumentHelp("Only the first n cases of each suite.", valueName: "n"))
    var limit: Int?

    @Flag(help: "List the failed cases: the question, the expected answer and the actual one.")
    var failures = false

    @Flag(help: "Print one JSON document; errors too, as {\"error\": {\"kind\", \"message\"}}.")
    var json = false

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit must be 1 or more.") }
    }

    func run() async throws {
        let console = Console.standard
        let suites = try chosen()
        let daemon = PrivateDaemon(modelPath: try model.map { try ModelFile.path(of: $0, in: Location().home) })
        var report = try await Self.measure(suites, daemon, CountedProgress(console: console, unit: "cases"))
        let missed = report.failures ?? []
        if !failures { report.failures = nil }
        try Report(console: console, json: json)(report) {
            EvalText.table(report, console) + (failures ? EvalText.failures(missed, console) : "")
        }
    }

    /// - Throws: `interrupted` when the task was cancelled.
    private static func measure(
        _ suites: [any EvaluationSuite], _ daemon: PrivateDaemon, _ progress: CountedProgress
    ) async throws -> EvaluationReport {
        defer { progress.finish() }
        do {
            return try await Interruption.cancelling {
                do {
                    return try await daemon.withClient { client in
                        try await SuiteRunner(suites).run(client) { progress.show($2, done: $0, total: $1) }
                    }
                } catch {
                    // What was being done may say in words of its own that it was cancelled.
                    if Task.isCancelled { throw CancellationError() }
                    throw error
                }
            }
        } catch is CancellationError {
            throw CommandError.interrupted
        }
    }

    /// - Throws: `usage`; what reading a suite throws.
    private func chosen() throws -> [any EvaluationSuite] {
        var chosen: [any EvaluationSuite] = []
        if let functions {
            let folder = (functions as NSString).expandingTildeInPath
            let categories = suites.isEmpty ? FunctionCallingData.categories(in: folder) : suites
            guard !categories.isEmpty else {
                throw CommandError(
                    .usage, "\(folder) has no BFCL_v4_….json; name the folder bfcl_eval/data of the package bfcl-eval.")
            }
            let known = FunctionCallingData.categories
            if let other = categories.first(where: { !known.contains($0) }) {
                throw CommandError(
                    .usage, "There is no category \"\(other)\" of one turn. There are \(known.joined(separator: ", "))."
                )
            }
            chosen = try categories.map { try FunctionCallingData.read($0, in: folder) }
        } else if !suites.isEmpty || suite.isEmpty {
            let names = suites.isEmpty ? ShippedSuites.names : suites
            chosen = try names.map { try SuiteFile.read(try ShippedSuites.path(of: $0)) }
        }
        chosen += try suite.map { try SuiteFile.read(($0 as NSString).expandingTildeInPath) }
        return limit.map { limit in chosen.map { $0.limited(to: limit) } } ?? chosen
    }
}

/// A chat model's file, by its path or by its name in the models folder.
enum ModelFile {
    /// - Throws: `modelUnknown`.
    static func path(of model: String, in home: String) throws -> String {
        let expanded = (model as NSString).expandingTildeInPath
        if FileManager.default.fileExists(atPath: expanded) {
            return URL(fileURLWithPath: expanded).standardizedFileURL.path
        }
        let named = "\(home)/models/\(model).gguf"
        guard FileManager.default.fileExists(atPath: named) else {
            throw CommandError(
                .modelUnknown,
                "There is no model \"\(model)\": neither a file of that path nor \(named). squire model list names those there are."
            )
        }
        return named
    }
}
