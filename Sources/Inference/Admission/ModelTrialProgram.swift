import Core
import Foundation

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a process does that tries a model: loads it, uses it as the daemon would, says what is wrong, and ends.
package enum ModelTrialProgram {
    /// What was wrong, as it is written on a line of standard output.
    struct Problem {
        private static let mark = "model-trial: "

        var code: InferenceError.Code
        var message: String

        init(_ error: InferenceError) {
            code = error.code
            message = error.message
        }

        /// - Returns: nil where the output has no such line.
        init?(in output: String) {
            guard let line = output.split(separator: "\n").last(where: { $0.hasPrefix(Self.mark) }),
                let value = try? JSONDecoder().decode([String].self, from: Data(line.dropFirst(Self.mark.count).utf8)),
                value.count == 2, let code = InferenceError.Code(rawValue: value[0])
            else { return nil }
            self.code = code
            message = value[1]
        }

        var line: String {
            let value = (try? JSONEncoder().encode([code.rawValue, message])) ?? Data("[]".utf8)
            return Self.mark + String(decoding: value, as: UTF8.self) + "\n"
        }
    }

    /// Texts with the bytes, signs and scripts that a vocabulary must know what to do with.
    private static let texts: [String] = [
        "The capital of France is Paris, isn't it? 3.14 + 2 = 5.14\n\n\tHTTP/2 (RFC 9113) \u{1F600}",
        "Größe, façade, ñandú, Ελλάδα, Москва, שלום, مرحبا, नमस्ते, 東京, 서울, ไทย",
        String(String.UnicodeScalarView((1...0x2ff).compactMap(Unicode.Scalar.init))), " ", "a",
        "<|im_start|><|im_end|>", String(repeating: "word ", count: 64),
    ]

    /// Tries a model and ends the process: with status 0 where it can be loaded.
    ///
    /// - Parameter settings: how the chat model is run, as JSON.
    package static func run(path: String, purpose: String, settings: String) async -> Never {
        endWithStarter()
        limit(path)
        let settings = (try? JSONDecoder().decode(ContextSettings.self, from: Data(settings.utf8))) ?? ContextSettings()
        do {
            switch ModelPurpose(rawValue: purpose) ?? .chat {
            case .chat: try await chat(path, settings)
            case .vectors: _ = try await EmbeddingEngine(modelPath: path, threads: settings.threads).embed(texts)
            case .scores:
                let engine = EmbeddingEngine.reranker(modelPath: path, threads: settings.threads)
                _ = try await engine.scores(of: texts, for: "What is the capital of France?")
            }
        } catch {
            let problem =
                error as? InferenceError ?? InferenceError(.modelFailed, "\(path) could not be loaded: \(error)")
            FileHandle.standardOutput.write(Data(Problem(problem).line.utf8))
            _exit(ModelTrial.failed)
        }
        // Without exit handlers, as the daemon.
        _exit(0)
    }

    private static func chat(_ path: String, _ settings: ContextSettings) async throws {
        var settings = settings
        // Enough for the texts; what a context takes beside is the same for any size, and memory is not taken twice.
        settings.context = min(settings.context, 1024)
        settings.cache = nil
        settings.parkedMegabytes = 0
        let engine = InferenceEngine(modelPath: path, settings: settings)
        _ = try await engine.describe()
        for text in texts { _ = try await engine.tokenize(text, special: true) }
        let prompt = try await engine.render([ChatMessage(.system, texts[1]), ChatMessage(.user, texts[0])])
        _ = try await engine.text(
            GenerationRequest(prompt: prompt, sampling: Sampling(temperature: 0, maxTokens: 3, ignoreEnd: true)))
    }

    /// Ends this process when the one that started it ends, however it does: a pipe's end comes with its writer's.
    private static func endWithStarter() {
        Thread.detachNewThread {
            while let bytes = try? FileHandle.standardInput.read(upToCount: 64), !bytes.isEmpty {}
            _exit(1)
        }
    }

    /// Bounds what a file can make of this process: memory, processor time, files, and none of what is left of it.
    private static func limit(_ path: String) {
        let bytes = UInt(ModelParts(of: path).bytes)
        #if os(Linux)
            set(RLIMIT_CORE, 0)
            set(RLIMIT_FSIZE, 0)
            set(RLIMIT_CPU, 600 + bytes / 20_000_000)
            // Beside the file, which is mapped, and may be repacked: contexts, and what is reserved and never used.
            set(RLIMIT_AS, 2 * bytes + (4 << 30))
        #endif
    }

    #if os(Linux)
        private static func set(_ resource: __rlimit_resource, _ most: UInt) {
            var limit = rlimit(rlim_cur: most, rlim_max: most)
            _ = unsafe setrlimit(__rlimit_resource_t(resource.rawValue), &limit)
        }
    #endif
}
