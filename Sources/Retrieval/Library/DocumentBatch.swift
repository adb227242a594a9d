import Digest
import Foundation
import Store

/// Documents that are stored together, since a commit waits for the disk: each is stored whole or not at all.
struct DocumentBatch {
    private let library: DocumentLibrary
    let collection: String
    private(set) var outcome = AddOutcome()
    private var waiting: [(document: StoredDocument, passages: [StoredPassage])] = []
    private var waitingBytes = 0
    /// Documents whose files are gone. Removed after all others are stored: where a file was only renamed, what it says
    /// need not be embedded again.
    private var leaving: Set<String> = []

    private static let mostDocuments = 64
    private static let mostBytes = 1 << 20

    init(library: DocumentLibrary, collection: String) {
        self.library = library
        self.collection = collection
    }

    /// Documents that were looked at.
    var done: Int { outcome.added + outcome.updated + outcome.unchanged + outcome.failures.count }

    mutating func leave() { outcome.unchanged += 1 }

    mutating func fail(_ path: String, _ error: RetrievalError) {
        outcome.failures.append(AddOutcome.Failure(path: path, error: error))
    }

    /// - Parameters:
    ///   - source: the bytes of a path or address.
    ///   - isKnown: whether a document from there is stored already, which this one replaces.
    ///   - title: what it is called where it does not say itself.
    mutating func add(
        _ read: ReadDocument, _ contents: ReadBytes, from source: [UInt8]?, isKnown: Bool, title: String,
        changedAt: Date
    ) async throws {
        // SQLite ends a text at a NUL. Offsets stay as they are.
        let read = read.withoutNUL
        let title = title.withoutNUL
        let language = TextLanguage.of(read.text, declared: read.language)
        let document = StoredDocument(
            id: UUID().uuidString.lowercased(), collection: collection, source: source, title: read.title ?? title,
            type: read.kind.rawValue, language: language, text: read.text, hash: contents.hash,
            bytes: contents.bytes.count, changedAt: changedAt)
        let text = Array(read.text.utf8)
        let passages = try await library.cutter.passages(of: read).map { cut in
            let record = cut.isRecord ? cut.headings.last : nil
            var headings = cut.isRecord ? cut.headings.dropLast() : cut.headings[...]
            // The title of a document is most often its first heading.
            if let title = read.title, headings.first == title { headings.removeFirst() }
            return StoredPassage(
                content: StoredContent(
                    title: record ?? read.title ?? "", headings: headings.joined(separator: " › "),
                    text: String(decoding: text[cut.range], as: UTF8.self), language: language),
                range: cut.range, title: record ?? document.title,
                location: [headings.joined(separator: " › "), cut.location.text].filter { !$0.isEmpty }
                    .joined(separator: ", "), line: cut.location.line)
        }
        if isKnown { outcome.updated += 1 } else { outcome.added += 1 }
        outcome.passages += passages.count
        if let reason = read.omission {
            let path = source.map { String(decoding: $0, as: UTF8.self) } ?? title
            outcome.omissions.append(AddOutcome.Omission(path: path, reason: reason))
        }
        waiting.append((document, passages))
        waitingBytes += text.count
        if waiting.count >= Self.mostDocuments || waitingBytes >= Self.mostBytes { try await flush() }
    }

    /// Stores what waits.
    mutating func flush() async throws {
        guard !waiting.isEmpty else { return }
        let documents = waiting
        waiting = []
        waitingBytes = 0
        try await library.store.save(documents, analyze: DocumentLibrary.analyze)
        library.embedding.wake()
    }

    /// Removes documents when all others are stored.
    mutating func remove(_ documents: [String]) {
        leaving.formUnion(documents)
    }

    /// Stores and removes what waits.
    mutating func finish() async throws {
        try await flush()
        library.embedding.wake()
        guard !leaving.isEmpty else { return }
        let documents = leaving.sorted()
        leaving = []
        try await library.store.remove(documents: documents, analyze: DocumentLibrary.analyze)
        outcome.removed += documents.count
    }
}

extension ReadDocument {
    /// With spaces in place of NULs.
    fileprivate var withoutNUL: ReadDocument {
        guard
            text.utf8.contains(0) || blocks.contains(where: { $0.headings.contains { $0.utf8.contains(0) } })
                || title?.utf8.contains(0) ?? false
        else { return self }
        var document = self
        document.text = text.withoutNUL
        document.title = title?.withoutNUL
        for index in blocks.indices { document.blocks[index].headings = blocks[index].headings.map(\.withoutNUL) }
        return document
    }
}

extension String {
    fileprivate var withoutNUL: String {
        utf8.contains(0) ? String(decoding: utf8.map { $0 == 0 ? 0x20 : $0 }, as: UTF8.self) : self
    }
}

extension StoredContent {
    /// A content, which is what its members are.
    fileprivate init(title: String, headings: String, text: String, language: String) {
        var hash = SHA256()
        for part in [title, headings, text, language] {
            hash.update(Data(part.utf8))
            hash.update([0])
        }
        self.init(
            hash: hash.finish().bytes, title: title, headings: headings, text: text, language: language)
    }
}

extension ReadDocument.Location {
    /// `line 12`, `page 3`, `record 7`, or the name of a part.
    var text: String {
        switch self {
        case .lines(let lines): "line \(lines.lowerBound)"
        case .page(let page): "page \(page)"
        case .record(let record): "record \(record)"
        case .part(let name): name
        }
    }

    var line: Int? {
        if case .lines(let lines) = self { lines.lowerBound } else { nil }
    }
}
