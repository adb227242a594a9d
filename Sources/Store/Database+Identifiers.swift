import GRDB

extension GRDB.Database {
    /// Rows whose ids people may shorten.
    enum Identified: String {
        case conversations, messages, documents
    }

    /// With fewer characters a slip of the finger would name something.
    private static let leastCharacters = 4
    /// Those that begin alike that a message names.
    private static let mostNamed = 5

    /// The id that is `word`, or that alone begins with it.
    ///
    /// - Parameter conversation: whose messages are meant.
    /// - Returns: nil where there is none.
    /// - Throws: `idAmbiguous` where several begin so, naming them.
    func id(_ word: String, of rows: Identified, conversation: String? = nil) throws -> String? {
        let word = word.lowercased()
        let isBeginning =
            word.utf8.count >= Self.leastCharacters
            && word.utf8.allSatisfy { $0 == UInt8(ascii: "-") || Character(Unicode.Scalar($0)).isHexDigit }
        let owner = conversation == nil ? "" : "AND conversation = :conversation"
        // `~` comes after all characters of an id.
        let found = try String.fetchAll(
            self,
            sql: """
                SELECT id FROM \(rows.rawValue)
                WHERE (id = :word OR :isBeginning AND id > :word AND id < :word || '~') \(owner)
                ORDER BY id LIMIT \(Self.mostNamed + 1)
                """,
            arguments: conversation == nil
                ? ["word": word, "isBeginning": isBeginning]
                : ["word": word, "isBeginning": isBeginning, "conversation": conversation])
        if found.count <= 1 || found.first == word { return found.first }
        let named = found.prefix(Self.mostNamed).joined(separator: ", ") + (found.count > Self.mostNamed ? ", …" : "")
        throw StoreError(
            .idAmbiguous, "several \(rows.rawValue) begin with \"\(word)\"; give more of the id: \(named)")
    }
}
