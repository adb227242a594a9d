package import Agent
import Core
package import Gateway
package import Inference
package import Logging

/// What the configuration says, checked; `etc/config.yaml` describes each key.
package struct DaemonSettings: Sendable {
    /// The chat model's GGUF file; nil takes the default model.
    package var modelPath: String?
    /// How the chat model is run.
    package var model = ContextSettings()
    /// The most requests that may wait for the model.
    package var queueLimit = 64
    /// Bytes of beginnings kept on disk across restarts; 0 keeps none.
    package var prefixBytes = 512 << 20
    /// The embedding model's GGUF file; nil takes the default model.
    package var embeddingPath: String?
    /// A re-ranker's GGUF file; nil orders what is found without one.
    package var rerankerPath: String?
    /// Folders whose manifests are read; nil takes the installation's and the user's.
    package var pluginDirectories: [String]?
    /// Hosts of the owner's own networks whose names look public; `*.example.com` stands for all below.
    package var privateHosts: [String] = []
    package var agent = Assistant.Settings()
    package var logLevel = Logger.Level.info
    /// Where the HTTP gateway listens; nil leaves it off.
    package var gatewayListen: String?
    /// What its clients must know.
    package var gatewayToken = GatewayTokenSetting.made
    /// How long what was allowed for good holds; nil has no end.
    package var permissionsLast: Duration?
    /// What clients that do not say are answered with: the daemon's own plugins and documents; nil is the model alone.
    package var gatewayScope: AssistantScope?
    /// The most connections of the gateway and of the socket; nil takes what the system's limit of open files allows.
    package var gatewayConnections: Int?
    package var socketConnections: Int?
    /// What the gateway's clients may take of memory and time; its connections are above.
    package var gatewayLimits = GatewayLimits()
    /// How long running answers may go on when the daemon is told to stop.
    package var stopGrace = Duration.seconds(3)

    package init() {}

    /// The keys there are.
    static let keys = Set([
        "model.path", "model.context", "model.cache", "model.batch", "model.threads", "model.promptThreads",
        "model.parallel", "model.cacheType", "model.flashAttention", "model.speculation", "model.queue",
        "model.parkedMegabytes", "model.prefixMegabytes", "embedding.path", "reranker.path", "plugins.directories",
        "agent.maxSteps", "agent.turnTokens", "agent.turnSeconds", "agent.persona", "agent.speculative", "log.level",
        "daemon.graceSeconds", "daemon.connections", "gateway.listen", "gateway.token", "gateway.plugins",
        "gateway.collections", "gateway.connections", "gateway.bodyMegabytes", "gateway.headSeconds",
        "gateway.idleSeconds", "network.privateHosts", "approvals.expireAfter",
    ]).union(ConfigurationLayers.samplingKeys)

    /// Reads the environment (`SQUIRE_MODEL_PATH` for `model.path`) and the file; where both say something the
    /// environment holds.
    ///
    /// - Parameter file: which need not exist.
    /// - Throws: `configurationInvalid`, naming the key and where it is.
    package init(file: String, environment: [String: String]) throws(DaemonError) {
        let layers = try ConfigurationLayers(file: file, environment: environment, keys: Self.keys)
        modelPath = try layers.path("model.path")
        model.context = try layers.integer("model.context", in: 256...1_048_576) ?? model.context
        model.cache = try layers.integer("model.cache", in: 256...16_777_216)
        model.batch = try layers.integer("model.batch", in: 8...8192)
        model.threads = try layers.integer("model.threads", in: 1...1024)
        model.promptThreads = try layers.integer("model.promptThreads", in: 1...1024)
        model.parallel = try layers.integer("model.parallel", in: 1...32) ?? model.parallel
        model.cacheType = try layers.word("model.cacheType", of: ContextSettings.CacheType.self)
        model.flashAttention = try layers.flag("model.flashAttention")
        model.speculation = try layers.flag("model.speculation") ?? model.speculation
        queueLimit = try layers.integer("model.queue", in: 1...100_000) ?? queueLimit
        model.parkedMegabytes = try layers.integer("model.parkedMegabytes", in: 0...1_048_576) ?? model.parkedMegabytes
        prefixBytes = try layers.integer("model.prefixMegabytes", in: 0...1_048_576).map { $0 << 20 } ?? prefixBytes
        embeddingPath = try layers.path("embedding.path")
        rerankerPath = try layers.path("reranker.path")
        pluginDirectories = try layers.paths("plugins.directories")
        privateHosts = try layers.strings("network.privateHosts") ?? privateHosts
        agent.maxSteps = try layers.integer("agent.maxSteps", in: 0...32) ?? agent.maxSteps
        agent.turnTokens = try layers.integer("agent.turnTokens", in: 256...16_777_216) ?? agent.turnTokens
        agent.turnSeconds = try layers.integer("agent.turnSeconds", in: 1...86_400) ?? agent.turnSeconds
        agent.callsRivals = try layers.flag("agent.speculative") ?? agent.callsRivals
        agent.persona = try layers.string("agent.persona") ?? agent.persona
        logLevel = try layers.word("log.level", of: Logger.Level.self) ?? logLevel
        gatewayListen = try layers.string("gateway.listen")
        gatewayToken = GatewayTokenSetting(try layers.string("gateway.token"))
        permissionsLast = try layers.timeSpan("approvals.expireAfter")
        gatewayScope = try Self.scope(layers)
        gatewayConnections = try layers.integer("gateway.connections", in: 1...1_000_000)
        socketConnections = try layers.integer("daemon.connections", in: 1...1_000_000)
        if let most = try layers.integer("gateway.bodyMegabytes", in: 16...65_536) {
            gatewayLimits.bodyBytes = most << 20
        }
        if let most = try layers.number("gateway.headSeconds", in: 1...3600) { gatewayLimits.head = .seconds(most) }
        if let most = try layers.number("gateway.idleSeconds", in: 1...86_400) { gatewayLimits.idle = .seconds(most) }
        stopGrace = try layers.number("daemon.graceSeconds", in: 0...3600).map { .seconds($0) } ?? stopGrace

        agent.sampling = try layers.sampling().filled(from: agent.sampling)
    }

    /// What is named is used, and nothing else: documents are no part of it where only plugins are.
    private static func scope(_ layers: ConfigurationLayers) throws(DaemonError) -> AssistantScope? {
        let plugins = try layers.selection("gateway.plugins")
        let collections = try layers.selection("gateway.collections")
        guard plugins != nil || collections != nil else { return nil }
        return AssistantScope(plugins: plugins ?? .named([]), collections: collections ?? .named([]))
    }
}
