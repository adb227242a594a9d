import Core

/// Questions that make sense only after the one before: "And in Paris?"
enum FollowUp {
    static func isOne(_ question: String) -> Bool {
        // What is longer is no half of a question.
        guard question.utf8.count <= 4000 else { return false }
        return beginning.isFound(in: question) || question.split(separator: " ").count <= 2
            || place.isFound(in: question)
    }

    private static let beginning = TextPattern(#"(?i)^\s*(and|or|what about|how about|same for|also)\b"#)
    private static let place = TextPattern(#"(?i)^\s*in\s+\S+(\s+\S+)?\s*\??$"#)
}
