import GRDB

/// The index of words as one search reads it: in one state, on one connection.
package struct WordIndex {
    let database: GRDB.Database

    /// How many contents each word is in; words that are in none are missing.
    package func frequencies(of words: [String]) throws -> [String: Int] {
        let statement = try database.cachedStatement(sql: "SELECT doc FROM vocabulary WHERE term = ?")
        var frequencies: [String: Int] = [:]
        for word in Set(words) {
            frequencies[word] = try Int.fetchOne(statement, arguments: [word])
        }
        return frequencies
    }

    /// The contents that match an expression (sqlite.org/fts5.html, 3), the best by BM25 first.
    ///
    /// - Parameters:
    ///   - weights: of title, headings and body.
    ///   - filter: which documents count.
    /// - Returns: BM25 as a positive number, the more the better.
    package func contents(
        matching expression: String, weights: (Double, Double, Double), filter: DocumentFilter, limit: Int
    ) throws -> [(content: Int, score: Double)] {
        var arguments: StatementArguments = [weights.0, weights.1, weights.2, expression]
        var condition = ""
        if !filter.isOpen {
            let (sql, more) = filter.condition
            // The plus keeps SQLite from searching anew for each of the contents that are let through.
            condition = """
                AND +words.rowid IN (
                    SELECT content FROM passages JOIN documents ON documents.id = passages.document
                    JOIN collections ON collections.id = documents.collection WHERE \(sql))
                """
            arguments += more
        }
        arguments += [limit]
        return try Row.fetchAll(
            database,
            sql: """
                SELECT rowid, -bm25(words, ?, ?, ?) AS score FROM words WHERE words MATCH ? \(condition)
                ORDER BY score DESC LIMIT ?
                """, arguments: arguments
        ).map { (content: $0["rowid"], score: $0["score"]) }
    }
}

extension Database {
    /// Calls `body` with the index of words.
    package func readWords<Value: Sendable>(
        _ body: @escaping @Sendable (WordIndex) throws -> Value
    ) async throws -> Value {
        try await read { try body(WordIndex(database: $0)) }
    }
}
