import Agent
import Core
import Foundation
import Gateway
import Grammar
import HTTPTransport
import Inference
import JSONRPC
import Logging
import Plugins
import Retrieval
import ServiceLifecycle
package import SquireProtocol
import Store
import UnixSignals

/// `squired`: puts the parts together and runs them until it is told to stop.
package enum Daemon {
    /// Runs in the foreground, logging to standard error, until SIGINT or SIGTERM.
    ///
    /// - Parameter isPrivate: whether it serves only the program that started it: it has no gateway, and ends when its
    ///   standard input does, which comes with the end of that program, however it ends.
    /// - Throws: what kept it from starting: `configurationInvalid`, `alreadyRunning`, `homeUnusable`, `socketTaken`,
    ///   what opening the database or listening throws. A model that cannot be loaded is nothing of that kind: the
    ///   daemon runs, and says so in `status`.
    package static func run(
        location: Location, isPrivate: Bool = false,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws {
        let startedAt = ContinuousClock.now
        if isPrivate { StarterWatch.begin() }
        // Whoever read the log or asked may be gone; that is an error of one write, not the end of the daemon.
        signal(SIGPIPE, SIG_IGN)
        guard !location.isConfigurationNamed || FileManager.default.fileExists(atPath: location.configuration) else {
            throw DaemonError(
                .configurationInvalid,
                "there is no configuration file \(location.configuration), which --config names")
        }
        let settings = try DaemonSettings(file: location.configuration, environment: environment)
        var logger = Logger(label: "squired", factory: { StreamLogHandler.standardError(label: $0) })
        logger.logLevel = settings.logLevel

        let home = try Home.hold(location.home, startedAt: Date())
        try await SocketFile.makeRoom(at: location.socket)
        let database = try Database(path: location.home + "/squire.db")

        let activity = Activity()
        let modelPath = settings.modelPath ?? DefaultModels.chat(sharedCache: location.sharedCache)
        let tuned = location.home + "/tuning"
        let tuning = Tuning.read(model: modelPath, folder: tuned)
        let chat = InferenceEngine(
            modelPath: modelPath, weights: tuning?.weights,
            settings: tuning.map { settings.model.filled(from: $0.chosen.settings) } ?? settings.model,
            queueLimit: settings.queueLimit,
            prefixes: settings.prefixBytes > 0
                ? InferenceEngine.PrefixFolder(
                    path: location.home + "/cache/prefixes", byteLimit: settings.prefixBytes) : nil,
            activity: activity)
        let embedding = EmbeddingEngine(
            modelPath: settings.embeddingPath ?? DefaultModels.embedding(sharedCache: location.sharedCache),
            threads: settings.model.threads, activity: activity)

        let reranker = settings.rerankerPath.map {
            EmbeddingEngine.reranker(modelPath: $0, threads: settings.model.threads)
        }

        let transport = CurlTransport()
        let registry = PluginRegistry(
            store: database, fetcher: transport,
            folders: settings.pluginDirectories ?? Installation.pluginDirectories(environment: environment),
            runtimeFolder: try Home.runtimeFolder(of: location.home), logger: logger)

        let library = DocumentLibrary(
            store: database, embedder: embedding, model: EmbeddingModelFile(at: embedding.modelPath),
            earlier: { model in
                // Another file may stand there by now.
                guard EmbeddingModelFile(at: model.path) == model else { return nil }
                let engine = EmbeddingEngine(
                    modelPath: model.path, threads: settings.model.threads, activity: activity)
                return EarlierEmbedder(embedder: engine) { await engine.stop() }
            }, reranker: reranker, fetcher: transport, logger: logger)
        let assistant = Assistant(
            model: chat, embedder: AvailableEmbedder(model: embedding), tools: registry, store: database,
            approvals: database, passages: library,
            vectorFile: VectorFile.path(of: embedding.modelPath, sharedCache: location.sharedCache),
            settings: settings.agent, logger: logger)
        let callTools = ToolCallers(
            model: chat,
            guided: GuidedCaller(model: chat, embedder: AvailableEmbedder(model: embedding), logger: logger),
            logger: logger)
        let gateway = try (isPrivate ? nil : settings.gatewayListen).map { listen in
            try Gateway(
                model: chat, modelName: ModelMethods.name(modelPath), embedder: embedding,
                embeddingModelName: ModelMethods.name(embedding.modelPath),
                callTools: callTools,
                results: ResultAnswerer(
                    model: chat, embedder: AvailableEmbedder(model: embedding), persona: settings.agent.persona),
                assistant: GatewayAssistant(assistant: assistant),
                unenforced: { try CompiledGrammar(.schema($0)).unenforced },
                defaultSampling: settings.agent.sampling, listen: listen, token: settings.gatewayToken, logger: logger)
        }
        let answers = RunningAnswers()
        let connections = ConnectionCounter()
        var router = RPCRouter()
        StatusMethods(
            location: location, startedAt: startedAt, chat: chat, embedding: embedding, reranker: reranker,
            store: database, pluginCount: { try await registry.list().count },
            documentCount: { try await database.documentCount() }, connectionCount: { connections.count }
        ).add(to: &router)
        AssistantMethods(assistant: assistant, answers: answers).add(to: &router)
        PluginMethods(registry: registry).add(to: &router)
        ConversationMethods(store: database).add(to: &router)
        DocumentMethods(library: library).add(to: &router)
        ModelMethods(chat: chat, embedding: embedding, folder: location.home + "/models").add(to: &router)
        EmbeddingMethods(embedding: embedding).add(to: &router)
        TuningMethods(modelPath: modelPath, folder: tuned, activity: activity).add(to: &router)
        CompletionMethods(model: chat).add(to: &router)
        CallMethods(callTools: callTools).add(to: &router)

        // Stopped in the opposite order: first nobody asks any more, last the database is closed.
        var services: [any Service] = [
            DatabaseService(database: database),
            LogService(file: LogFile(path: location.home + "/squired.log")),
            ModelService(chat: chat, encoders: [embedding] + [reranker].compactMap(\.self), logger: logger),
            DocumentService(library: library, folders: FolderService(library: library, logger: logger)),
            PluginService(
                registry: registry, assistant: assistant, transport: transport, interval: .seconds(3), logger: logger),
            SummaryService(assistant: assistant),
        ]
        if let gateway {
            services.append(GatewayService(gateway: gateway, grace: settings.stopGrace, logger: logger))
        }
        services.append(
            SocketService(
                path: location.socket, router: router, connections: connections, answers: answers,
                grace: settings.stopGrace, startedAt: startedAt, logger: logger))
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services, gracefulShutdownSignals: [.sigint, .sigterm], logger: logger))
        try await group.run()
        logger.info("stopped")
        home.release()
    }
}
