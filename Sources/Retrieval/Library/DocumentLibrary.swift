package import Core
import Folders
package import Logging
package import Store

/// The user's documents: reads them, cuts them into passages, keeps and finds those.
///
/// What is added is found by its words at once, and by its meaning as the vectors come, which are computed while nothing
/// else is.
package struct DocumentLibrary: Sendable {
    let store: Database
    let fetcher: any HTTPFetching
    let reader: DocumentReader
    let cutter: PassageCutter
    let embedding: EmbeddingQueue
    /// Other folders may be followed than before.
    let rootsChanged = Signal()
    let logger: Logger
    private let searcher: Searcher

    /// Where documents go that are given no collection.
    package static let defaultCollection = "documents"

    /// - Parameters:
    ///   - embedder: the embedding model.
    ///   - model: its file.
    ///   - earlier: of a model that vectors were made with before; nil where it is no longer there.
    ///   - reranker: orders the best of what is found; nil leaves them as they are.
    package init(
        store: Database, embedder: any Embedder, model: EmbeddingModelFile,
        earlier: @escaping @Sendable (EmbeddingModelFile) -> EarlierEmbedder? = { _ in nil },
        reranker: (any Reranker)? = nil, fetcher: any HTTPFetching, logger: Logger
    ) {
        self.store = store
        self.fetcher = fetcher
        self.logger = logger
        reader = DocumentReader()
        cutter = PassageCutter { texts in
            do {
                return try await embedder.tokenCounts(of: texts)
            } catch is CancellationError {
                throw CancellationError()
            } catch {
                // Without a model documents are found by their words all the same.
                return texts.map { $0.utf8.count / 4 }
            }
        }
        embedding = EmbeddingQueue(store: store, model: model, embedder: embedder, earlier: earlier, logger: logger)
        searcher = Searcher(store: store, serving: embedding.serving, reranker: reranker)
    }

    static let analyze: WordAnalysis = { WordAnalyzer.words(of: $0) }

    // MARK: Looking

    package func collections() async throws -> [CollectionLine] {
        try await store.collections(model: embedding.modelName)
    }

    package func documents(collection: String?, limit: Int, offset: Int) async throws -> [DocumentLine] {
        if let collection { try await requireCollections([collection]) }
        return try await store.documents(collection: collection, limit: limit, offset: offset)
    }

    /// All of a document's text; nil where it is gone.
    package func text(ofDocument id: String) async throws -> String? {
        try await store.text(ofDocument: id)
    }

    package func requireCollections(_ names: [String]) async throws {
        let known = try await store.collectionNames()
        if let missing = names.first(where: { !known.contains($0) }) { throw Self.unknown(missing) }
    }

    // MARK: Removing

    /// Removes documents by their ids or paths; a folder's path stands for all in it, which is no longer followed.
    ///
    /// - Returns: how many went.
    /// - Throws: `documentUnknown`: nothing is removed then.
    package func remove(_ names: [String], collection: String?) async throws -> Int {
        if let collection { try await requireCollections([collection]) }
        var found: Set<String> = []
        let roots = try await store.roots().filter { collection == nil || $0.collection == collection }
        var paths: [[UInt8]] = []
        for name in names {
            if let id = try await store.documentID(name) {
                found.insert(id)
                continue
            }
            let isFolder = name.hasPrefix("/") && name.hasSuffix("/")
            var path = Array((isFolder ? name.dropLast() : name[...]).utf8)
            var inside = try await store.documents(under: path, collection: collection).map(\.id)
            if inside.isEmpty, let written = try await store.place(shownAs: path, collection: collection) {
                path = written
                inside = try await store.documents(under: path, collection: collection).map(\.id)
            }
            guard !inside.isEmpty || roots.contains(where: { $0.path == path }) else {
                throw RetrievalError(
                    .documentUnknown,
                    "there is no document \(name), by id or path; squire docs list shows those there are")
            }
            found.formUnion(inside)
            paths.append(path)
        }
        for path in paths { try await store.removeRoots(under: path, collection: collection) }
        rootsChanged.send()
        try await store.remove(documents: found.sorted(), analyze: Self.analyze)
        return found.count
    }

    /// - Returns: how many documents went.
    /// - Throws: `collectionUnknown`.
    package func remove(collection: String) async throws -> Int {
        guard let count = try await store.remove(collection: collection, analyze: Self.analyze) else {
            throw Self.unknown(collection)
        }
        rootsChanged.send()
        return count
    }

    private static func unknown(_ collection: String) -> RetrievalError {
        RetrievalError(
            .collectionUnknown, "there is no collection \"\(collection)\"; squire docs list shows those there are")
    }

    // MARK: Checking

    /// Looks whether everything fits together.
    ///
    /// - Parameter repair: makes the index anew from what is stored where it does not.
    package func check(repair: Bool) async throws -> (audit: DocumentAudit, repaired: Bool) {
        let audit = try await store.auditDocuments(model: embedding.modelName)
        guard repair, !audit.problems.isEmpty else { return (audit, false) }
        try await rebuildWords()
        embedding.wake()
        return (try await store.auditDocuments(model: embedding.modelName), true)
    }

    private func rebuildWords() async throws {
        try await store.rebuildWords(version: WordAnalyzer.version, analyze: Self.analyze)
    }

    /// Works until it is cancelled: computes vectors that are missing.
    package func run() async {
        do {
            if try await store.wordsVersion() != WordAnalyzer.version { try await rebuildWords() }
        } catch {
            logger.error("the index of words is not made anew", metadata: ["error": "\(error)"])
        }
        await embedding.run()
    }
}

extension DocumentLibrary: PassageSource {
    package func passages(for query: PassageQuery) async throws -> [Passage] {
        if let collections = query.collections { try await requireCollections(collections) }
        return try await searcher.passages(for: query)
    }
}
