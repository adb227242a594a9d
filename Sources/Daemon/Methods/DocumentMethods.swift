import Core
import Foundation
import JSONRPC
import Retrieval
import SquireProtocol
import Store

/// `document/add`, `list`, `remove`, `search` and `check`.
struct DocumentMethods: Sendable {
    let library: DocumentLibrary

    /// The most passages of one `document/search`.
    private static let mostPassages = 100

    func add(to router: inout RPCRouter) {
        router.on(DocumentAdd.self) { parameters, context in
            try await add(parameters, context)
        }
        router.on(DocumentList.self) { parameters, _ in try await list(parameters) }
        router.on(DocumentRemove.self) { parameters, _ in try await remove(parameters) }
        router.on(DocumentSearch.self) { parameters, _ in
            try await search(parameters)
        }
        router.on(DocumentCheck.self) { parameters, _ in
            let (audit, repaired) = try await library.check(repair: parameters.repair ?? false)
            return DocumentCheck.Result(
                documents: audit.documents, passages: audit.passages, embedded: audit.embedded,
                problems: audit.problems, repaired: repaired)
        }
    }

    private func add(_ parameters: DocumentAdd.Parameters, _ context: RPCContext) async throws -> DocumentAdd.Result {
        let collection = parameters.collection ?? DocumentLibrary.defaultCollection
        guard !collection.isEmpty, collection.count <= 100, collection != "auto" else {
            throw RPCError.invalidParameters(
                DocumentAdd.self, "collection must be a name of 1 to 100 characters other than auto")
        }
        switch (parameters.paths, parameters.text) {
        case (let paths?, nil):
            if let relative = paths.first(where: { !$0.hasPrefix("/") && !WebURL.isMeant(by: $0) }) {
                throw RPCError.invalidParameters(
                    DocumentAdd.self, "paths must be absolute, and \"\(relative)\" is not")
            }
            return try await EventSender.withSender(to: context) { sender in
                let pace = EventPace()
                let outcome = try await library.add(
                    paths, collection: collection, watch: parameters.watch ?? false,
                    followsLinks: parameters.followLinks ?? false
                ) { progress in
                    guard pace.isDue(isLast: progress.done == progress.total) else { return }
                    sender.send(.progress) {
                        $0.text = progress.current
                        $0.done = progress.done
                        $0.total = progress.total
                    }
                }
                return DocumentAdd.Result(outcome, collection: collection)
            }
        case (nil, let text?):
            guard let title = parameters.title, !title.isEmpty else {
                throw RPCError.invalidParameters(DocumentAdd.self, "a text needs a title")
            }
            return DocumentAdd.Result(
                try await library.add(text: text, title: title, collection: collection), collection: collection)
        default: throw RPCError.invalidParameters(DocumentAdd.self, "give either paths or text, and not both")
        }
    }

    private func list(_ parameters: DocumentList.Parameters) async throws -> DocumentList.Result {
        let page = try Page(limit: parameters.limit, offset: parameters.offset, usual: 100, of: DocumentList.self)
        let documents = try await library.documents(
            collection: parameters.collection, limit: page.limit, offset: page.offset)
        let collections = try await library.collections().filter {
            parameters.collection == nil || parameters.collection == $0.name
        }
        return DocumentList.Result(
            collections: collections.map { line in
                CollectionSummary(
                    name: line.name, documents: line.documents, passages: line.passages, embedded: line.embedded,
                    watched: line.roots.map { String(decoding: $0, as: UTF8.self) })
            },
            documents: documents.map { line in
                DocumentSummary(
                    document: line.id, title: line.title,
                    source: line.source.map { String(decoding: $0, as: UTF8.self) }, collection: line.collection,
                    type: line.type, passages: line.passages, bytes: line.bytes, addedAt: line.addedAt)
            })
    }

    private func remove(_ parameters: DocumentRemove.Parameters) async throws -> DocumentRemove.Result {
        switch (parameters.documents, parameters.collection) {
        case (let documents?, let collection) where !documents.isEmpty:
            return DocumentRemove.Result(removed: try await library.remove(documents, collection: collection))
        case (nil, let collection?):
            return DocumentRemove.Result(removed: try await library.remove(collection: collection))
        default:
            throw RPCError.invalidParameters(DocumentRemove.self, "give documents, a collection, or both")
        }
    }

    private func search(_ parameters: DocumentSearch.Parameters) async throws -> DocumentSearch.Result {
        let limit = parameters.limit ?? 10
        guard (1...Self.mostPassages).contains(limit) else {
            throw RPCError.invalidParameters(
                DocumentSearch.self, "limit must be from 1 to \(Self.mostPassages), not \(limit)")
        }
        guard parameters.query.contains(where: { !$0.isWhitespace }) else {
            throw RPCError.invalidParameters(DocumentSearch.self, "query must have a word in it")
        }
        var collections: [String]?
        if case .named(let names) = parameters.collections { collections = names }
        let passages = try await library.passages(
            for: PassageQuery(
                parameters.query, limit: limit, collections: collections, path: parameters.path,
                types: parameters.types, since: parameters.since, until: parameters.until,
                method: parameters.method.map(SearchMethod.init) ?? .hybrid))
        return DocumentSearch.Result(passages: passages.map(FoundPassage.init))
    }
}

extension DocumentAdd.Result {
    fileprivate init(_ outcome: AddOutcome, collection: String) {
        self.init(
            collection: collection, added: outcome.added, updated: outcome.updated, unchanged: outcome.unchanged,
            removed: outcome.removed, passages: outcome.passages,
            failures: outcome.failures.map {
                Failure(path: $0.path, kind: $0.error.kind.rawValue, reason: $0.error.message)
            },
            omissions: outcome.omissions.map { Omission(path: $0.path, reason: $0.reason) })
    }
}

extension SearchMethod {
    fileprivate init(_ method: DocumentSearch.SearchMethod) {
        self =
            switch method {
            case .hybrid: .hybrid
            case .words: .words
            case .meaning: .meaning
            }
    }
}

extension FoundPassage {
    fileprivate init(_ passage: Passage) {
        self.init(
            document: passage.document, title: passage.title, location: passage.location, text: passage.text,
            score: passage.score, collection: passage.collection, type: passage.type, source: passage.source,
            line: passage.line, highlights: passage.highlights.map { [$0.lowerBound, $0.count] })
    }
}
