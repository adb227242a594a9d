import Foundation
import GRDB

/// What a look over all that is kept of documents found.
package struct DocumentAudit: Sendable, Hashable {
    package var documents: Int
    package var passages: Int
    package var contents: Int
    package var embedded: Int
    /// What is wrong, a sentence each.
    package var problems: [String]
}

extension Database {
    /// Looks whether documents, passages and both indexes fit together.
    package func auditDocuments(model: String) async throws -> DocumentAudit {
        try await read { database in
            func count(_ sql: String, _ arguments: StatementArguments = []) throws -> Int {
                try Int.fetchOne(database, sql: sql, arguments: arguments) ?? 0
            }
            var audit = DocumentAudit(
                documents: try count("SELECT COUNT(*) FROM documents"),
                passages: try count("SELECT COUNT(*) FROM passages"),
                contents: try count("SELECT COUNT(*) FROM contents"),
                embedded: try count("SELECT COUNT(*) FROM vectors WHERE model = ?", [model]), problems: [])
            func check(_ sql: String, _ what: (Int) -> String) throws {
                let found = try count(sql)
                if found > 0 { audit.problems.append(what(found)) }
            }
            for problem in try String.fetchAll(database, sql: "PRAGMA integrity_check(10)") where problem != "ok" {
                audit.problems.append("the database file: \(problem)")
            }
            try check("SELECT COUNT(*) FROM pragma_foreign_key_check") { "\($0) rows refer to rows that are not there" }
            let wrong = try database.passagesThatMisquote()
            if wrong > 0 { audit.problems.append("\(wrong) passages do not say what stands in their documents") }
            try check(
                "SELECT COUNT(*) FROM contents WHERE NOT EXISTS (SELECT 1 FROM passages WHERE content = contents.id)"
            ) { "\($0) contents are said by no passage" }
            try check("SELECT COUNT(*) FROM contents WHERE id NOT IN (SELECT id FROM words_docsize)") {
                "\($0) contents are not in the index of words"
            }
            try check("SELECT COUNT(*) FROM words_docsize WHERE id NOT IN (SELECT id FROM contents)") {
                "\($0) entries of the index of words are of contents that are gone"
            }
            try check("SELECT COUNT(*) FROM orphans") { "\($0) contents wait to be looked at" }
            return audit
        }
    }

    /// Which analysis made the index of words, as `rebuildWords` was told; 0 where none has.
    package func wordsVersion() async throws -> Int {
        try await read { try Int.fetchOne($0, sql: "PRAGMA user_version") ?? 0 }
    }

    /// Makes the index of words anew from the contents, in one transaction, and removes contents that nobody says.
    ///
    /// - Parameter version: of the analysis.
    package func rebuildWords(version: Int, analyze: @escaping WordAnalysis) async throws {
        try await write { database in
            try database.execute(sql: "PRAGMA user_version = \(version)")
            try database.execute(sql: "DELETE FROM orphans")
            try database.execute(
                sql: "DELETE FROM contents WHERE NOT EXISTS (SELECT 1 FROM passages WHERE content = contents.id)")
            try database.execute(sql: "INSERT INTO words (words) VALUES ('delete-all')")
            let rows = try ContentRow.fetchCursor(database, sql: "SELECT * FROM contents")
            let insert = try database.cachedStatement(
                sql: "INSERT INTO words (rowid, title, headings, body) VALUES (?, ?, ?, ?)")
            while let row = try rows.next() {
                let words = analyze(row.content)
                try insert.execute(arguments: [row.id, words.title, words.headings, words.body])
            }
        }
    }
}

extension GRDB.Database {
    /// How many passages are not, byte for byte, what stands at their place in their document.
    fileprivate func passagesThatMisquote() throws -> Int {
        var count = 0
        // A document's text is read once, however many passages it has.
        let documents = try Row.fetchCursor(self, sql: "SELECT id, text FROM documents")
        let passages = try cachedStatement(
            sql: """
                SELECT start, end, contents.text FROM passages JOIN contents ON contents.id = content WHERE document = ?
                """)
        while let document = try documents.next() {
            let text = Array((document["text"] as String).utf8)
            let rows = try Row.fetchCursor(passages, arguments: [document["id"] as String])
            while let row = try rows.next() {
                let (start, end): (Int, Int) = (row["start"], row["end"])
                let isThere =
                    start >= 0 && start <= end && end <= text.count
                    && text[start..<end].elementsEqual((row["text"] as String).utf8)
                if !isThere { count += 1 }
            }
        }
        return count
    }
}
