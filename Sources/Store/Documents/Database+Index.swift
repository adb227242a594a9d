import Foundation
import GRDB

extension Database {
    package func contents(_ ids: [Int]) async throws -> [Int: StoredContent] {
        try await read { database in
            let statement = try database.cachedStatement(sql: "SELECT * FROM contents WHERE id = ?")
            var found: [Int: StoredContent] = [:]
            for id in ids { found[id] = try ContentRow.fetchOne(statement, arguments: [id])?.content }
            return found
        }
    }

    /// The passages that say these contents, in documents that the filter lets through.
    package func passages(saying contents: [Int], filter: DocumentFilter) async throws -> [PassageRow] {
        try await read { database in
            let (condition, more) = filter.condition
            let list = "[" + contents.map(String.init).joined(separator: ",") + "]"
            var arguments: StatementArguments = [list]
            arguments += more
            return try Row.fetchAll(
                database,
                sql: """
                    SELECT passages.*, collections.name AS collection, documents.source, documents.type
                    FROM json_each(?) AS wanted
                    JOIN passages ON passages.content = wanted.value
                    JOIN documents ON documents.id = passages.document
                    JOIN collections ON collections.id = documents.collection
                    WHERE \(condition) ORDER BY passages.id
                    """, arguments: arguments
            ).map(PassageRow.init)
        }
    }

    /// Contents that the filter lets through.
    package func contents(filter: DocumentFilter) async throws -> [Int] {
        try await read { database in
            let (condition, arguments) = filter.condition
            return try Int.fetchAll(
                database,
                sql: """
                    SELECT DISTINCT content FROM passages JOIN documents ON documents.id = passages.document
                    JOIN collections ON collections.id = documents.collection WHERE \(condition)
                    """, arguments: arguments)
        }
    }

    /// What a search has to know of all documents: the languages they are in, and the highest number a content has.
    package func extent() async throws -> (languages: [String], newestContent: Int) {
        try await read { database in
            // Steps from one language to the next in the index: DISTINCT would go through all documents.
            let languages = try database.cachedStatement(
                sql: """
                    WITH RECURSIVE found(language) AS (
                        SELECT MIN(language) FROM documents
                        UNION ALL
                        SELECT (SELECT MIN(language) FROM documents WHERE language > found.language)
                        FROM found WHERE found.language IS NOT NULL
                    )
                    SELECT language FROM found WHERE language IS NOT NULL
                    """)
            return (try String.fetchAll(languages), try Self.newestContent(database))
        }
    }
}

extension DocumentFilter {
    /// An SQL condition on `documents` and `collections`.
    var condition: (sql: String, arguments: StatementArguments) {
        var parts: [String] = []
        var arguments = StatementArguments()
        func list(_ names: [String]) -> String {
            names.isEmpty ? "()" : "(" + names.map { _ in "?" }.joined(separator: ",") + ")"
        }
        if let collections {
            parts.append("collections.name IN \(list(collections))")
            arguments += StatementArguments(collections)
        }
        if let types {
            parts.append("documents.type IN \(list(types))")
            arguments += StatementArguments(types)
        }
        if let path {
            let range = SourceRange(path)
            // With its collection first, a source is found in the index.
            parts.append(
                """
                documents.collection IN (SELECT id FROM collections)
                AND documents.source >= ? AND documents.source < ? AND (documents.source = ? OR documents.source >= ?)
                """)
            arguments += [range.path, range.end, range.path, range.folder]
        }
        if let since {
            parts.append("documents.changedAt >= ?")
            arguments += [since.milliseconds]
        }
        if let until {
            parts.append("documents.changedAt < ?")
            arguments += [until.milliseconds]
        }
        return (parts.isEmpty ? "1" : parts.joined(separator: " AND "), arguments)
    }
}

extension PassageRow {
    fileprivate init(row: Row) {
        self.init(
            content: row["content"], document: row["document"], collection: row["collection"],
            source: (row["source"] as Data?).map(Array.init), type: row["type"], title: row["title"],
            location: row["location"], line: row["line"])
    }
}
