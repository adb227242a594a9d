import Core
import Foundation

/// What was measured on this machine for one model file, and what was chosen.
package struct Tuning: Sendable, Hashable, Codable {
    /// One way to run the model, as it was measured.
    package struct Trial: Sendable, Hashable, Codable {
        /// The weights' format: `original`, or one it was requantized to.
        package var format: String
        package var settings: ContextSettings
        /// What was measured when the tuning began, times how much faster it was than what it was compared with: the
        /// speeds of all trials can be compared.
        package var speeds: Speeds
        /// On the text Squire ships; measured once a format.
        package var perplexity: Double
        /// Whether the perplexity is within the bound.
        package var isGoodEnough: Bool

        /// Whether it is as good, and faster by more than noise.
        ///
        /// - Parameter part: the part of the other's cost that it may have at most.
        func isBetter(than other: Trial, by part: Double) -> Bool {
            isGoodEnough && speeds.cost < other.speeds.cost * part
        }
    }

    /// The file that was tuned, and its size and time of change: another file of that name is another model.
    package var model: String
    package var modelBytes: Int
    package var modelChanged: Double
    package var trials: [Trial]
    package var chosen: Trial
    /// The requantized weights that are used in place of the original ones; nil where those won.
    package var weights: String?

    /// Where the tuning of a model file is kept.
    private static func path(_ model: String, in folder: String) -> String {
        "\(folder)/\(String(StableHash.of(model), radix: 36)).json"
    }

    private static func state(of model: String) -> (bytes: Int, changed: Double) {
        let attributes = try? FileManager.default.attributesOfItem(atPath: model)
        return (
            attributes?[.size] as? Int ?? 0, (attributes?[.modificationDate] as? Date)?.timeIntervalSince1970 ?? 0
        )
    }

    init(model: String, trials: [Trial], chosen: Trial, weights: String?) {
        self.model = model
        (modelBytes, modelChanged) = Self.state(of: model)
        self.trials = trials
        self.chosen = chosen
        self.weights = weights
    }

    /// What was chosen for a model file; nil where it was not tuned, or has changed since.
    package static func read(model: String, folder: String) -> Tuning? {
        guard let data = FileManager.default.contents(atPath: path(model, in: folder)),
            let tuning = try? JSONDecoder().decode(Tuning.self, from: data), tuning.model == model,
            state(of: model) == (tuning.modelBytes, tuning.modelChanged),
            tuning.weights.map({ FileManager.default.fileExists(atPath: $0) }) ?? true
        else { return nil }
        return tuning
    }

    /// Keeps what was chosen in place of an earlier choice, whose weights are removed last: killed anywhere, there is one
    /// choice or the other. Whoever runs on the removed file goes on with it.
    ///
    /// - Parameter weights: a requantized file in `folder`, which gets its name here; nil where the model's own won.
    /// - Throws: what the file system throws.
    static func keep(
        model: String, trials: [Trial], chosen: Trial, weights: String?, folder: String
    ) throws -> Tuning {
        let name = "\(URL(fileURLWithPath: model).lastPathComponent).\(String(StableHash.of(model), radix: 36))"
        var kept: String?
        if let weights {
            let path = "\(folder)/\(name).\(chosen.format).\(UUID().uuidString.prefix(8)).gguf"
            try FileManager.default.moveItem(atPath: weights, toPath: path)
            kept = path
        }
        let tuning = Tuning(model: model, trials: trials, chosen: chosen, weights: kept)
        try tuning.write(folder: folder)
        // Those of earlier choices, and of a tuning that was killed.
        for file in (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        where file.hasPrefix("\(name).") && file.hasSuffix(".gguf") && "\(folder)/\(file)" != kept {
            try? FileManager.default.removeItem(atPath: "\(folder)/\(file)")
        }
        return tuning
    }

    /// - Throws: what the file system throws.
    private func write(folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try JSONEncoder().encode(self).write(to: URL(fileURLWithPath: Self.path(model, in: folder)), options: .atomic)
    }

    /// Forgets what was chosen, and removes the requantized weights.
    ///
    /// - Returns: whether there was anything to forget.
    package static func remove(model: String, folder: String) -> Bool {
        let path = path(model, in: folder)
        if let data = FileManager.default.contents(atPath: path),
            let weights = (try? JSONDecoder().decode(Tuning.self, from: data))?.weights
        {
            try? FileManager.default.removeItem(atPath: weights)
        }
        return (try? FileManager.default.removeItem(atPath: path)) != nil
    }
}
