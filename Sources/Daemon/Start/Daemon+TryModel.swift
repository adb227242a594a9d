import Inference

extension Daemon {
    /// Tries a model in place of being a daemon, and ends: a daemon that is given an unknown file starts its own program so.
    package static func tryModel(_ path: String, purpose: String, settings: String) async -> Never {
        await ModelTrialProgram.run(path: path, purpose: purpose, settings: settings)
    }
}
