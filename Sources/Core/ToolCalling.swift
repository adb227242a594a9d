/// Which tools a request may or must call.
public enum ToolChoice: Sendable, Hashable {
    /// As the question calls for.
    case auto
    case none
    /// At least one.
    case required
    /// One of this name.
    case named(String)

    /// Whether a text without a call will not do.
    package var requiresCall: Bool {
        switch self {
        case .auto, .none: false
        case .required, .named: true
        }
    }
}

/// A conversation, and the tools that may be called for its last message.
package struct CallRequest: Sendable {
    /// The question last, or what came of the calls that were made for it.
    package var dialog: [DialogItem]
    package var tools: [Tool]
    package var choice: ToolChoice
    /// Whether several calls may be made at once.
    package var allowsParallel: Bool
    /// How a text in place of calls is generated, where the model writes one.
    package var sampling: Sampling
    /// What such a text must be.
    package var constraint: Constraint?
    /// Called with pieces of such a text while it is written, as long as no call can come of it. The pieces are the
    /// beginning of the outcome's text.
    package var said: (@Sendable (String) -> Void)?

    package init(
        dialog: [DialogItem], tools: [Tool], choice: ToolChoice = .auto, allowsParallel: Bool = true,
        sampling: Sampling = Sampling(), constraint: Constraint? = nil, said: (@Sendable (String) -> Void)? = nil
    ) {
        self.dialog = dialog
        self.tools = tools
        self.choice = choice
        self.allowsParallel = allowsParallel
        self.sampling = sampling
        self.constraint = constraint
        self.said = said
    }

    /// Tools of one request at most.
    package static let mostTools = 128

    /// The conversation for a model that knows no calls.
    package var messages: [ChatMessage] { dialog.messages }
}

/// A call that is to be made. Its arguments validate against the operation's schema.
package struct PlannedCall: Sendable, Hashable {
    package var operation: String
    package var arguments: JSONValue

    package init(operation: String, arguments: JSONValue) {
        self.operation = operation
        self.arguments = arguments
    }

    /// A call that was made, as it was planned.
    package init(_ made: MadeCall) {
        self.init(operation: made.operation, arguments: (try? JSONValue(parsing: made.arguments)) ?? [:])
    }
}

/// What comes of asking for calls.
package struct CallOutcome: Sendable {
    /// Independent of each other; none where the message is to be answered without a tool.
    package var calls: [PlannedCall]
    /// What the model said beside the calls, or in their place, which is the answer then. Nil where it said nothing:
    /// without calls, the answer is still to be asked for.
    package var text: String?
    /// Why the text ended.
    package var reason: FinishReason
    /// Why something that the model meant as a call was none. It was repaired where there are calls; else it is kept as
    /// text.
    package var fault: (any SquireError)?
    package var usage: Usage
    /// A call that is meant and not planned, since something it requires was not said.
    package var missing: MissingArguments?

    package init(
        calls: [PlannedCall] = [], text: String? = nil, reason: FinishReason = .stop, usage: Usage = Usage()
    ) {
        self.calls = calls
        self.text = text
        self.reason = reason
        self.usage = usage
    }
}

/// What is to be said before a call can be made: no argument is made up.
package struct MissingArguments: Sendable, Hashable {
    package var operation: String
    /// What was said.
    package var arguments: JSONValue
    /// The required parameters that were not, in the tool's order.
    package var names: [String]

    package init(operation: String, arguments: JSONValue, names: [String]) {
        self.operation = operation
        self.arguments = arguments
        self.names = names
    }
}

/// Describes tools to a model, obtains the calls a message is for, and gives it back what came of them. Who asks
/// executes the calls.
package protocol ToolCalling: Sendable {
    /// - Throws: `schemaUnsupported`, naming the keyword, for a tool whose schema cannot be enforced; what the model
    ///   throws.
    func calls(for request: CallRequest) async throws -> CallOutcome
}
