import Core

/// The plan of one turn, free of I/O: which part of the question is worked on, what is called for it, and when to answer.
///
/// What is called is first decided for all parts of the question, from the question alone, so that the calls depend on
/// nothing but what the user said and can be made at once. A call that failed is then tried once more.
struct Turn: Sendable {
    /// A call that was decided on and is not made yet.
    struct Call: Sendable, Hashable {
        /// The part of the question it is for.
        var part: String
        var plugin: String
        var operation: String
        var arguments: JSONValue
    }

    enum Action: Sendable, Hashable {
        /// Decide what to call for this part of the question, which may go on from what was decided before it.
        case route(part: String, after: Call?)
        /// Make these calls, which do not depend on each other.
        case make([Call])
        /// Call the same operation again, now knowing what failed.
        case retry(part: String, failed: Step)
        case answer(FinishReason)
    }

    /// Parts not worked on yet, the next first.
    private(set) var parts: [String]
    private var decided: [Call] = []
    private var last: Call?
    /// Calls that failed and were not tried again yet, the first first.
    private var failures: [(part: String, step: Step)] = []
    private(set) var steps: [Step] = []
    let maxSteps: Int

    /// - Parameter parts: the question's parts, each of which may need a call.
    init(parts: [String], maxSteps: Int) {
        self.parts = parts
        self.maxSteps = maxSteps
    }

    /// What to do next.
    mutating func next() -> Action {
        if !parts.isEmpty, steps.count + decided.count < maxSteps {
            return .route(part: parts.removeFirst(), after: last)
        }
        if !decided.isEmpty {
            defer { decided = [] }
            return .make(decided)
        }
        if !failures.isEmpty {
            guard steps.count < maxSteps else { return .answer(.steps) }
            let (part, step) = failures.removeFirst()
            return .retry(part: part, failed: step)
        }
        return .answer(parts.isEmpty || maxSteps == 0 ? .stop : .steps)
    }

    /// Takes note of a call to be made; the same one is made once.
    mutating func decide(_ call: Call) {
        last = call
        let isKnown = decided.contains {
            $0.plugin == call.plugin && $0.operation == call.operation && $0.arguments == call.arguments
        }
        if !isKnown { decided.append(call) }
    }

    /// Takes note of a call that ended.
    ///
    /// - Parameter part: the part of the question it was for, which may be tried once more; nil for what is not.
    mutating func called(_ step: Step, for part: String?) {
        // What the user has denied is not tried in another form.
        if let part, step.status == .error { failures.append((part, step)) }
        steps.append(step)
    }
}

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

    /// How a question begins, or a request.
    private static let asking = Set(
        """
        are can could count did do does how is was were what when where which who why will
        """.split(whereSeparator: \.isWhitespace).map(String.init)
    ).union(CommonWords.asking.subtracting(CommonWords.binding))

    /// "What time is it in Rome, and how many feet are 3 metres?" has two; most questions have one.
    static func split(_ question: String) -> [String] {
        var parts: [String] = []
        for sentence in Sentences.split(question, after: "?;!") {
            // "The train leaves at 9; when is that in Rome?" asks once.
            if let last = parts.last, last.hasSuffix(";"), !asks(last) {
                parts[parts.count - 1] = "\(last) \(sentence)"
            } else {
                parts += clauses(of: sentence)
            }
        }
        return Array(parts.filter { $0.contains(where: \.isLetter) }.prefix(most))
    }

    private static func asks(_ part: String, _ more: Set<String> = []) -> Bool {
        guard let first = part.split(whereSeparator: { !$0.isLetter }).first?.lowercased() else { return false }
        return asking.contains(first) || more.contains(first)
    }

    /// Parts of a question that ask for something together: one that asks, and those after it that do not.
    struct Request: Sendable, Hashable {
        var parts: [String]
        var text: String
    }

    /// - Parameter tools: begin with a verb that may ask: `reserve_hotel`.
    static func requests(of parts: [String], tools: [Tool]) -> [Request] {
        let verbs = Set(tools.compactMap { Stem.words(in: $0.operation).first })
        return parts.reduce(into: []) { requests, part in
            if requests.isEmpty || asks(part, verbs) {
                requests.append(Request(parts: [part], text: part))
            } else {
                requests[requests.count - 1].parts.append(part)
                requests[requests.count - 1].text += " and \(part)"
            }
        }
    }

    private static func clauses(of sentence: String) -> [String] {
        // "between March and May" is one thing.
        comparing.isFound(in: sentence) ? [sentence] : and.pieces(of: sentence)
    }

    private static let comparing = TextPattern(#"(?i)\b(between|both|differ|difference|apart)\b"#)
    private static let and = TextPattern(#",?\s+and\s+"#)
}

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
