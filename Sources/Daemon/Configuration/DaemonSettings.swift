package import Agent
import Core
package import Logging

/// What the configuration says, checked; `etc/config.yaml` describes each key.
package struct DaemonSettings: Sendable {
    /// The chat model's GGUF file; nil takes the default model.
    package var modelPath: String?
    /// The most tokens of prompt and answer together.
    package var modelContext = 4096
    /// Threads for computing; nil takes all cores.
    package var modelThreads: Int?
    /// The embedding model's GGUF file; nil takes the default model.
    package var embeddingPath: String?
    /// Folders whose manifests are read; nil takes the installation's and the user's.
    package var pluginDirectories: [String]?
    package var agent = Assistant.Settings()
    package var logLevel = Logger.Level.info
    /// How long running answers may go on when the daemon is told to stop.
    package var stopGrace = Duration.seconds(3)

    package init() {}

    /// The keys there are.
    static let keys: Set<String> = [
        "model.path", "model.context", "model.threads", "embedding.path", "plugins.directories", "agent.maxSteps",
        "agent.persona", "sampling.temperature", "sampling.topK", "sampling.topP", "sampling.minP",
        "sampling.repeatPenalty", "sampling.seed", "sampling.maxTokens", "sampling.stop", "log.level",
        "daemon.graceSeconds",
    ]

    /// Reads the environment (`SQUIRE_MODEL_PATH` for `model.path`) and the file; where both say something the
    /// environment holds.
    ///
    /// - Parameter file: which need not exist.
    /// - Throws: `configurationInvalid`, naming the key and where it is.
    package init(file: String, environment: [String: String]) throws(DaemonError) {
        let layers = try ConfigurationLayers(file: file, environment: environment, keys: Self.keys)
        modelPath = try layers.path("model.path")
        modelContext = try layers.integer("model.context", in: 256...1_048_576) ?? modelContext
        modelThreads = try layers.integer("model.threads", in: 1...1024)
        embeddingPath = try layers.path("embedding.path")
        pluginDirectories = try layers.paths("plugins.directories")
        agent.maxSteps = try layers.integer("agent.maxSteps", in: 0...32) ?? agent.maxSteps
        agent.persona = try layers.string("agent.persona") ?? agent.persona
        logLevel = try layers.word("log.level", of: Logger.Level.self) ?? logLevel
        stopGrace = try layers.number("daemon.graceSeconds", in: 0...3600).map { .seconds($0) } ?? stopGrace

        // The ranges are those of `sampling` on the socket.
        agent.sampling.temperature = try layers.number("sampling.temperature", in: 0...10) ?? agent.sampling.temperature
        agent.sampling.topK = try layers.integer("sampling.topK", in: 0...1_000_000) ?? agent.sampling.topK
        agent.sampling.topP =
            try layers.number("sampling.topP", in: Double.leastNonzeroMagnitude...1) ?? agent.sampling.topP
        agent.sampling.minP = try layers.number("sampling.minP", in: 0...0.999) ?? agent.sampling.minP
        agent.sampling.repeatPenalty =
            try layers.number("sampling.repeatPenalty", in: 0.001...10) ?? agent.sampling.repeatPenalty
        agent.sampling.seed =
            try layers.integer("sampling.seed", in: 0...Int(UInt32.max)).map(UInt32.init) ?? agent.sampling.seed
        agent.sampling.maxTokens =
            try layers.integer("sampling.maxTokens", in: 1...1_048_576) ?? agent.sampling.maxTokens
        agent.sampling.stop = try layers.strings("sampling.stop") ?? agent.sampling.stop
    }
}
