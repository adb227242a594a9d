import Agent
import Confinement
import Core
import Foundation
import Gateway
import Grammar
import Guided
import HTTPTransport
import Inference
import JSONRPC
import Logging
import Ownership
import Plugins
import Retrieval
import ServiceLifecycle
package import SquireProtocol
import Store
import Understanding
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
        OwnProcess.prepare()
        guard !location.isConfigurationNamed || FileManager.default.fileExists(atPath: location.configuration) else {
            throw DaemonError(
                .configurationInvalid,
                "there is no configuration file \(location.configuration), which --config names")
        }
        let settings = try DaemonSettings(file: location.configuration, environment: environment)
        var logger = Logger(
            label: "squired",
            factory: { PlainLogHandler(.standardError(label: $0, metadataProvider: .requests)) })
        logger.logLevel = settings.logLevel
        let descriptors = Descriptors(
            limit: Descriptors.raise(), gateway: settings.gatewayConnections, socket: settings.socketConnections)
        logger.info(
            "open files shared out",
            metadata: [
                "limit": "\(descriptors.limit)", "gateway": "\(descriptors.gateway)", "socket": "\(descriptors.socket)",
            ])

        let home = try Home.hold(location.home, startedAt: Date())
        try await SocketFile.makeRoom(at: location.socket)
        let database = try Database(path: location.home + "/squire.db")

        let activity = Activity()
        let protected = [location.home, location.configuration, location.socket]
        let trial = ModelTrial(program: try Installation.program(), settings: settings.model) {
            command, model throws(InferenceError) in
            try ModelTrial.confined(command, model: model, protected: protected)
        }
        let admission = ModelAdmission(cache: location.sharedCache) { path, purpose throws(InferenceError) in
            try trial.run(path, purpose)
        }
        let modelPath =
            settings.modelPath
            ?? DefaultModels.chat(sharedCache: location.sharedCache, installation: Installation.data)
        let tuned = location.home + "/tuning"
        let tuning = Tuning.read(model: modelPath, folder: tuned)
        let chat = InferenceEngine(
            modelPath: modelPath, weights: tuning?.weights,
            settings: tuning.map { settings.model.filled(from: $0.chosen.settings) } ?? settings.model,
            queueLimit: settings.queueLimit,
            prefixes: settings.prefixBytes > 0
                ? InferenceEngine.PrefixFolder(
                    path: location.home + "/cache/prefixes", byteLimit: settings.prefixBytes) : nil,
            activity: activity, admission: admission)
        let embedding = EmbeddingEngine(
            modelPath: settings.embeddingPath
                ?? DefaultModels.embedding(sharedCache: location.sharedCache, installation: Installation.data),
            threads: settings.model.threads, activity: activity, admission: admission)

        let reranker = settings.rerankerPath.map {
            EmbeddingEngine.reranker(modelPath: $0, threads: settings.model.threads, admission: admission)
        }

        let runtime = try RuntimeFolder.make(home: location.home, environment: environment)
        let confinement = ConfinementSupport.ofThisKernel
        if let gap = confinement.gap { logger.warning("confinement is incomplete", metadata: ["reason": "\(gap)"]) }
        let transport = CurlTransport(names: LocalNames(settings.privateHosts), environment: environment)
        let registry = PluginRegistry(
            store: database, fetcher: transport,
            folders: settings.pluginDirectories ?? Installation.pluginDirectories(environment: environment),
            // The first that recognizes a plugin reads it; OpenAPI takes what is left.
            kinds: [
                OpenAPIKind(
                    fetcher: transport, runtimeFolder: runtime.path, protected: protected, formats: ResponseFormats(),
                    logger: logger)
            ],
            logger: logger)

        let library = DocumentLibrary(
            store: database, embedder: embedding, model: EmbeddingModelFile(at: embedding.modelPath),
            earlier: { model in
                // Another file may stand there by now.
                guard EmbeddingModelFile(at: model.path) == model else { return nil }
                let engine = EmbeddingEngine(
                    modelPath: model.path, threads: settings.model.threads, activity: activity,
                    admission: admission)
                return EarlierEmbedder(embedder: engine) { await engine.stop() }
            }, reranker: reranker, fetcher: transport, logger: logger)
        // Kept with what can be made again, since other homes need the same.
        let vectors = TextVectors(
            AvailableEmbedder(model: embedding), folder: location.sharedCache + "/vectors")
        let permissions = Permissions(registry: registry, store: database, lasts: settings.permissionsLast)
        let traced = TracedModel(model: chat)
        let operations = RegisteredOperations(vectors: vectors, logger: logger)
        let assistant = Assistant(
            model: traced,
            chat: LocalChatModel(
                model: traced,
                guided: GuidedModel(model: traced, vectors: vectors, operations: operations, logger: logger),
                logger: logger),
            finder: operations, embedder: AvailableEmbedder(model: embedding), vectors: vectors, tools: registry,
            store: database, approvals: permissions, passages: library, settings: settings.agent, logger: logger)
        let chatModel = LocalChatModel(
            model: chat,
            guided: GuidedModel(model: chat, vectors: vectors, logger: logger),
            logger: logger)
        let access = GatewayAccess(
            listen: isPrivate ? nil : settings.gatewayListen, configured: settings.gatewayToken,
            file: GatewayTokenFile(home: location.home))
        let gateway = try (isPrivate ? nil : settings.gatewayListen).map { listen in
            var limits = settings.gatewayLimits
            limits.connections = descriptors.gateway
            return try Gateway(
                model: chat, modelName: ModelMethods.name(modelPath), embedder: embedding,
                embeddingModelName: ModelMethods.name(embedding.modelPath),
                chatModel: chatModel,
                results: ResultAnswerer(
                    model: chat, embedder: AvailableEmbedder(model: embedding), persona: settings.agent.persona),
                assistant: GatewayAssistant(assistant: assistant),
                assistantScope: settings.gatewayScope, schemas: .grammar, defaultSampling: settings.agent.sampling,
                limits: limits, listen: listen, token: try access.token(), logger: logger)
        }
        access.report(to: logger)
        let answers = RunningAnswers()
        let connections = ConnectionCounter()
        var router = RPCRouter()
        StatusMethods(
            location: location, startedAt: startedAt, chat: chat, embedding: embedding, reranker: reranker,
            store: database, pluginCount: { try await registry.list().count },
            documentCount: { try await database.documentCount() }, indexProgress: { assistant.indexProgress },
            connectionCount: { connections.count }, confinement: confinement
        ).add(to: &router)
        AssistantMethods(assistant: assistant, answers: answers).add(to: &router)
        PluginMethods(registry: registry, permissions: permissions).add(to: &router)
        PermissionMethods(permissions: permissions).add(to: &router)
        GatewayMethods(access: access, gateway: gateway).add(to: &router)
        ConversationMethods(store: database).add(to: &router)
        DocumentMethods(library: library).add(to: &router)
        ModelMethods(chat: chat, embedding: embedding, folder: location.home + "/models").add(to: &router)
        EmbeddingMethods(embedding: embedding).add(to: &router)
        TuningMethods(modelPath: modelPath, folder: tuned, activity: activity).add(to: &router)
        CompletionMethods(model: chat).add(to: &router)
        CallMethods(chatModel: chatModel).add(to: &router)

        let watch = StopWatch(
            grace: settings.stopGrace, logger: logger, ending: StopWatch.Ending(close: { try? database.close() }))
        // Stopped in the opposite order: first nobody asks any more, last the database is closed.
        var services: [any Service] = [
            watch.watching("the database", DatabaseService(database: database)),
            watch.watching("the log", LogService(file: LogFile(path: location.home + "/squired.log"))),
            watch.watching(
                "the models",
                ModelService(chat: chat, encoders: [embedding] + [reranker].compactMap(\.self), logger: logger)),
            watch.watching(
                "documents",
                DocumentService(library: library, folders: FolderService(library: library, logger: logger))),
            watch.watching(
                "plugins",
                PluginService(
                    registry: registry, permissions: permissions, assistant: assistant, transport: transport,
                    logger: logger)),
            watch.watching("summaries", SummaryService(assistant: assistant)),
        ]
        if let gateway {
            services.append(
                watch.watching(
                    "the gateway", GatewayService(gateway: gateway, grace: settings.stopGrace, logger: logger)))
        }
        services.append(
            watch.watching(
                "the socket",
                SocketService(
                    path: location.socket, connectionLimit: descriptors.socket, router: router,
                    connections: connections, answers: answers, grace: settings.stopGrace, startedAt: startedAt,
                    logger: logger)))
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services, gracefulShutdownSignals: [.sigint, .sigterm], logger: logger))
        let signals = watch.begin()
        defer { for signal in signals { signal.cancel() } }
        try await group.run()
        runtime.remove()
        logger.info("stopped")
        home.release()
    }
}
