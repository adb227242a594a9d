import Core
import Evaluation
import Foundation
import Subprocess
import Testing

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// `squire eval`, the program, with the default models.
@Suite(.serialized, .timeLimit(.minutes(3)))
struct EvalTests {
    /// What the program is told: a folder for what is temporary, and no configuration of the user's.
    private func environment(_ folder: String) -> [String: String] {
        ProcessInfo.processInfo.environment.filter { !$0.key.hasPrefix("SQUIRE_") || $0.key == "SQUIRE_CACHE" }
            .merging([
                "TMPDIR": folder, "SQUIRE_CONFIG": folder + "/none.yaml", "SQUIRE_HOME": folder + "/none",
                "SQUIRE_MODEL_THREADS": "1",
            ]) { _, one in one }
    }

    private func leftovers(_ folder: String) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasPrefix("squire-eval-") }
    }

    private func run(_ arguments: [String], in folder: String) async throws -> (status: TerminationStatus, out: String)
    {
        let variables = environment(folder).map { Array("\($0)=\($1)".utf8) + [0] }
        let result = try await Subprocess.run(
            .path(FilePath(RunningProgram.folder.appending(path: "squire").path)), arguments: Arguments(arguments),
            environment: .custom(variables), input: .none, output: .string(limit: 1 << 20), error: .discarded)
        return (result.terminationStatus, result.standardOutput)
    }

    @Test func `suites of all kinds are run in a daemon that is gone afterwards, and each measure is told`()
        async throws
    {
        let files = [
            "calls.jsonl": """
            {"suite": "calling"}
            {"tool": {"name": "set_timer", "description": "Starts a countdown of some minutes.", "parameters": \
            {"type": "object", "properties": {"minutes": {"type": "integer"}}, "required": ["minutes"]}}}
            {"id": "timer", "question": "Start a countdown of 12 minutes.", "tools": ["set_timer"], \
            "calls": [{"set_timer": {"minutes": [12]}}]}
            {"id": "other", "question": "Start a countdown of 12 minutes.", "tools": ["set_timer"], \
            "calls": [{"set_timer": {"minutes": [13]}}]}
            """,
            "facts.jsonl": """
            {"suite": "grounded", "plugin": "almanac"}
            {"id": "miles", "question": "How many kilometers are 5 miles?", "operation": "convertUnits", \
            "arguments": {"value": 5, "from": "mile", "to": "kilometer"}, "figures": ["result"]}
            """,
            "finds.jsonl": """
            {"suite": "retrieval"}
            {"passage": {"title": "Boiler", "text": "Hold the red button for ten seconds to reset the boiler."}}
            {"passage": {"title": "Bees", "text": "A colony needs eighteen kilos of honey to get through the winter."}}
            {"id": "reset", "question": "How is the heating reset?", "passages": ["Boiler"]}
            """,
        ]
        try await withHome { folder in
            for (name, text) in files {
                try text.write(toFile: "\(folder)/\(name)", atomically: true, encoding: .utf8)
            }
            let arguments = files.keys.sorted().flatMap { ["--suite", "\(folder)/\($0)"] }
            let (status, out) = try await run(["eval", "--json", "--failures"] + arguments, in: folder)
            #expect(status == .exited(0))
            let report: EvaluationReport = try JSONValue(parsing: out).decode()
            #expect(report.modelPath == DefaultModel.path)
            #expect(
                report.rows.map { "\($0.suite) \($0.measure) \($0.value) \($0.cases)" } == [
                    "calls calls right 0.5 2", "calls right tool 1.0 2", "facts the plugin's figure 1.0 1",
                    "facts every figure has a source 1.0 1", "finds hit@1 1.0 1", "finds hit@5 1.0 1",
                    "finds MRR@10 1.0 1",
                ])
            #expect(report.rows.allSatisfy { $0.low <= $0.value && $0.value <= $0.high && $0.secondsPerCase > 0 })
            #expect(report.failures?.map(\.id) == ["other"])
            #expect(try leftovers(folder).isEmpty)
        }
    }

    @Test func `what cannot be run is said before anything is started`() async throws {
        try await withHome { folder in
            for (arguments, kind) in [
                (["--suite", folder + "/none.jsonl"], "suiteUnreadable"), (["songs"], "usage"),
                (["--model", "none"], "modelUnknown"), (["--functions", folder], "usage"),
            ] {
                let (status, out) = try await run(["eval", "--json"] + arguments, in: folder)
                #expect(status == .exited(kind == "usage" ? 64 : 1))
                #expect(try JSONValue(parsing: out)["error"]?["kind"]?.string == kind)
            }
        }
    }

    @Test(arguments: [SIGINT, SIGKILL])
    func `its daemon ends with it, interrupted or killed`(signal: Int32) async throws {
        try await withHome { folder in
            let program = try await RunningProgram.start(
                ["eval", "grounded"], program: "squire", environment: environment(folder))
            var lock = ""
            // Until it has written who holds the home.
            try await eventually {
                guard let home = try leftovers(folder).first else { return false }
                lock = (try? String(contentsOfFile: "\(folder)/\(home)/squired.lock", encoding: .utf8)) ?? ""
                return FileManager.default.fileExists(atPath: "\(folder)/\(home)/squire.sock")
            }
            let daemon = try #require(lock.firstMatch(of: /pid (\d+)/).flatMap { Int32($0.1) })
            program.send(signal)
            #expect(await program.waitForEnd() == (signal == SIGINT ? 130 : SIGKILL))
            // One that was killed cannot wait for it, and whoever reaps its orphans may be slow.
            try await eventually {
                kill(daemon, 0) != 0
                    || (try? String(contentsOfFile: "/proc/\(daemon)/stat", encoding: .utf8))?.contains(") Z") == true
            }
            if signal == SIGINT { #expect(try leftovers(folder).isEmpty) }
        }
    }
}
