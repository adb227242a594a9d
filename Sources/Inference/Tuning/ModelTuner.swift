import CLlama
import Foundation

/// Measures how a model runs best on this machine: threads, batch, attention, the cache's type, and the format of the
/// weights themselves, under a bound on what a format may cost in quality.
package struct ModelTuner: Sendable {
    private let modelPath: String
    private let folder: String
    private let activity: Activity
    private let progress: @Sendable (String) -> Void

    /// The format of weights that were not requantized.
    private static let original = "original"
    /// A format may raise the perplexity by this part at most.
    private static let qualityBound = 0.01
    /// By how much a way must be better than the one before it; less is noise.
    private static let worthwhile = 0.97
    /// What is tried. Tests try less.
    var formats: [(name: String, type: llama_ftype)] = [
        ("Q8_0", LLAMA_FTYPE_MOSTLY_Q8_0), ("Q6_K", LLAMA_FTYPE_MOSTLY_Q6_K), ("Q4_K_M", LLAMA_FTYPE_MOSTLY_Q4_K_M),
        ("Q4_0", LLAMA_FTYPE_MOSTLY_Q4_0),
    ]

    var changes = Self.allChanges
    var perplexityTokens = 1600

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
        for file in try FileManager.default.contentsOfDirectory(atPath: folder) where file.hasSuffix(".part") {
            // Of a tuning that was killed.
            try? FileManager.default.removeItem(atPath: "\(folder)/\(file)")
        }
        var way = Way(model: try Model(path: modelPath), settings: ContextSettings())
        let reference = try await perplexity(way, Self.original)
        var best = try await first(way, reference)
        var trials = [best]
        for change in changes {
            var changed = way
            change(&changed.settings)
            guard changed.settings != way.settings,
                let trial = try await attempt(changed, Self.original, beside: (way, best), reference)
            else { continue }
            trials.append(trial)
            if trial.isBetter(than: best, by: Self.worthwhile) { (best, way) = (trial, changed) }
        }
        // What the daemon runs on now may be the outcome of an earlier tuning, and is not written over.
        let scratch = "\(folder)/\(UUID().uuidString).part"
        let candidate = "\(folder)/\(UUID().uuidString).part"
        defer { for path in [scratch, candidate] { try? FileManager.default.removeItem(atPath: path) } }
        for format in formats {
            try Task.checkCancellation()
            progress("requantizing to \(format.name)")
            guard try await Self.requantize(modelPath, to: candidate, format.type),
                let model = try? Model(path: candidate)
            else { continue }
            let changed = Way(model: model, settings: way.settings)
            guard let trial = try await attempt(changed, format.name, beside: (way, best), reference) else { continue }
            trials.append(trial)
            if trial.isBetter(than: best, by: Self.worthwhile) {
                (best, way) = (trial, changed)
                try? FileManager.default.removeItem(atPath: scratch)
                try FileManager.default.moveItem(atPath: candidate, toPath: scratch)
            }
        }
        return try Tuning.keep(
            model: modelPath, trials: trials, chosen: best, weights: best.format == Self.original ? nil : scratch,
            folder: folder)
    }

    /// What is tried on the best so far, one thing at a time.
    private static let allChanges: [@Sendable (inout ContextSettings) -> Void] = {
        let cores = ProcessInfo.processInfo.activeProcessorCount
        let fewer = Set([max(1, cores / 2), max(1, cores - 1)]).subtracting([cores]).sorted()
        let threads = fewer.map { count -> @Sendable (inout ContextSettings) -> Void in
            {
                $0.threads = count
                $0.promptThreads = cores
            }
        }
        return threads + [
            { $0.batch = 256 }, { $0.flashAttention = false },
            {
                $0.cacheType = .q8
                // libllama reads quantized values with flash attention only.
                if $0.flashAttention == false { $0.flashAttention = true }
            },
        ]
    }()

    private static func requantize(_ source: String, to target: String, _ format: llama_ftype) async throws -> Bool {
        try await onThread {
            () throws(InferenceError) in
            var parameters = unsafe llama_model_quantize_default_params()
            unsafe parameters.ftype = format
            unsafe parameters.allow_requantize = true
            return unsafe llama_model_quantize(source, target, &parameters) == 0
        }
    }

    // MARK: Measuring

    private func perplexity(_ way: Way, _ format: String) async throws -> Double {
        try await activity.waitUntilIdle()
        progress("\(format): perplexity")
        let tokens = Array(way.model.tokens(of: TuningText.text, special: false).prefix(perplexityTokens))
        return try await Self.onThread {
            () throws(InferenceError) in
            var context = try ModelContext(model: way.model, settings: way.settings, cells: tokens.count + 1)
            return try context.perplexity(of: tokens)
        }
    }

    /// How the model runs as it is.
    private func first(_ way: Way, _ perplexity: Double) async throws -> Tuning.Trial {
        try await begin(way, Self.original)
        let speeds = try await Self.onThread { () throws(InferenceError) in try way.speeds() }
        return Tuning.Trial(
            format: Self.original, settings: way.settings, speeds: speeds, perplexity: perplexity, isGoodEnough: true)
    }

    /// - Parameter best: the best way so far.
    /// - Returns: nil where the model cannot be run so: some formats and settings do not go with some models, and the
    ///   others still may.
    private func attempt(
        _ way: Way, _ format: String, beside best: (way: Way, trial: Tuning.Trial), _ reference: Double
    ) async throws -> Tuning.Trial? {
        do {
            // Only other weights, and keys and values that are stored otherwise, change what is computed.
            let isSame = format == Self.original && way.settings.cacheType == nil
            let perplexity = isSame ? reference : try await perplexity(way, format)
            let isGoodEnough = perplexity <= reference * (1 + Self.qualityBound)
            try await begin(way, format)
            let gain = try await Self.onThread {
                () throws(InferenceError) in try way.gain(over: best.way, isCandidate: isGoodEnough)
            }
            return Tuning.Trial(
                format: format, settings: way.settings, speeds: best.trial.speeds * gain, perplexity: perplexity,
                isGoodEnough: isGoodEnough)
        } catch is InferenceError {
            return nil
        }
    }

    private func begin(_ way: Way, _ format: String) async throws {
        try await activity.waitUntilIdle()
        try Task.checkCancellation()
        progress("\(format): \(way.settings.summary)")
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
            "threads \(threads ?? cores)/\(promptThreads ?? threads ?? cores), batch \(batchSize), cache \(storedAs.rawValue), flash attention \(flash)"
    }
}
