/// What a model is told.
package struct Prompts: Codable, Sendable, Hashable {
    package var persona: String
    package var today: Phrase
    package var fromData: Phrase
    package var data: Phrase
    package var fromPassages: Phrase
    package var passages: Phrase
    /// What stands in for the question that a summary of earlier messages answers.
    package var recall: String
    package var summary: Summary
    package var calls: Calls
    package var places: Places

    package struct Summary: Codable, Sendable, Hashable {
        package var task: String
        package var notes: Phrase
        package var question: Phrase
        package var user: String
        package var assistant: String
    }

    package struct Calls: Codable, Sendable, Hashable {
        /// Lines of calls as they are written, with all arguments, and with one.
        package var valueExamples: [String]
        package var spanExamples: [String]
        package var arguments: Phrase
        package var takes: Phrase
        package var gives: Phrase
        package var repeated: String
        package var failed: Phrase
        package var noReason: String
    }

    /// How a city is given with its state, and the states' letters.
    package struct Places: Codable, Sendable, Hashable {
        package var examples: [String]
        package var states: [String]
    }
}
