import Core
import Languages
import Understanding

/// Cuts a question into the parts that may each need a call.
enum QuestionParts {
    private static let most = 4
    /// Characters of a question that may be all of it: what is longer is a text that something is asked about.
    private static let longest = 1000

    /// What a message asks: all of it where it is short, else its first paragraph, or else its last, where that is short.
    /// A text that is handed over to be read is nothing to take a call's arguments from.
    ///
    /// - Returns: nil where all of it is such a text.
    static func asked(in message: String) -> String? {
        func isShort(_ text: some StringProtocol) -> Bool { text.utf8.count <= 4 * longest && text.count <= longest }
        if isShort(message) { return message }
        let paragraphs = message.split(separator: "\n\n").filter { $0.contains { !$0.isWhitespace } }
        return [paragraphs.first, paragraphs.last].compactMap(\.self).first(where: isShort).map(String.init)
    }

    /// "What time is it in Rome, and how many feet are 3 metres?" has two; most questions have one.
    static func split(_ question: String, in language: QuestionLanguage) -> [String] {
        var parts: [String] = []
        for sentence in Sentences.split(question, after: "?;!", in: language) {
            // "The train leaves at 9; when is that in Rome?" asks once.
            if let last = parts.last, last.hasSuffix(";"), !asks(last, language) {
                parts[parts.count - 1] = "\(last) \(sentence)"
            } else {
                parts += language.enumerations.clauses(of: sentence)
            }
        }
        return Array(parts.filter { $0.contains(where: \.isLetter) }.prefix(most))
    }

    /// Whether a part begins as a question does, or a request.
    private static func asks(_ part: String, _ language: QuestionLanguage, _ more: Set<String> = []) -> Bool {
        guard let first = part.split(whereSeparator: { !$0.isLetter }).first?.lowercased() else { return false }
        let common = language.common
        return language.words.questions.clauses.contains(first) || more.contains(first)
            || common.asking.contains(first) && !common.binding.contains(first)
    }

    /// Parts of a question that ask for something together: one that asks, and those after it that do not.
    struct Request: Sendable, Hashable {
        var parts: [String]
        var text: String
    }

    /// - Parameter tools: begin with a verb that may ask: `reserve_hotel`.
    static func requests(of parts: [String], tools: [Tool], in language: QuestionLanguage) -> [Request] {
        let verbs = Set(tools.compactMap { Stem.words(in: $0.operation).first })
        return parts.reduce(into: []) { requests, part in
            if requests.isEmpty || asks(part, language, verbs) {
                requests.append(Request(parts: [part], text: part))
            } else {
                requests[requests.count - 1].parts.append(part)
                requests[requests.count - 1].text += " \(language.enumerations.conjunction) \(part)"
            }
        }
    }
}
