import ChatFormats
import Core
import Foundation
import Guided
import Logging
import ScriptedModels
import Store
import Understanding

@testable import Agent

extension Assistant {
    /// Gives an assistant whose model has a tool format of its own and says what it is told to.
    static func withScripted(
        _ texts: [String], _ embedder: any Embedder, _ plugins: any ToolProvider,
        _ body: (Assistant) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "squire-scripted-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try Database(path: folder.path + "/squire.db")
        let logger = Logger(label: "test")
        let model = ChatMLModel(saying: texts)
        let vectors = TextVectors(embedder)
        try await body(
            Assistant(
                model: model, chat: HermesModel(model: model),
                finder: RegisteredOperations(vectors: vectors, logger: logger), embedder: embedder, vectors: vectors,
                tools: plugins, store: store, approvals: NoApprovals(), passages: NoDocuments(), logger: logger))
    }
}

private struct NoApprovals: ApprovalStore {
    func isApproved(_ tool: Tool) -> Bool { false }
    func approve(_ tool: Tool, expires: Date?) {}
}

private struct NoDocuments: PassageSource {
    func passages(for query: PassageQuery) -> [Passage] { [] }
    func requireCollections(_ names: [String]) {}
}
