import Core

/// What is known while the calls for one message are found.
struct GuidedTurn {
    var tools: [Tool]
    /// As `YYYY-MM-DD`.
    var today: String
    /// The question before this one.
    var earlierQuestion: String?
    /// The call that was made before: for the question before this one, or for a part of this one.
    var earlierCall: EarlierCall?
    /// Whether something has to be called.
    var isOwed: Bool
    var allowsParallel: Bool
    /// What of the question was read as another word than was written.
    var spelling = QuestionSpelling()
    var usage = Usage()
    /// What is to be said before the call that is meant can be made.
    var missing: MissingArguments?
}

/// A call that was made or decided on before, and what it was asked for.
struct EarlierCall: Sendable, Hashable {
    var question: String
    var operation: String
    var arguments: JSONValue
}

/// A tool that a question asks for.
struct ChosenTool {
    /// What asks for it, and its parts that may each need a call.
    var question: String
    var parts: [String]
    var reading: QuestionReading
    var call: FilledCall
    /// What the question before gives for it.
    var earlier: FilledCall?
    /// Whether it goes on with the call before.
    var followsUp: Bool
    /// Other operations that may be meant: complete, and only ones that read.
    var rivals: [FilledCall] = []
}
