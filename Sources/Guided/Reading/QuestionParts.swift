import Core
import Foundation
import Languages
import Understanding

/// Cuts a question into the parts that may each need a call.
enum QuestionParts {
    private static let most = 8
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

    /// A part of a question that may ask for something of its own.
    struct Clause: Sendable, Hashable {
        var text: String
        /// Whether it begins as a question or a request does.
        var begins: Bool
    }

    /// "What time is it in Rome, and how many feet are 3 metres?" has two; most questions have one. It is cut wherever another
    /// request may begin, which is more often than one does: "and" joins things too.
    ///
    /// - Parameter tools: begin with a verb that may ask: `reserve_hotel`.
    static func clauses(of question: String, tools: [Tool] = [], in language: QuestionLanguage) -> [Clause] {
        let verbs = Set(tools.compactMap { Stem.words(in: $0.operation).first })
        let pieces = Sentences.split(unquoted(question), after: ".?!;", in: language)
            .flatMap { cut($0, in: language) }
            .filter { $0.contains(where: \.isLetter) }
        var clauses: [Clause] = []
        for piece in pieces {
            let clause = Clause(text: piece, begins: clauses.isEmpty || begins(piece, verbs, language))
            if clauses.count < most { clauses.append(clause) } else { clauses[most - 1].join(clause, in: language) }
        }
        return clauses
    }

    /// A question without the quotation marks around all of it.
    private static func unquoted(_ question: String) -> String {
        let text = question.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let mark = text.first, "\"“'".contains(mark), text.count > 2,
            text.last == (mark == "“" ? "”" : mark), text.dropFirst().dropLast().contains(mark) == false || mark == "\""
        else { return question }
        return String(text.dropFirst().dropLast())
    }

    /// A sentence, cut before its conjunctions but those that bind: "between March and May".
    private static func cut(_ sentence: String, in language: QuestionLanguage) -> [String] {
        let text = Utterance(sentence, in: language)
        let quoted = SpanReader(text: text).quoted().map(\.range)
        var pieces: [String] = []
        var start = 0
        var end = 0
        var binds = false
        for word in text.words where !quoted.contains(where: { $0.overlaps(word.range) }) {
            let joins = language.enumerations.clauses.contains(word.lower)
            // "What is the capital of Cuba, who leads it, …"
            let asks = word.gap.contains(",") && language.words.questions.clauses.contains(word.lower)
            if language.words.questions.comparing.contains(word.lower) { binds = true }
            if joins, binds {
                binds = false
            } else if joins || asks, end > start {
                pieces.append(text.text(start..<end))
                start = joins ? word.range.upperBound : word.range.lowerBound
            } else if joins {
                // "And then", and a sentence that begins with "also".
                start = word.range.upperBound
            }
            end = word.range.upperBound
        }
        pieces.append(text.text(start..<text.characters.count))
        return pieces.map { $0.trimmingCharacters(in: .whitespaces.union([","])) }
    }

    /// Words of an opening like "after that," at most.
    private static let mostBeforeComma = 5

    /// Whether a part begins as a question does, or a request.
    private static func begins(_ part: String, _ verbs: Set<String>, _ language: QuestionLanguage) -> Bool {
        let common = language.common
        let questions = language.words.questions
        let polite = Set(language.words.conversation.inventions.please)
            .union(questions.help).union(questions.selves).union(language.words.doings.addressing)
        func asks(_ text: Substring) -> Bool {
            let words = text.split { !$0.isLetter && $0 != "'" && $0 != "’" }.lazy.map { $0.lowercased() }
            guard let first = words.first(where: { !polite.contains($0) && !common.isQuality($0) }) else { return false }
            return questions.clauses.contains(first) || questions.openings.contains(first) || verbs.contains(first)
                || language.action(of: first) != nil
                || common.asking.contains(first) && !common.binding.contains(first)
        }
        if asks(part[...]) { return true }
        guard let comma = part.firstIndex(of: ","),
            part[..<comma].split(separator: " ").count <= mostBeforeComma
        else { return false }
        return asks(part[comma...].dropFirst())
    }
}

extension QuestionParts.Clause {
    /// Takes in the clause after it.
    mutating func join(_ next: QuestionParts.Clause, in language: QuestionLanguage) {
        text += text.last.map { ".?!;".contains($0) } == true ? " \(next.text)" : " \(language.enumerations.conjunction) \(next.text)"
    }
}
