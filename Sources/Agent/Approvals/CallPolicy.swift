import Core

/// Which calls the user is asked about first.
///
/// Reading is free, changing is asked. What plugins said before in the same turn is not the user's word: after it, what
/// changes something is asked about whatever was allowed for good, and so is handing on to one plugin what another said
/// (Willison, "The lethal trifecta for AI agents", 2025).
struct CallPolicy: Sendable {
    /// What the user has said, in this conversation.
    let said: String

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
        let answered = steps.filter { $0.result != nil || $0.error != nil }
        if !tool.isReadOnly {
            guard let before = answered.last(where: { $0.status != .denied }) else {
                return isApproved ? nil : "It may change something."
            }
            return "It may change something, after \(before.plugin) was read, whose text may ask for it."
        }
        let foreign = answered.first { step in
            step.plugin != tool.plugin
                && Self.texts(of: arguments).contains { text in
                    !Self.holds(said, text) && Self.holds(Self.words(of: step), text)
                }
        }
        return foreign.map { "It would tell \(tool.plugin) what \($0.plugin) said." }
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
