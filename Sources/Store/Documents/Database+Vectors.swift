package import Foundation
import GRDB

/// An embedding model.
package struct EmbeddingModelFile: Sendable, Hashable {
    /// What tells its vectors from those of another.
    package var name: String
    package var path: String

    package init(name: String, path: String) {
        self.name = name
        self.path = path
    }
}

extension Database {
    /// The highest number a content has; 0 where there is none.
    package func newestContent() async throws -> Int {
        try await read(Self.newestContent)
    }

    static func newestContent(_ database: GRDB.Database) throws -> Int {
        try Int.fetchOne(try database.cachedStatement(sql: "SELECT MAX(id) FROM contents")) ?? 0
    }

    /// The next contents without a vector of a model.
    ///
    /// - Parameter start: only those after this one.
    package func contentsWithoutVector(
        model: String, after start: Int, limit: Int
    ) async throws -> [(id: Int, content: StoredContent)] {
        try await read { database in
            try ContentRow.fetchAll(
                database,
                sql: """
                    SELECT * FROM contents WHERE id > ?
                    AND NOT EXISTS (SELECT 1 FROM vectors WHERE content = contents.id AND model = ?)
                    ORDER BY id LIMIT ?
                    """, arguments: [start, model, limit]
            ).map { (id: $0.id, content: $0.content) }
        }
    }

    /// Stores vectors. A content that went meanwhile is left out.
    package func save(vectors: [(content: Int, vector: [UInt8])], model: String) async throws {
        try await write { database in
            let statement = try database.cachedStatement(
                sql:
                    "INSERT OR REPLACE INTO vectors (content, model, vector) SELECT id, ?, ? FROM contents WHERE id = ?"
            )
            for (content, vector) in vectors {
                try statement.execute(arguments: [model, Data(vector), content])
            }
        }
    }

    /// Calls `body` with every vector of a model, by content.
    package func forEachVector(
        model: String, _ body: @escaping @Sendable (Int, Data) -> Void
    ) async throws {
        try await read { database in
            let rows = try Row.fetchCursor(
                database, sql: "SELECT content, vector FROM vectors WHERE model = ? ORDER BY content",
                arguments: [model])
            while let row = try rows.next() { body(row["content"], row["vector"]) }
        }
    }

    /// What `measure` makes of each content's vector, whose bytes last as long as the call. Those without one are missing.
    package func measures(
        of contents: [Int], model: String, _ measure: @escaping @Sendable (UnsafeRawBufferPointer) -> Float
    ) async throws -> [Int: Float] {
        try await read { database in
            let statement = try database.cachedStatement(
                sql: """
                    SELECT content, vector FROM json_each(?) AS wanted
                    CROSS JOIN vectors ON vectors.content = wanted.value AND vectors.model = ?
                    """)
            let list = "[" + contents.map(String.init).joined(separator: ",") + "]"
            let rows = try Row.fetchCursor(statement, arguments: [list, model])
            var found: [Int: Float] = [:]
            while let row = try rows.next() {
                try row.withUnsafeData(atIndex: 1) { data in
                    found[row[0]] = unsafe data?.withUnsafeBytes { unsafe measure($0) }
                }
            }
            return found
        }
    }

    // MARK: Models

    /// Takes note where a model's file is.
    package func save(embeddingModel model: EmbeddingModelFile) async throws {
        try await write {
            try $0.execute(
                sql: "INSERT OR REPLACE INTO embeddingModels (name, path) VALUES (?, ?)",
                arguments: [model.name, model.path])
        }
    }

    /// The models there are vectors of, with how many, the most first.
    package func embeddingModels() async throws -> [(model: EmbeddingModelFile, vectors: Int)] {
        try await read { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT name, path, COUNT(*) AS count FROM vectors JOIN embeddingModels ON name = model
                    GROUP BY name ORDER BY count DESC
                    """
            ).map { (model: EmbeddingModelFile(name: $0["name"], path: $0["path"]), vectors: $0["count"]) }
        }
    }

    /// Drops the vectors of all models but one.
    package func dropVectors(besides model: String) async throws {
        try await write { database in
            try database.execute(sql: "DELETE FROM vectors WHERE model <> ?", arguments: [model])
            try database.execute(sql: "DELETE FROM embeddingModels WHERE name <> ?", arguments: [model])
        }
    }
}
