/// Words by which somebody says, or asks, that something was done.
package struct DoingWords: Codable, Sendable, Hashable {
    /// Verbs of what changes something, with their participles: `order`, `ordered`.
    package var participles: [String: String]
    /// The participle that stands for any of them: `done`.
    package var anything: String
    /// Who does it where the one who speaks did: `i`.
    package var speakers: Set<String>
    /// What makes a participle a thing that is done: `has` of "has been sent".
    package var finishing: Set<String>
    /// Words between these and the participle that change nothing: `just`.
    package var beside: Set<String>
    /// What makes a sentence one of what may be, and not of what is: `if`.
    package var conditions: Set<String>
    /// Who is spoken to: `your` of "your order was placed".
    package var addressing: Set<String>
    /// Sentences, or beginnings of some, that say that all is done: `all set`.
    package var ended: [String]
    /// What a question whether something was done begins with: `did`.
    package var asking: Set<String>
    /// Who is asked: `you` of "did you order it?".
    package var asked: Set<String>
    /// What stands for the thing that was spoken of: `it`.
    package var referring: Set<String>
    /// Verbs that stand for any of them: `do` of "did you do it?".
    package var `do`: Set<String>
}
