/// How a question begins, and what makes it one.
package struct QuestionWords: Codable, Sendable, Hashable {
    /// What a question begins with: `what`, `is`.
    package var openings: Set<String>
    /// What asks for help and says nothing of what for: `could` of "could you …".
    package var help: Set<String>
    /// What a further clause that asks begins with, beside the verbs that ask: `how` of "…, and how many …".
    package var clauses: Set<String>
    /// What says that two things are compared, so that a clause is not cut at its `and`: `between`.
    package var comparing: [String]
    /// What asks for a number: `how many`.
    package var counting: Set<String>
    /// What stands before a thing that is asked for, and so is no value: `which`.
    package var selecting: Set<String>
    /// What follows such a word where somebody asks whether he may: `i` of "can I cancel it?".
    package var selves: Set<String>
    /// What makes an order none: `don't` of "don't order anything".
    package var negations: Set<String>
    /// What says of which kind an answer is.
    package var answers: AnswerKinds

    /// Words, and several in their order: `how many`.
    package struct AnswerKinds: Codable, Sendable, Hashable {
        package var number: [String]
        package var time: [String]
        package var person: [String]
        package var place: [String]
        package var forms: AnswerForms
    }

    /// What says how an answer is written.
    package struct AnswerForms: Codable, Sendable, Hashable {
        /// What asks for a figure or a thing; without one of these a word of `money` asks for none: "who paid".
        package var quantity: [String]
        package var money: [String]
        /// What stands behind an amount of money and names no one currency: `kr`.
        package var moneyMarks: Set<String>
        /// What asks for many digits: a telephone's number.
        package var digits: [String]
        /// What asks for a length of time.
        package var span: [String]
        /// What asks for a time of day.
        package var clock: [String]
        package var date: [String]
    }
}
