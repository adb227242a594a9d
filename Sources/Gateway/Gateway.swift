package import Core
import Foundation
import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import Ownership
import Synchronization

/// The interface for programs written for OpenAI's API: HTTP, off unless it is configured.
///
/// It listens on this machine only, unless there is a token that who connects must know. Whether there is one is for
/// whoever makes it to say: the daemon makes one for TCP where its owner says nothing.
package struct Gateway: Sendable {
    private let answerer: Answerer
    private let modelName: String
    private let embedder: any Embedder
    private let embeddingModelName: String
    private let address: ListenAddress
    private let token: AccessToken?
    private let logger: Logger
    private let metrics: Metrics
    private let limits: GatewayLimits
    private let created = Int(Date().timeIntervalSince1970)

    /// - Parameters:
    ///   - modelName: the name answers carry, whatever name was asked for.
    ///   - chatModel: decides which of a request's tools are to be called, and may answer where none is.
    ///   - results: answers from what the client's tools returned; where nil, the model does alone.
    ///   - assistant: answers requests with the field `squire`; where nil, these are refused.
    ///   - assistantScope: what the assistant may use for requests without it; nil has the model alone answer them.
    ///   - schemas: what is asked of JSON Schema.
    ///   - defaultSampling: what holds where a request says nothing.
    ///   - listen: `HOST:PORT`, where port 0 takes a free one, or `unix:/PATH`.
    ///   - token: what requests must bring in `Authorization: Bearer TOKEN`; needed where others than this machine can
    ///     connect.
    /// - Throws: `gatewayAddressInvalid`, `gatewayTokenMissing`, `gatewayTokenInvalid`.
    package init(
        model: any TokenModel, modelName: String, embedder: any Embedder, embeddingModelName: String,
        chatModel: any ChatModel, results: (any ResultAnswering)? = nil, assistant: (any AssistantAsking)? = nil,
        assistantScope: AssistantScope? = nil, schemas: SchemaRules, defaultSampling: Sampling = Sampling(),
        limits: GatewayLimits = GatewayLimits(), listen: String, token: String? = nil, logger: Logger
    ) throws(GatewayError) {
        address = try ListenAddress(parsing: listen)
        if let token {
            guard !token.isEmpty, token.unicodeScalars.allSatisfy({ ("!"..."~").contains($0) }) else {
                throw GatewayError(
                    .tokenInvalid, "the gateway's token must be visible ASCII characters without spaces, at least one")
            }
        } else if !address.isLocal {
            throw GatewayError(
                .tokenMissing,
                "the gateway would listen at \(address) without a token, for everybody who can reach this machine; "
                    + "give gateway.token another value than none, or listen at 127.0.0.1 or unix:/PATH")
        }
        metrics = Metrics()
        answerer = Answerer(
            model: model, chatModel: chatModel, results: results, assistant: assistant, schemas: schemas,
            assistantScope: assistantScope, bodies: BodyReader(limits), defaultSampling: defaultSampling,
            metrics: metrics)
        self.limits = limits
        self.modelName = modelName
        self.embedder = embedder
        self.embeddingModelName = embeddingModelName
        self.token = token.map(AccessToken.init)
        self.logger = logger
    }

    /// Has requests bring another token from now on. Without effect where none is wanted.
    package func replaceToken(with new: String) {
        token?.replace(with: new)
    }

    /// Serves until the task is cancelled, which ends what is running, or until a graceful shutdown, which lets it
    /// finish; then returns.
    ///
    /// - Parameter onListening: is told where, once connections are taken; the port is the one that was free.
    /// - Throws: `gatewayListenFailed`.
    package func run(
        onListening: @escaping @Sendable (ListenAddress) async -> Void = { _ in }
    ) async throws {
        switch address {
        case .tcp(let host, let port):
            try await run(at: .hostname(host, port: port)) { channel in await onListening(listening(channel)) }
        case .unix(let path):
            try await GatewaySocket.serve(at: path, logger: logger) { socket, settle in
                try await run(at: .unixDomainSocket(path: socket)) { channel in
                    if settle() { await onListening(address) } else { try? await channel.close() }
                }
            }
        }
    }

    private func run(
        at bind: BindAddress, onListening: @escaping @Sendable (any Channel) async -> Void
    ) async throws {
        let application = Application(
            router: router,
            server: HTTPServerBuilder { [limits] responder in
                GatewayChannel(
                    responder: responder, ledger: ConnectionLedger(limit: limits.connections), limits: limits)
            },
            configuration: ApplicationConfiguration(address: bind),
            onServerRunning: onListening,
            logger: logger)
        do {
            try await application.run()
        } catch let error as IOError {
            throw GatewayError(
                .listenFailed,
                "the gateway cannot listen at \(address): \(error); free the address, or configure another one",
                cause: error)
        }
    }

    private func listening(_ channel: any Channel) -> ListenAddress {
        guard case .tcp(let host, _) = address, let port = channel.localAddress?.port else { return address }
        return .tcp(host: host, port: port)
    }

    private var router: Router<GatewayContext> {
        let router = Router(context: GatewayContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: RequestNaming())
        router.add(middleware: RequestCounting(metrics: metrics))
        router.add(middleware: ErrorAnswers())
        if case .tcp(let host, _) = address, address.isLocal { router.add(middleware: HostGuard(host: host)) }
        if let token { router.add(middleware: AccessGuard(token: token)) }

        let chat = ChatRoute(answerer: answerer, modelName: modelName)
        let completions = CompletionRoute(answerer: answerer, modelName: modelName)
        let responses = ResponseRoute(answerer: answerer, modelName: modelName)
        let embeddings = EmbeddingRoute(
            embedder: embedder, modelName: embeddingModelName, metrics: metrics, bodies: answerer.bodies)
        let models = ModelRoutes(names: [modelName, embeddingModelName], created: created)
        let metrics = metrics
        router.on(.chatCompletions) { try await chat.answer($0, $1) }
        router.on(.completions) { try await completions.answer($0, $1) }
        router.on(.responses) { try await responses.answer($0, $1) }
        router.on(.embeddings) { try await embeddings.answer($0, $1) }
        router.on(.models) { _, _ in models.list() }
        router.on(.model) { try models.model($1) }
        router.on(.health) { _, _ in .json(["status": "ok"]) }
        router.on(.metrics) { _, _ in
            Response(
                status: .ok, headers: [.contentType: "text/plain; version=0.0.4; charset=utf-8"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: metrics.text)))
        }
        return router
    }
}

/// The lifecycle of services is logged with all that they hold; the token is nobody's but its clients'.
extension Gateway: CustomStringConvertible {
    package var description: String { "Gateway(\(address))" }
}

extension Router<GatewayContext> {
    fileprivate func on(
        _ route: GatewayRoute, _ answer: @escaping @Sendable (Request, GatewayContext) async throws -> Response
    ) {
        on(RouterPath(route.path), method: route.method, use: answer)
    }
}
