/// A sentence that is another one where a number is one: `1 message`, `{count} messages`.
package struct CountedPhrase: Codable, Sendable, Hashable {
    package var one: Phrase
    package var other: Phrase

    package func callAsFunction(_ count: Int) -> String { (count == 1 ? one : other)(["count": "\(count)"]) }
}
