import Core

/// The plan of one turn, free of I/O: which part of the question is worked on, what was called for it, and when to
/// answer.
struct Turn: Sendable {
    enum Action: Sendable, Hashable {
        /// Decide what to call for this part of the question; nil of `after` is not a follow-up.
        case route(part: String, after: Step?)
        /// Call the same operation again, now knowing what failed.
        case retry(part: String, failed: Step)
        case answer(FinishReason)
    }

    /// Parts not worked on yet, the next first.
    private var parts: [String]
    private var current: String?
    private(set) var steps: [Step] = []
    private let maxSteps: Int
    private var failure: Step?
    private var hasRetried = false

    /// - Parameter parts: the question's parts, each of which may need a call.
    init(parts: [String], maxSteps: Int) {
        self.parts = parts
        self.maxSteps = maxSteps
    }

    /// What to do next.
    mutating func next() -> Action {
        if let failure, let current, !hasRetried {
            guard steps.count < maxSteps else { return .answer(.steps) }
            return .retry(part: current, failed: failure)
        }
        failure = nil
        hasRetried = false
        guard !parts.isEmpty else { return .answer(.stop) }
        guard steps.count < maxSteps else { return .answer(maxSteps == 0 ? .stop : .steps) }
        let part = parts.removeFirst()
        current = part
        return .route(part: part, after: steps.last)
    }

    /// Takes note of a call that ended.
    mutating func called(_ step: Step) {
        if failure != nil { hasRetried = true }
        // What the user has denied is not tried in another form.
        failure = step.status == .error ? step : nil
        steps.append(step)
    }

    /// Nothing better than the failed call can be tried.
    mutating func giveUpRetry() {
        hasRetried = true
    }
}

/// Cuts a question into the parts that may each need a call.
enum QuestionParts {
    private static let most = 4

    /// "What time is it in Rome, and how many feet are 3 metres?" has two; most questions have one.
    static func split(_ question: String) -> [String] {
        var parts: [String] = []
        for sentence in Sentences.split(question, after: "?;!") {
            parts += clauses(of: sentence)
        }
        return Array(parts.filter { $0.contains(where: \.isLetter) }.prefix(most))
    }

    private static func clauses(of sentence: String) -> [String] {
        // "between March and May" is one thing.
        if sentence.firstMatch(of: /(?i)\b(between|both)\b/) != nil { return [sentence] }
        return sentence.split(separator: /,?\s+and\s+/).map(String.init)
    }
}

/// Questions that make sense only after the one before: "And in Paris?"
enum FollowUp {
    static func isOne(_ question: String) -> Bool {
        question.firstMatch(of: /(?i)^\s*(and|or|what about|how about|same for|also)\b/) != nil
            || question.split(separator: " ").count <= 2
            || question.firstMatch(of: /(?i)^\s*in\s+\S+(\s+\S+)?\s*\??$/) != nil
    }
}
