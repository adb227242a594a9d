import Core
import Foundation
import Inference
import JSONRPC
import SquireProtocol

/// `model/list`, `model/info` and `model/tokenize`.
struct ModelMethods: Sendable {
    let chat: InferenceEngine
    let embedding: EmbeddingEngine
    /// Where the user's own models are.
    let folder: String

    func add(to router: inout RPCRouter) {
        router.on(ModelList.self) { _, _ in
            ModelList.Result(models: list())
        }
        router.on(ModelInfo.self) { parameters, _ in
            try await info(parameters.name)
        }
        router.on(ModelTokenize.self) { parameters, _ in
            try await tokenize(parameters)
        }
    }

    /// What a model is called: its file's name.
    static func name(_ path: String) -> String {
        URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
    }

    private func list() -> [ModelSummary] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        let own = files.filter { $0.hasSuffix(".gguf") }.sorted().map { "\(folder)/\($0)" }
        let loaded: [(String, ModelSummary.Purpose)] =
            [(chat.modelPath, .chat)] + [(embedding.modelPath, .embedding)].filter { _ in isReady(embedding.loadState) }
        let shown = loaded.filter { $0.1 == .embedding || isReady(chat.loadState) }
        let others = own.filter { path in !shown.contains { $0.0 == path } }
        return shown.map { Self.summary($0.0, $0.1) } + others.map { Self.summary($0, nil) }
    }

    private func isReady(_ state: InferenceEngine.LoadState) -> Bool {
        if case .ready = state { true } else { false }
    }

    private static func summary(_ path: String, _ purpose: ModelSummary.Purpose?) -> ModelSummary {
        let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int
        return ModelSummary(name: name(path), path: path, bytes: (size ?? nil) ?? 0, loadedFor: purpose)
    }

    private func info(_ name: String?) async throws -> ModelInfo.Result {
        let loaded = Self.name(chat.modelPath)
        if let name, name != loaded {
            guard list().contains(where: { $0.name == name }) else {
                throw DaemonError(
                    .modelUnknown, "there is no model \"\(name)\"; squire model list shows those there are")
            }
            throw DaemonError(
                .modelNotLoaded,
                "\"\(name)\" is not the chat model that is loaded, which is \"\(loaded)\"; set model.path to its file and start the daemon again"
            )
        }
        let description = try await chat.describe()
        return ModelInfo.Result(
            name: loaded, path: description.path, bytes: description.bytes, description: description.summary,
            architecture: description.architecture, parameters: description.parameters,
            vocabularySize: description.vocabularySize, trainedContext: description.trainedContext,
            context: description.context, embeddingSize: description.embeddingSize,
            layers: description.layers, chatTemplate: description.chatTemplate, metadata: description.metadata)
    }

    // Off the connection's thread: megabytes of text take a while.
    @concurrent
    private func tokenize(_ parameters: ModelTokenize.Parameters) async throws -> ModelTokenize.Result {
        let tokens = try await chat.tokenize(parameters.text, special: parameters.special ?? false)
        return ModelTokenize.Result(
            tokens: tokens.map {
                ModelTokenize.Result.Piece(token: Int($0.token), text: String(decoding: $0.bytes, as: UTF8.self))
            })
    }
}
