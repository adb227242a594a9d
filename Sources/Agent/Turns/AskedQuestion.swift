import Core
import Understanding

/// A question as its turn takes it: with the conversation it stands in, and what may be called for it.
struct AskedQuestion: Sendable {
    let question: Assistant.Question
    let conversation: String
    /// The conversation's messages, the question last.
    var history: [Message] = []
    /// The tools that may be called.
    let tools: [Tool]
    let persona: String
    /// Whether what the user allowed for good counts.
    let honoursPermissions: Bool
    private(set) var approve: Assistant.Approve

    init(
        _ question: Assistant.Question, conversation: String, tools: [Tool], persona: String, honoursPermissions: Bool,
        approve: @escaping Assistant.Approve
    ) {
        self.question = question
        self.conversation = conversation
        self.tools = tools
        self.persona = persona
        self.honoursPermissions = honoursPermissions
        self.approve = approve
    }

    var message: String { question.message }

    /// All that the user has said in the conversation.
    var said: String { history.filter { $0.role == .user }.map(\.text).joined(separator: "\n") }

    /// The collections that were named for it; nil where none was.
    var namedCollections: [String]? {
        guard case .named(let names) = question.collections, !names.isEmpty else { return nil }
        return names
    }

    /// The same, with another way to ask the user about a call.
    func asking(_ approve: @escaping Assistant.Approve) -> AskedQuestion {
        var asked = self
        asked.approve = approve
        return asked
    }

    /// The question that this one goes on from; nil where it stands by itself.
    func previous(in language: QuestionLanguage) -> String? {
        language.followUps.isOne(message) ? history.dropLast().last { $0.role == .user }?.text : nil
    }
}
