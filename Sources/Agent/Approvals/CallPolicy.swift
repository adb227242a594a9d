import Core
import Languages
import Understanding

/// Which calls the user is asked about first.
///
/// Reading is free, changing is asked. What plugins said before in the same turn is not the user's word: after it, what
/// changes something is asked about whatever was allowed for good, and so is handing on to one plugin what another said
/// (Willison, "The lethal trifecta for AI agents", 2025). What was allowed for good holds for arguments that the user
/// said.
struct CallPolicy: Sendable {
    /// What the turn is about.
    var question = ""
    /// What the user has said, in this conversation.
    let said: String
    /// Whether what was allowed for good counts: not where somebody else may be asking.
    var honoursPermissions = true
    var language = QuestionLanguage.english

    private var phrases: Answers.Approvals { language.words.answers.approvals }

    /// Values shorter than this are everywhere.
    private static let leastLetters = 4

    /// Why the user is to be asked; nil where the call may be made at once.
    ///
    /// - Parameters:
    ///   - steps: the calls before it in the turn.
    ///   - isApproved: whether the user has allowed the operation for good.
    func reason(
        toAskAbout tool: Tool, _ arguments: JSONValue, after steps: [Step], isApproved: Bool
    ) -> String? {
        tool.isReadOnly
            ? reason(toAskAboutReading: tool, arguments, after: steps)
            : reason(toAskAboutChanging: tool, arguments, after: steps, isApproved: isApproved && honoursPermissions)
    }

    private func reason(
        toAskAboutChanging tool: Tool, _ arguments: JSONValue, after steps: [Step], isApproved: Bool
    ) -> String? {
        if let before = steps.last(where: \.holdsForeignText) {
            let phrase = before.result == nil ? phrases.afterFailure : phrases.afterReading
            return phrase(["plugin": before.plugin])
        }
        let isRepeated = steps.contains {
            $0.plugin == tool.plugin && $0.operation == tool.operation && $0.errorKind?.mayHaveBeenDone == true
        }
        if isRepeated { return phrases.repeated }
        guard isApproved else { return phrases.mayChange }
        return SaidText(said, in: language).unsaid(in: arguments, schema: tool.parameters).map {
            phrases.unsaid(["place": $0])
        }
    }

    private func reason(toAskAboutReading tool: Tool, _ arguments: JSONValue, after steps: [Step]) -> String? {
        let foreign = steps.first { step in
            step.plugin != tool.plugin && step.holdsForeignText
                && Self.texts(of: arguments).contains { text in
                    !Self.holds(said, text) && Self.holds(Self.words(of: step), text)
                }
        }
        return foreign.map { phrases.telling(["plugin": tool.plugin, "other": $0.plugin]) }
    }

    /// The texts and numbers in a value.
    private static func texts(of value: JSONValue) -> [String] {
        switch value {
        case .string(let text): text.count >= leastLetters ? [text] : []
        case .integer, .number, .digits: value.text.count >= leastLetters ? [value.text] : []
        case .array(let elements): elements.flatMap(texts)
        case .object(let members): members.values.flatMap(texts)
        case .bool, .null: []
        }
    }

    private static func words(of step: Step) -> String {
        [step.result?.text, step.error].compactMap(\.self).joined(separator: " ")
    }

    private static func holds(_ text: String, _ part: String) -> Bool {
        text.lowercased().contains(part.lowercased())
    }
}

extension Step {
    /// Whether words of others have come in with it: a result, or the message of a failure that may quote the plugin.
    fileprivate var holdsForeignText: Bool {
        switch status {
        case .ok: result != nil
        case .error: (errorKind ?? .unknown).carriesForeignText
        case .denied, nil: false
        }
    }
}
