import Agent
import Confinement
import Core
import Foundation
import Inference
import JSONRPC
import SquireProtocol

/// `ping` and `status`.
struct StatusMethods: Sendable {
    let location: Location
    let startedAt: ContinuousClock.Instant
    let chat: InferenceEngine
    let embedding: EmbeddingEngine
    let reranker: EmbeddingEngine?
    let store: any ConversationStore
    let pluginCount: @Sendable () async throws -> Int
    let documentCount: @Sendable () async throws -> Int
    let indexProgress: @Sendable () -> IndexProgress
    let connectionCount: @Sendable () -> Int
    let confinement: ConfinementSupport

    func add(to router: inout RPCRouter) {
        router.on(Ping.self) { _, _ in RPCNothing() }
        router.on(Status.self) { _, _ in try await status() }
    }

    private func status() async throws -> Status.Result {
        let stored = try await store.conversationCounts()
        let queue = chat.queueCounts
        let memory = ProcessMemory.now
        let indexed = indexProgress()
        return Status.Result(
            version: SquireVersion.current, pid: Int(ProcessInfo.processInfo.processIdentifier), home: location.home,
            socket: location.socket, uptimeSeconds: (.now - startedAt) / .seconds(1),
            model: Self.model(chat.modelPath, chat.loadState),
            embeddingModel: Self.model(embedding.modelPath, embedding.loadState),
            rerankerModel: reranker.map { Self.model($0.modelPath, $0.loadState) },
            queue: Status.Result.Queue(running: queue.running, waiting: queue.waiting, limit: queue.limit),
            memory: Status.Result.Memory(
                residentBytes: memory.resident, modelBytes: chat.modelBytes, peakResidentBytes: memory.peak),
            counts: Status.Result.Counts(
                conversations: stored.conversations, messages: stored.messages, plugins: try await pluginCount(),
                documents: try await documentCount(), connections: connectionCount()),
            confinement: Status.Result.Confinement(
                landlock: confinement.landlock, seccomp: confinement.seccomp, gap: confinement.gap),
            indexing: indexed.left > 0 ? Status.Result.Indexing(done: indexed.done, total: indexed.total) : nil)
    }

    private static func model(_ path: String, _ state: InferenceEngine.LoadState) -> Status.Result.Model {
        let name = ModelMethods.name(path)
        return switch state {
        case .loading: Status.Result.Model(name: name, path: path, state: .loading)
        case .ready(let seconds): Status.Result.Model(name: name, path: path, state: .ready, loadSeconds: seconds)
        case .failed(let error): Status.Result.Model(name: name, path: path, state: .failed, error: error)
        }
    }
}
