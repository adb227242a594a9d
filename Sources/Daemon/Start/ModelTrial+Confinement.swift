import Confinement
import Inference

extension ModelTrial {
    /// What is run in place of a trial's command: the same, which can read the model's file, Squire's own programs and
    /// libraries and the system's, and nothing else.
    ///
    /// - Parameter protected: Squire's own places, in which it may read the model alone.
    /// - Throws: `modelFailed`.
    static func confined(
        _ command: Command, model: String, protected: [String]
    ) throws(InferenceError) -> Command {
        guard command.program != Installation.link else {
            // It would be another program there.
            throw InferenceError(
                .modelFailed, "\(model) was not tried: squired was replaced when it started; start the daemon again")
        }
        let confiner: Confiner
        do throws(ConfinementError) {
            confiner = try Confiner.installed()
        } catch {
            throw InferenceError(.modelFailed, "\(model) was not tried: \(error.message)", cause: error)
        }
        let files = ModelParts(of: model).paths
        let confinement = Confinement(
            run: [command.program] + OwnProgram.libraryFolders, protected: protected,
            // The user named it, wherever it lies.
            exposed: files, network: .none, limits: Confinement.Limits(openFiles: 64 + files.count), isExpendable: true)
        let confined = confiner.command(confinement, running: command.program, command.arguments)
        return Command(program: confined.program, arguments: confined.arguments)
    }
}
