/// The title of a conversation.
enum ConversationTitle {
    /// In characters, the ellipsis included.
    static let limit = 60

    /// The first words of a question, on one line; cut between words where they are too long, and marked with an
    /// ellipsis.
    static func make(from question: String) -> String {
        let line = question.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        guard line.count > limit else { return line.isEmpty ? "Untitled" : line }
        // One more than fits beside the ellipsis, to see whether a word ends just there.
        let room = line.prefix(limit)
        let end = room.lastIndex(of: " ") ?? room.index(before: room.endIndex)
        return room[..<end] + "…"
    }
}
