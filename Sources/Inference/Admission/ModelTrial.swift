import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Loads a model's file in a process of its own, which libllama may end, fill or hold: this one goes on.
package struct ModelTrial: Sendable {
    /// A program and its arguments; what runs them confined, where something does.
    package struct Command: Sendable {
        package var program: String
        package var arguments: [String]

        package init(program: String, arguments: [String]) {
            self.program = program
            self.arguments = arguments
        }
    }

    private let program: String
    private let settings: ContextSettings
    private let confined: @Sendable (Command, _ model: String) throws(InferenceError) -> Command

    /// What the program is started with; `ModelTrialProgram` reads it.
    static let option = "--try-model"
    /// How it says what is wrong.
    static let failed: Int32 = 65

    private static let mostOutput = 16 << 10

    /// - Parameters:
    ///   - program: `squired`, which tries a model where it is told to.
    ///   - settings: how the chat model is run.
    ///   - confined: what is run in place of a command, so that it can read the model's file and nothing else. The one
    ///     place where confinement is added.
    package init(
        program: String, settings: ContextSettings,
        confined: @escaping @Sendable (Command, _ model: String) throws(InferenceError) -> Command = { command, _ in
            command
        }
    ) {
        self.program = program
        self.settings = settings
        self.confined = confined
    }

    /// How long it may take: a disk that gives 20 MB a second, and a slow machine.
    private static func limit(bytes: Int) -> Duration { .seconds(60 + bytes / 20_000_000) }

    /// - Throws: `modelCrashes` where the process did not come to its end, `modelFailed` where it did not come to begin,
    ///   and what it said otherwise.
    package func run(_ path: String, _ purpose: ModelPurpose) throws(InferenceError) {
        let limit = Self.limit(bytes: ModelParts(of: path).bytes)
        let settings = (try? JSONEncoder().encode(settings)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
        let command = try confined(
            Command(
                program: program,
                arguments: [Self.option, path, "--try-purpose", purpose.rawValue, "--try-settings", settings]), path)
        let child = try ChildProcess.start(command.program, command.arguments)
        let (end, output) = child.wait(atMost: limit, keeping: Self.mostOutput)
        switch end {
        case .exited(0): return
        case .exited(Self.failed):
            if let said = ModelTrialProgram.Problem(in: output) { throw InferenceError(said.code, said.message) }
            throw crashes(path, "ended with status \(Self.failed)", output)
        // Those of squire-confine that could not do its part, which says nothing of the file.
        case .exited(let status) where status == 125 || status == 127:
            let said = output.split(separator: "\n").last { $0.hasPrefix("squire-confine: ") }
            throw InferenceError(
                .modelFailed,
                "\(path) was not tried: \(said?.prefix(500) ?? "what should try it ended with status \(status)")")
        case .exited(let status): throw crashes(path, "ended with status \(status)", output)
        case .signaled(let signal):
            throw crashes(path, "ended with signal \(signal) (\(unsafe String(cString: strsignal(signal))))", output)
        case .late:
            throw crashes(path, "had not loaded it after \(Int(limit / .seconds(1))) seconds", output)
        }
    }

    private func crashes(_ path: String, _ what: String, _ output: String) -> InferenceError {
        // What ggml says when it gives up stands on a line of its own.
        let line = output.split(separator: "\n").last { $0.contains("GGML_ASSERT") || $0.contains("what():") }
        let said = line.map { ": \($0.trimmingCharacters(in: .whitespaces).prefix(200))" } ?? ""
        return InferenceError(
            .modelCrashes,
            "\(path) cannot be loaded: a process that tried it \(what)\(said). It is not tried again until it changes; use another model"
        )
    }
}
