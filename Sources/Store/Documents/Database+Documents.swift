package import Foundation
import GRDB

/// What is known of a document without its text.
package struct DocumentState: Sendable, Hashable {
    package var id: String
    package var source: [UInt8]
    package var hash: [UInt8]
    package var bytes: Int
    package var changedAt: Date
}

/// A line of a list of documents.
package struct DocumentLine: Sendable, Hashable {
    package var id: String
    package var collection: String
    package var source: [UInt8]?
    package var title: String
    package var type: String
    package var bytes: Int
    package var passages: Int
    package var addedAt: Date
}

/// A line of a list of collections.
package struct CollectionLine: Sendable, Hashable {
    package var name: String
    package var documents: Int
    package var passages: Int
    package var embedded: Int
    package var roots: [[UInt8]]
}

extension Database {
    // MARK: Adding

    /// Stores documents with their passages, each in place of one of the same source, all in one transaction.
    package func save(
        _ documents: [(document: StoredDocument, passages: [StoredPassage])], analyze: @escaping WordAnalysis
    ) async throws {
        try await write { [now] database in
            for (document, passages) in documents {
                if let source = document.source {
                    let old = try String.fetchOne(
                        database,
                        sql: """
                            SELECT documents.id FROM documents JOIN collections ON collections.id = collection
                            WHERE collections.name = ? AND source = ?
                            """, arguments: [document.collection, Data(source)])
                    if let old { try database.remove(document: old) }
                }
                try database.insert(document, at: now())
                for (position, passage) in passages.enumerated() {
                    try database.insert(passage, document: document.id, position: position, analyze)
                }
            }
            // Last, so that what a new version of a document still says is not indexed anew.
            try database.removeUnusedContents(analyze)
        }
    }

    /// Takes note of when a document's file was changed.
    package func save(changedAt: Date, ofDocument id: String) async throws {
        try await write {
            try $0.execute(
                sql: "UPDATE documents SET changedAt = ? WHERE id = ?", arguments: [changedAt.milliseconds, id])
        }
    }

    /// Removes documents, and all that only they said.
    package func remove(documents: [String], analyze: @escaping WordAnalysis) async throws {
        try await write { database in
            for id in documents { try database.remove(document: id) }
            try database.removeUnusedContents(analyze)
        }
    }

    /// Removes a collection and all in it.
    ///
    /// - Returns: how many documents it had; nil where there is none of this name.
    package func remove(collection: String, analyze: @escaping WordAnalysis) async throws -> Int? {
        try await write { database in
            guard let id = try database.collection(collection) else { return nil }
            let documents = try String.fetchAll(
                database, sql: "SELECT id FROM documents WHERE collection = ?", arguments: [id])
            for document in documents { try database.remove(document: document) }
            try database.execute(sql: "DELETE FROM collections WHERE id = ?", arguments: [id])
            try database.removeUnusedContents(analyze)
            return documents.count
        }
    }

    /// Takes note that a folder belongs to a collection and is followed.
    ///
    /// - Parameter followsLinks: whether symbolic links out of the folder are followed too; what was said last holds.
    package func addRoot(_ path: [UInt8], collection: String, followsLinks: Bool) async throws {
        try await write { [now] database in
            let id = try database.makeCollection(collection, at: now())
            try database.execute(
                sql: """
                    INSERT INTO roots (collection, path, followsLinks) VALUES (:collection, :path, :followsLinks)
                    ON CONFLICT DO UPDATE SET followsLinks = :followsLinks
                    """,
                arguments: ["collection": id, "path": Data(path), "followsLinks": followsLinks])
        }
    }

    /// - Parameter path: without a slash at its end.
    package func removeRoots(under path: [UInt8], collection: String?) async throws {
        try await write { database in
            try database.execute(
                sql: """
                    DELETE FROM roots WHERE (path = :path OR substr(path, 1, :count) = :folder)
                    AND (:collection IS NULL OR collection = (SELECT id FROM collections WHERE name = :collection))
                    """,
                arguments: [
                    "path": Data(path), "count": path.count + 1, "folder": Data(path + [0x2f]),
                    "collection": collection,
                ])
        }
    }

    // MARK: Looking

    /// The folders that are followed.
    package func roots() async throws -> [(collection: String, path: [UInt8], followsLinks: Bool)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT name, path, followsLinks FROM roots JOIN collections ON collections.id = collection
                    ORDER BY name, path
                    """
            ).map {
                (collection: $0["name"], path: [UInt8]($0["path"] as Data), followsLinks: $0["followsLinks"])
            }
        }
    }

    /// The names of all collections.
    package func collectionNames() async throws -> [String] {
        try await read { try String.fetchAll($0, sql: "SELECT name FROM collections ORDER BY name") }
    }

    /// The documents of a collection whose source is this path, or in the folder of this path.
    package func documents(under path: [UInt8], collection: String?) async throws -> [DocumentState] {
        let range = SourceRange(path)
        return try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT id, source, hash, bytes, changedAt FROM documents
                    WHERE collection IN (SELECT id FROM collections WHERE :collection IS NULL OR name = :collection)
                    AND source >= :path AND source < :end AND (source = :path OR source >= :folder)
                    """,
                arguments: [
                    "path": range.path, "folder": range.folder, "end": range.end, "collection": collection,
                ]
            ).map(DocumentState.init)
        }
    }

    package func isDocument(source: [UInt8], collection: String) async throws -> Bool {
        try await read { database in
            try Bool.fetchOne(
                database,
                sql: """
                    SELECT EXISTS (
                        SELECT 1 FROM documents
                        WHERE collection = (SELECT id FROM collections WHERE name = ?) AND source = ?)
                    """, arguments: [collection, Data(source)]) ?? false
        }
    }

    /// All of a document's text; nil where it is gone.
    package func text(ofDocument id: String) async throws -> String? {
        try await read { database in
            try String.fetchOne(database, sql: "SELECT text FROM documents WHERE id = ?", arguments: [id])
        }
    }

    package func documents(collection: String?, limit: Int, offset: Int) async throws -> [DocumentLine] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT documents.id, name, source, title, type, bytes, addedAt,
                        (SELECT COUNT(*) FROM passages WHERE document = documents.id) AS passages
                    FROM documents JOIN collections ON collections.id = collection
                    WHERE ? IS NULL OR collections.name = ?
                    ORDER BY collections.name, addedAt DESC, documents.rowid DESC LIMIT ? OFFSET ?
                    """, arguments: [collection, collection, limit, offset]
            ).map { row in
                DocumentLine(
                    id: row["id"], collection: row["name"], source: (row["source"] as Data?).map(Array.init),
                    title: row["title"], type: row["type"], bytes: row["bytes"], passages: row["passages"],
                    addedAt: Date(milliseconds: row["addedAt"]))
            }
        }
    }

    /// How many documents there are, in all collections.
    package func documentCount() async throws -> Int {
        try await read { database in try Int.fetchOne(database, sql: "SELECT COUNT(*) FROM documents") ?? 0 }
    }

    package func collections(model: String) async throws -> [CollectionLine] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT name, collections.id,
                        (SELECT COUNT(*) FROM documents WHERE collection = collections.id) AS documents,
                        COUNT(passages.id) AS passages, COUNT(vectors.content) AS embedded
                    FROM collections
                    LEFT JOIN documents ON documents.collection = collections.id
                    LEFT JOIN passages ON passages.document = documents.id
                    LEFT JOIN vectors ON vectors.content = passages.content AND vectors.model = ?
                    GROUP BY collections.id ORDER BY name
                    """, arguments: [model]
            ).map { row in
                let roots = try Data.fetchAll(
                    database, sql: "SELECT path FROM roots WHERE collection = ? ORDER BY path",
                    arguments: [row["id"] as Int])
                return CollectionLine(
                    name: row["name"], documents: row["documents"], passages: row["passages"],
                    embedded: row["embedded"], roots: roots.map(Array.init))
            }
        }
    }
}

extension DocumentState {
    fileprivate init(row: Row) {
        self.init(
            id: row["id"], source: [UInt8](row["source"] as Data), hash: [UInt8](row["hash"] as Data),
            bytes: row["bytes"], changedAt: Date(milliseconds: row["changedAt"]))
    }
}

extension GRDB.Database {
    fileprivate func collection(_ name: String) throws -> Int? {
        try Int.fetchOne(self, sql: "SELECT id FROM collections WHERE name = ?", arguments: [name])
    }

    fileprivate func makeCollection(_ name: String, at time: Date) throws -> Int {
        if let known = try collection(name) { return known }
        try execute(
            sql: "INSERT INTO collections (name, createdAt) VALUES (?, ?)", arguments: [name, time.milliseconds])
        return Int(lastInsertedRowID)
    }

    fileprivate func insert(_ document: StoredDocument, at time: Date) throws {
        try execute(
            sql: """
                INSERT INTO documents
                    (id, collection, source, title, type, language, text, hash, bytes, changedAt, addedAt)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                document.id, try makeCollection(document.collection, at: time), document.source.map { Data($0) },
                document.title, document.type, document.language, document.text, Data(document.hash), document.bytes,
                document.changedAt.milliseconds, time.milliseconds,
            ])
    }

    fileprivate func insert(
        _ passage: StoredPassage, document: String, position: Int, _ analyze: WordAnalysis
    ) throws {
        let content = passage.content
        let hash = Data(content.hash)
        let id: Int
        let known = try Int.fetchOne(
            cachedStatement(sql: "SELECT id FROM contents WHERE hash = ?"), arguments: [hash])
        if let known {
            id = known
        } else {
            try cachedStatement(
                sql: "INSERT INTO contents (hash, title, headings, text, language) VALUES (?, ?, ?, ?, ?)"
            ).execute(arguments: [hash, content.title, content.headings, content.text, content.language])
            id = Int(lastInsertedRowID)
            let words = analyze(content)
            try cachedStatement(sql: "INSERT INTO words (rowid, title, headings, body) VALUES (?, ?, ?, ?)")
                .execute(arguments: [id, words.title, words.headings, words.body])
        }
        try cachedStatement(
            sql: """
                INSERT INTO passages (document, position, content, start, end, title, location, line)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """
        ).execute(arguments: [
            document, position, id, passage.range.lowerBound, passage.range.upperBound, passage.title,
            passage.location, passage.line,
        ])
    }

    fileprivate func remove(document id: String) throws {
        try execute(
            sql: "INSERT OR IGNORE INTO orphans SELECT content FROM passages WHERE document = ?", arguments: [id])
        try execute(sql: "DELETE FROM documents WHERE id = ?", arguments: [id])
    }

    /// Takes contents out of the index that no passage says any more.
    fileprivate func removeUnusedContents(_ analyze: WordAnalysis) throws {
        let unused = try ContentRow.fetchAll(
            self,
            sql: """
                SELECT contents.* FROM orphans CROSS JOIN contents ON contents.id = orphans.content
                WHERE NOT EXISTS (SELECT 1 FROM passages WHERE content = contents.id)
                """)
        for row in unused {
            let words = analyze(row.content)
            try cachedStatement(
                sql: "INSERT INTO words (words, rowid, title, headings, body) VALUES ('delete', ?, ?, ?, ?)"
            ).execute(arguments: [row.id, words.title, words.headings, words.body])
            try cachedStatement(sql: "DELETE FROM contents WHERE id = ?").execute(arguments: [row.id])
        }
        try execute(sql: "DELETE FROM orphans")
    }
}

/// The sources that are a path or lie in its folder: the path, and from `folder` on what is before `end`.
struct SourceRange: Sendable {
    var path: Data
    var folder: Data
    var end: Data

    /// - Parameter path: the bytes of a path or an address, with or without a slash at its end.
    init(_ path: [UInt8]) {
        var folder = path.last == UInt8(ascii: "/") ? path : path + [UInt8(ascii: "/")]
        self.path = Data(path)
        self.folder = Data(folder)
        // A folder's paths end before the byte after the slash.
        folder[folder.count - 1] += 1
        end = Data(folder)
    }
}

/// A content with its number.
struct ContentRow: FetchableRecord {
    var id: Int
    var content: StoredContent

    init(row: Row) {
        id = row["id"]
        content = StoredContent(
            hash: [UInt8](row["hash"] as Data), title: row["title"], headings: row["headings"], text: row["text"],
            language: row["language"])
    }
}
