/// What a message wants, as far as it matters for what the model may say by itself.
package enum RequestKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Small talk, and what somebody tells.
    case chat, tell
    /// General matters that need no specific fact.
    case explain
    /// Something made of a text that is given.
    case rewrite
    /// Something made up, and code.
    case invent, code
    /// A specific fact: a person, a number, a date, a place, a price, what is new.
    case fact
    /// What only the user's documents, plugins or words can tell.
    case personal
    /// Arithmetic, units, dates that are counted.
    case compute
    /// Commands to run.
    case command
    /// Something that is to be done in the world.
    case order

    /// Whether a small model may answer it by itself.
    package var maySpeak: Bool {
        switch self {
        case .chat, .tell, .explain, .rewrite, .invent, .code: true
        case .fact, .personal, .compute, .command, .order: false
        }
    }
}
