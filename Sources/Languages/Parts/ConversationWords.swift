/// What people say that no tool is for.
package struct ConversationWords: Codable, Sendable, Hashable {
    package var examples: [String]
    package var inventions: Inventions
    package var recalls: Recalls
    package var frame: Frame
    /// What asks for a summary of a text that stands beside it: `sum up`.
    package var summaries: [String]

    /// "Please write me a short poem": what asks for something made up, which no tool has.
    package struct Inventions: Codable, Sendable, Hashable {
        package var please: [String]
        package var verbs: [String]
        package var forWhom: [String]
        package var articles: [String]
        package var genres: [String]
    }

    /// "What did I ask first?": what asks for the person's own messages.
    package struct Recalls: Codable, Sendable, Hashable {
        /// Who said it: `i`, `my`.
        package var persons: Set<String>
        /// What was done or made: `ask`, `question`.
        package var sayings: Set<String>
        /// What asks for it: `what`.
        package var asking: Set<String>
        /// Which of the messages: the first; the last, which is meant where neither is said.
        package var first: Set<String>
        package var last: Set<String>
        /// What says nothing more.
        package var beside: Set<String>
    }

    /// Common words that stand for dates, numbers and names where two questions are compared without these.
    package struct Frame: Codable, Sendable, Hashable {
        package var day: String
        package var number: String
        package var place: String
    }
}
