/// A conversation, and the tools that may be called for its last message.
package struct ModelRequest: Sendable {
    /// The question last, or what came of the calls that were made for it.
    package var dialog: [DialogItem]
    package var tools: [Tool]
    package var choice: ToolChoice
    /// Whether several calls may be made at once.
    package var allowsParallel: Bool
    /// Whether a call that was made for this question may be asked for again: who asks takes note of it then.
    package var allowsRepeats: Bool
    /// How a text in place of calls is generated, where the model writes one.
    package var sampling: Sampling
    /// What such a text must be.
    package var constraint: Constraint?

    package init(
        dialog: [DialogItem], tools: [Tool], choice: ToolChoice = .auto, allowsParallel: Bool = true,
        allowsRepeats: Bool = false, sampling: Sampling = Sampling(), constraint: Constraint? = nil
    ) {
        self.dialog = dialog
        self.tools = tools
        self.choice = choice
        self.allowsParallel = allowsParallel
        self.allowsRepeats = allowsRepeats
        self.sampling = sampling
        self.constraint = constraint
    }

    /// Tools of one request at most.
    package static let mostTools = 128

    /// The conversation for a model that knows no calls.
    package var messages: [ChatMessage] { dialog.messages }
}
