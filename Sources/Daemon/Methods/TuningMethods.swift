import Inference
import JSONRPC
import SquireProtocol
import Synchronization

/// `model/tune`.
struct TuningMethods: Sendable {
    /// The chat model's own file, whatever weights stand in for it.
    let modelPath: String
    let folder: String
    let activity: Activity
    private let isRunning = TuningFlag()

    init(modelPath: String, folder: String, activity: Activity) {
        self.modelPath = modelPath
        self.folder = folder
        self.activity = activity
    }

    func add(to router: inout RPCRouter) {
        router.on(ModelTune.self) { parameters, context in
            if parameters.undo == true { return undo() }
            guard isRunning.begin() else {
                throw DaemonError(.tuningRuns, "the model is being tuned already; wait until that is done")
            }
            defer { isRunning.end() }
            return try await EventSender.withSender(to: context) { sender in
                let tuner = ModelTuner(modelPath: modelPath, folder: folder, activity: activity) { line in
                    sender.send(.progress) { $0.text = line }
                }
                return result(try await tuner.run())
            }
        }
    }

    private func undo() -> ModelTune.Result {
        let wasTuned = Tuning.remove(model: modelPath, folder: folder)
        return ModelTune.Result(
            model: ModelMethods.name(modelPath), trials: [],
            summary: wasTuned
                ? "forgotten; from the next start on the model runs as it did before"
                : "the model was not tuned; nothing has changed")
    }

    private func result(_ tuning: Tuning) -> ModelTune.Result {
        let first = tuning.trials[0]
        let gain = first.speeds.cost / tuning.chosen.speeds.cost
        let choice =
            tuning.chosen == first
            ? "nothing was clearly faster than what holds without tuning"
            : "\(tuning.chosen.format) weights, \(tuning.chosen.settings.summary): a mixed load takes \(Int((100 / gain).rounded())) % of the time it took"
        return ModelTune.Result(
            model: ModelMethods.name(modelPath),
            trials: tuning.trials.map { trial in
                ModelTune.Result.Trial(
                    format: trial.format, settings: trial.settings.summary, promptSpeed: trial.speeds.prompt,
                    generationSpeed: trial.speeds.generation, eightSpeed: trial.speeds.eight,
                    perplexity: trial.perplexity, isGoodEnough: trial.isGoodEnough, isChosen: trial == tuning.chosen)
            }, summary: choice + "; it holds from the next start of the daemon on")
    }
}

/// Whether a tuning runs: two at once would measure each other.
private final class TuningFlag: Sendable {
    private let value = Atomic(false)

    func begin() -> Bool { value.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged }
    func end() { value.store(false, ordering: .relaxed) }
}
