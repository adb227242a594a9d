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
        /// What stands before it: " and also ".
        var gap = Self.betweenSentences
        /// Whether it begins as a question or a request does.
        var begins: Bool
        /// Whether it begins with a pronoun for what was said before: "and their impact on …".
        var refersBack = false

        /// Whether it is a request or a question of its own, however it begins: "And 7 in feet?", and not what "and" joins to one.
        var asks: Bool { begins || text.last == "?" && gap == Self.betweenSentences }

        static let betweenSentences = " "

        /// Takes in the clause after it.
        mutating func join(_ next: Clause) { text += next.gap + next.text }
    }

    /// "What time is it in Rome, and how many feet are 3 metres?" has two; most questions have one. It is cut wherever another
    /// request may begin, which is more often than one does: "and" joins things too.
    ///
    /// - Parameter tools: begin with a verb that may ask: `reserve_hotel`.
    static func clauses(of question: String, tools: [Tool] = [], in language: QuestionLanguage) -> [Clause] {
        // Of a longer text only the beginning is read, and nothing is cut.
        guard question.utf8.count <= 4 * longest else { return [Clause(text: question, begins: true)] }
        let verbs = Set(tools.compactMap { Stem.words(in: $0.operation).first })
        var clauses: [Clause] = []
        for sentence in Sentences.split(unquoted(question), after: ".?!;", in: language) {
            for piece in cut(sentence, in: language) {
                let clause = Clause(
                    text: piece.text, gap: piece.gap, begins: begins(piece.text, verbs, in: language),
                    refersBack: language.sentences.pronoun.isFound(in: piece.text))
                if let last = clauses.indices.last, last + 1 == most || !piece.text.contains(where: \.isLetter) {
                    clauses[last].join(clause)
                } else {
                    clauses.append(clause)
                }
            }
        }
        // What is said first asks, unless a request comes after it: "It starts at 21:00 in Lagos. When is that in Rome?"
        if let first = clauses.first, !first.begins {
            let isTold = clauses.count > 1 && first.text.last.map { ".!;".contains($0) } == true
            if isTold {
                var asking = first
                asking.join(clauses[1])
                asking.begins = true
                clauses.replaceSubrange(0...1, with: [asking])
            } else {
                clauses[0].begins = true
            }
        }
        return clauses
    }

    /// A question and, each by itself, the half questions that go on from it: "How many feet are 3 metres? And 5 metres?"
    ///
    /// - Returns: the question alone, where not all that follows it is such.
    static func successive(_ question: String, in language: QuestionLanguage) -> [String] {
        guard question.utf8.count <= 4 * longest else { return [question] }
        let sentences = Sentences.split(unquoted(question), after: ".?!;", in: language)
        guard (2...most).contains(sentences.count), let first = sentences.first, !language.followUps.isOne(first),
            sentences.dropFirst().allSatisfy({ $0.last == "?" && language.followUps.isOne($0) })
        else { return [question] }
        return sentences
    }

    /// A question without the quotation marks around all of it.
    private static func unquoted(_ question: String) -> String {
        let text = question.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let mark = text.first, "\"“'".contains(mark), text.count > 2,
            text.last == (mark == "“" ? "”" : mark), !text.dropFirst().dropLast().contains(mark)
        else { return question }
        return String(text.dropFirst().dropLast())
    }

    /// A sentence, cut before its conjunctions but those that bind: "between March and May".
    ///
    /// - Returns: the pieces, each with what stands before it.
    private static func cut(_ sentence: String, in language: QuestionLanguage) -> [(gap: String, text: String)] {
        let text = Utterance(sentence, in: language)
        let reader = SpanReader(text: text)
        // "23 plus 19" joins no requests, and neither does what is quoted.
        let whole = (reader.quoted() + reader.calculations()).map(\.range)
        var pieces: [Range<Int>] = []
        var (start, end, words) = (0, 0, 0)
        var binds = false
        func cut(at next: Int) {
            pieces.append(start..<end)
            (start, words) = (next, 0)
        }
        for word in text.words {
            if !whole.contains(where: { $0.overlaps(word.range) }) {
                let joins = language.enumerations.clauses.contains(word.lower)
                // "What is the capital of Cuba, who leads it, …", and not "additionally, what is …".
                // And not "if it's 7 in Dublin, what time is it in Perth".
                let asks =
                    word.gap.contains(",") && words > mostBeforeComma
                    && language.words.questions.clauses.contains(word.lower)
                    && Self.begins(text.text(start..<end), in: language) && !isCondition(text, start, language)
                if language.words.questions.comparing.contains(word.lower) { binds = true }
                if joins, binds {
                    binds = false
                } else if joins, words == 0 {
                    // "And then", and a sentence that begins with "also".
                    start = word.range.upperBound
                    continue
                } else if joins {
                    cut(at: word.range.upperBound)
                    continue
                } else if asks {
                    cut(at: word.range.lowerBound)
                }
            }
            words += 1
            // The closing quotation mark belongs to what is quoted.
            end = whole.first { $0.overlaps(word.range) }?.upperBound ?? word.range.upperBound
        }
        pieces.append(start..<text.characters.count)
        var before = 0
        return pieces.map { piece in
            var piece = piece
            while let first = piece.first, " ,\n".contains(text.characters[first]) { piece = piece.dropFirst() }
            let gap = before == 0 ? Clause.betweenSentences : text.text(before..<piece.lowerBound)
            before = piece.upperBound
            return (gap, text.text(piece))
        }
    }

    /// Whether what begins at a character says when something is so, and asks nothing: "when it's noon here".
    private static func isCondition(_ text: Utterance, _ start: Int, _ language: QuestionLanguage) -> Bool {
        guard let first = text.words.firstIndex(where: { $0.range.lowerBound >= start }), first + 1 < text.words.count
        else { return false }
        let next = text.words[first + 1].lower
        return language.words.questions.answers.time.contains(text.words[first].lower)
            && !language.words.questions.openings.contains(next) && !language.words.questions.help.contains(next)
    }

    /// Words of an opening like "after that," at most.
    private static let mostBeforeComma = 5
    /// Words of "I would like to know" at most.
    private static let mostBeforeVerb = 5

    /// Whether a part begins as a question does, or a request.
    ///
    /// - Parameter verbs: of the tools, that may begin a request as well.
    static func begins(_ part: String, _ verbs: Set<String> = [], in language: QuestionLanguage) -> Bool {
        let common = language.common
        let questions = language.words.questions
        let polite = Set(language.words.conversation.inventions.please)
            .union(questions.help).union(questions.selves).union(language.words.doings.addressing)
        func isAsking(_ word: String) -> Bool {
            questions.clauses.contains(word) || questions.openings.contains(word) || verbs.contains(word)
                || language.action(of: word) != nil || common.asking.contains(word) && !common.binding.contains(word)
        }
        func asks(_ text: Substring) -> Bool {
            let words = text.split { !$0.isLetter && $0 != "'" && $0 != "’" }.lazy.map { $0.lowercased() }
            // "I would like to know"
            if let first = words.first, questions.selves.contains(first) {
                return words.prefix(mostBeforeVerb).contains(where: isAsking)
            }
            return words.first { isAsking($0) || !polite.contains($0) && !common.isQuality($0) }.map(isAsking) ?? false
        }
        if asks(part[...]) { return true }
        guard let comma = part.firstIndex(of: ","),
            part[..<comma].split(separator: " ").count <= mostBeforeComma
        else { return false }
        return asks(part[comma...].dropFirst())
    }
}
