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
    /// Until when it waits for what is still to be indexed of the operations that may be meant.
    let indexingEnds = ContinuousClock.now + Self.patience
    var usage = Usage()
    /// What is to be said before the call that is meant can be made.
    var missing: MissingArguments?
    /// Clauses that ask for something and that none of the tools is for by itself.
    var doubtful: [String] = []

    private static let patience = Duration.seconds(1.5)
}

/// A call that was made or decided on before, and what it was asked for.
struct EarlierCall: Sendable, Hashable {
    var question: String
    var operation: String
    var arguments: JSONValue
}

/// A tool that a question asks for.
struct ChosenTool {
    /// What asks for it.
    var question: String
    var reading: QuestionReading
    var call: FilledCall
    /// What the question before gives for it.
    var earlier: FilledCall?
    /// The whole question and what it gives for the tool, where a part asks for it.
    var whole: (call: FilledCall, reading: QuestionReading)?
    /// Whether it goes on with the call before.
    var followsUp: Bool
    /// Other operations that may be meant: complete, and only ones that read.
    var rivals: [FilledCall] = []

    var operation: String { call.tool.operation }
}

/// What speaks for each of the tools that a request may ask for, and the one that it asks for.
struct RequestChoice {
    var chosen: ChosenTool?
    /// By operation: how much likelier, in log-odds, than what is just likely enough to be called.
    var leads: [String: Double] = [:]
    /// The operations whose required arguments are all said.
    var complete: Set<String> = []
    /// Those whose required arguments the request itself says, and not the question that it is a part of.
    var sufficient: Set<String> = []
    /// The operations of whose name the request says a word.
    var named: Set<String> = []
}
