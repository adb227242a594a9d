import CLlama
import Foundation

/// Measures how a model runs best on this machine: threads, batch, attention, the cache's type, and the format of the
/// weights themselves, under a bound on what a format may cost in quality.
package struct ModelTuner: Sendable {
    private let modelPath: String
    private let folder: String
    private let activity: Activity
    private let progress: @Sendable (String) -> Void

    /// A format may raise the perplexity by this part at most.
    private static let qualityBound = 0.01
    /// By how much a way must be better than the one before it; less is noise.
    private static let worthwhile = 0.97
    private static let formats: [(name: String, type: llama_ftype)] = [
        ("Q8_0", LLAMA_FTYPE_MOSTLY_Q8_0), ("Q6_K", LLAMA_FTYPE_MOSTLY_Q6_K), ("Q4_K_M", LLAMA_FTYPE_MOSTLY_Q4_K_M),
        ("Q4_0", LLAMA_FTYPE_MOSTLY_Q4_0),
    ]

    /// - Parameters:
    ///   - folder: for what is chosen, and for requantized weights.
    ///   - activity: answers that are being computed are waited for before each measurement.
    ///   - progress: told what is measured next, in a line.
    package init(
        modelPath: String, folder: String, activity: Activity, progress: @escaping @Sendable (String) -> Void
    ) {
        self.modelPath = modelPath
        self.folder = folder
        self.activity = activity
        self.progress = progress
    }

    /// Measures, chooses, and keeps what was chosen for the next start.
    ///
    /// - Throws: `InferenceError`, `CancellationError`, and what writing files throws.
    package func run() async throws -> Tuning {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var requantized: [String: String] = [:]
        defer { for path in requantized.values { try? FileManager.default.removeItem(atPath: path) } }

        let original = try Model(path: modelPath)
        let reference = try await perplexity(original, "original")
        var trials: [Tuning.Trial] = []
        var best = try await measure(original, ContextSettings(), "original", reference, isGoodEnough: true)
        trials.append(best)
        for change in Self.changes {
            var settings = best.settings
            change(&settings)
            guard settings != best.settings else { continue }
            let trial = try await measure(original, settings, "original", reference, isGoodEnough: true)
            trials.append(trial)
            if trial.cost < best.cost * Self.worthwhile { best = trial }
        }
        for format in Self.formats {
            try Task.checkCancellation()
            progress("requantizing to \(format.name)")
            let path = "\(folder)/\(URL(fileURLWithPath: modelPath).lastPathComponent).\(format.name).gguf"
            // Some formats do not fit some models; the others still may.
            guard Self.requantize(modelPath, to: path, format.type) else { continue }
            requantized[format.name] = path
            let model = try Model(path: path)
            let value = try await perplexity(model, format.name)
            let isGoodEnough = value <= reference * (1 + Self.qualityBound)
            let trial = try await measure(model, best.settings, format.name, value, isGoodEnough: isGoodEnough)
            trials.append(trial)
            if isGoodEnough, trial.cost < best.cost * Self.worthwhile { best = trial }
        }
        let tuning = Tuning(
            model: modelPath, trials: trials, chosen: best, weights: requantized.removeValue(forKey: best.format))
        try tuning.write(folder: folder)
        return tuning
    }

    /// What is tried on the best so far, one thing at a time.
    private static let changes: [@Sendable (inout ContextSettings) -> Void] = {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let fewer = Set([max(1, cores / 2), max(1, cores - 1)]).subtracting([cores]).sorted()
        let threads = fewer.map { count -> @Sendable (inout ContextSettings) -> Void in
            {
                $0.threads = count
                $0.promptThreads = cores
            }
        }
        return threads + [
            { $0.batch = 256 }, { $0.batch = 1024 }, { $0.flashAttention = true }, { $0.flashAttention = false },
            { $0.cacheType = .q8 },
        ]
    }()

    private static func requantize(_ source: String, to target: String, _ format: llama_ftype) -> Bool {
        var parameters = unsafe llama_model_quantize_default_params()
        unsafe parameters.ftype = format
        unsafe parameters.allow_requantize = true
        return unsafe llama_model_quantize(source, target, &parameters) == 0
    }

    // MARK: Measuring

    private func perplexity(_ model: Model, _ format: String) async throws -> Double {
        try await activity.waitUntilIdle()
        progress("\(format): perplexity")
        let tokens = Array(model.tokens(of: TuningText.text, special: false).prefix(ModelContext.perplexityTokens))
        return try await Self.onThread {
            () throws(InferenceError) in
            var context = try ModelContext(model: model, settings: ContextSettings(), cells: tokens.count + 1)
            return try context.perplexity(of: tokens)
        }
    }

    private func measure(
        _ model: Model, _ settings: ContextSettings, _ format: String, _ perplexity: Double, isGoodEnough: Bool
    ) async throws -> Tuning.Trial {
        try await activity.waitUntilIdle()
        try Task.checkCancellation()
        progress("\(format): \(settings.summary)")
        let speeds = try await Self.onThread {
            () throws(InferenceError) in
            var context = try ModelContext(model: model, settings: settings, cells: 2048)
            // The first run pays for what is read from disk and made ready.
            _ = try context.speeds()
            return try context.speeds()
        }
        return Tuning.Trial(
            format: format, settings: settings, prompt: speeds.prompt, generation: speeds.generation,
            eight: speeds.eight,
            perplexity: perplexity, isGoodEnough: isGoodEnough)
    }

    /// Computing takes a core for seconds: not on the cooperative pool.
    private static func onThread<T: Sendable>(
        _ body: @escaping @Sendable () throws(InferenceError) -> T
    ) async throws -> T {
        let answer = Loading<T>()
        let thread = Thread {
            do throws(InferenceError) {
                answer.finish(.success(try body()))
            } catch {
                answer.finish(.failure(error))
            }
        }
        thread.stackSize = 8 << 20
        thread.start()
        return try await answer.value()
    }
}

extension ContextSettings {
    /// What differs from one way to another, in a few words.
    package var summary: String {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let flash = flashAttention.map { $0 ? "on" : "off" } ?? "auto"
        return
            "threads \(threads ?? cores)/\(promptThreads ?? threads ?? cores), batch \(batch), cache \(cacheType.rawValue), flash attention \(flash)"
    }
}
