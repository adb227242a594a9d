/// What is said to the user in set words.
package struct Answers: Codable, Sendable, Hashable {
    /// A part of a question, where another part is answered: `{part}`.
    package var unanswered: Phrase
    package var nothingFound: Phrase
    /// Before what is nearest to a question that no document clearly answers.
    package var nearest: String
    package var failures: Failures
    package var alone: Alone
    package var results: Results
    package var done: Done
    package var longText: LongText
    package var limits: Limits
    package var summary: Summary
    package var approvals: Approvals
    package var leftOut: LeftOut
    package var step: Phrase
    package var indexing: Phrase

    package struct Failures: Codable, Sendable, Hashable {
        package var noReason: String
        package var denied: Phrase
        package var noAnswer: Phrase
        package var said: Phrase
        /// Before an answer that was asked for anew, since a word was taken for another: `{said}`, `{meant}`.
        package var meant: Phrase
        /// A call requires what was not said: `{names}` for `{operation}`.
        package var missing: Phrase
    }

    package struct Results: Codable, Sendable, Hashable {
        package var empty: Phrase
        package var says: Phrase
        package var more: Phrase
        package var cut: Phrase
        package var partRead: Phrase
        package var yes: String
        package var no: String
        package var none: String
        /// `{shown} and {count} more`
        package var andMore: Phrase
        /// `first {shown} of {count}`, before what they are
        package var firstOf: Phrase
        /// `{count} in all`
        package var inAll: Phrase
        /// `{count} {things}, of which these fit the question`
        package var fitting: Phrase
        /// `{property} of {thing}: {value}.`
        package var ofThing: Phrase
        /// A thing has not what was asked for: `{thing} has no {property}.`
        package var absent: Phrase
        /// What the items of a list are called where it has no name: `entries`
        package var entries: String
        /// A list is empty: `There are no {things}.`
        package var noThings: Phrase
        /// `{count} of {all} {things} ({which})`: those of which something is so
        package var ofThose: Phrase
    }

    /// What is said of what was done, or was not: `{done}` is a participle.
    package struct Done: Codable, Sendable, Hashable {
        /// In place of words of the model that no call bears out.
        package var unproved: Phrase
        package var confirmed: Phrase
        package var refused: Phrase
        package var failed: Phrase
        package var unknown: Phrase
        package var never: Phrase
    }

    /// What is said of a text that is too long to be read at once.
    package struct LongText: Codable, Sendable, Hashable {
        package var reading: String
        /// Before sentences of the text.
        package var quoted: String
        package var partRead: Phrase
    }

    /// What is said where a small model is asked for what it must not make up, by what was asked for.
    package struct Alone: Codable, Sendable, Hashable {
        package var fact: String
        package var personal: String
        package var compute: String
        package var command: String
        package var order: String
        /// Something was not to be done.
        package var refrained: String
        /// Nothing of what the model said could be held to; and the same in small talk, and where the person told something.
        package var unsure: String
        package var chat: String
        package var told: String
        /// A message that was asked for: `{text}`; and that there was none.
        package var asked: Phrase
        package var nothingSaid: String
        /// What the user said before: `{text}`.
        package var said: Phrase
    }

    package struct Limits: Codable, Sendable, Hashable {
        package var seconds: Phrase
        package var tokens: Phrase
    }

    package struct Summary: Codable, Sendable, Hashable {
        package var said: String
        package var asked: String
    }

    /// Why a call is asked about, and why it was not made.
    package struct Approvals: Codable, Sendable, Hashable {
        package var mayChange: String
        package var afterFailure: Phrase
        package var afterReading: Phrase
        package var repeated: String
        package var unsaid: Phrase
        package var telling: Phrase
        package var nobodyAsked: String
        package var refused: String
    }

    /// What of a conversation, a result or passages a model was not given.
    package struct LeftOut: Codable, Sendable, Hashable {
        package var messages: CountedPhrase
        package var from: Phrase
        package var covered: Phrase
        package var begun: Phrase
        package var lastPassages: Phrase
        package var restOfPassage: Phrase
        package var records: Phrase
        package var recordsAndMore: Phrase
        package var firstRecords: Phrase
        package var someRecords: Phrase
        package var recordRange: Phrase
        package var noRecords: String
    }
}
