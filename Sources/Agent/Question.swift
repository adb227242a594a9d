package import Core
package import Foundation
import Languages
import Understanding

extension Assistant {
    /// One question, as it was asked.
    package struct Question: Sendable {
        package var message: String
        /// The conversation to continue; nil begins one.
        package var conversation: String?
        /// The message it answers; nil takes the conversation's newest.
        package var parent: String?
        package var persona: String?
        package var plugins: NameSelection
        package var collections: NameSelection
        package var sampling: Sampling?
        /// The most plugin calls; nil takes the settings'.
        package var maxSteps: Int?
        /// The zone of the asker's clock; nil takes this machine's.
        package var timeZone: TimeZone?

        package init(
            message: String, conversation: String? = nil, parent: String? = nil, persona: String? = nil,
            plugins: NameSelection = .auto, collections: NameSelection = .auto, sampling: Sampling? = nil,
            maxSteps: Int? = nil, timeZone: TimeZone? = nil
        ) {
            self.message = message
            self.conversation = conversation
            self.parent = parent
            self.persona = persona
            self.plugins = plugins
            self.collections = collections
            self.sampling = sampling
            self.maxSteps = maxSteps
            self.timeZone = timeZone
        }
    }

    /// Asks the user whether a call may be made.
    package typealias Approve = @Sendable (ApprovalRequest) async throws -> ApprovalAnswer

    /// What happens while an answer is made.
    package enum Event: Sendable, Hashable {
        case queued(position: Int)
        case token(String)
        case toolCall(Step)
        case toolResult(Step)
        case passages([Citation])
        /// Operations are being indexed; those that are not yet are found by their words alone.
        case indexing(IndexProgress)
        /// A text that is too long to be read at once is read a part after the other.
        case reading(done: Int, total: Int)
    }

    package struct Settings: Sendable {
        package var maxSteps: Int
        package var sampling: Sampling
        package var persona: String
        /// Tokens that one turn may read anew or generate.
        package var turnTokens: Int
        /// Seconds that one turn may take, with its calls, without what the user is waited for.
        package var turnSeconds: Int
        /// Whether operations that only read and may be meant as well are called where the likeliest fails or gives nothing.
        package var callsRivals: Bool

        package init(
            maxSteps: Int = 4,
            sampling: Sampling = Sampling(
                temperature: 0.2, topK: 40, topP: 0.9, minP: 0.05, repeatPenalty: 1.1, maxTokens: 512),
            persona: String = QuestionLanguage.english.words.prompts.persona,
            turnTokens: Int = 32_768, turnSeconds: Int = 600, callsRivals: Bool = true
        ) {
            self.maxSteps = maxSteps
            self.sampling = sampling
            self.persona = persona
            self.turnTokens = turnTokens
            self.turnSeconds = turnSeconds
            self.callsRivals = callsRivals
        }
    }
}
