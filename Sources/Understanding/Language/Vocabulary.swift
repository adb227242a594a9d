import Core
import Foundation
import Languages

/// All words that a language's file has, and those that ICU knows: by them a word is known to be none of the language's.
package struct Vocabulary: Sendable {
    /// In lower case, without the thousands that are there to be known only: a slip of the pen is read as one of these.
    package let words: Set<String>
    private let listed: Set<String>
    private let stems: Set<String>
    /// Words as they are written by who leaves out apostrophes.
    private let bare: Set<String>

    init(_ language: Language, _ platform: PlatformWords, _ stem: Stem) {
        var words: Set<String> = []
        var own = language
        listed = own.words.verbs.words.union(own.words.qualities.words)
        (own.words.verbs, own.words.qualities) = (WordList(), WordList())
        if let data = try? JSONEncoder().encode(own),
            let value = try? JSONValue(parsing: String(decoding: data, as: UTF8.self))
        {
            Self.collect(value, &words)
        }
        for name in platform.months.joined() { words.insert(name) }
        for name in platform.weekdays.joined() { words.insert(name) }
        words.formUnion(platform.numbers.keys)
        self.words = words
        bare = Set(words.filter { $0.contains { !$0.isLetter } }.map { $0.filter(\.isLetter) })
        stems = Set(words.map(stem.of))
        self.stem = stem
    }

    private let stem: Stem

    /// Whether the language has a word, or one with its stem.
    package func knows(_ word: String) -> Bool {
        words.contains(word) || listed.contains(word) || stems.contains(stem.of(word)) && !bare.contains(word)
    }

    private static func collect(_ value: JSONValue, _ words: inout Set<String>) {
        switch value {
        case .string(let text): add(text, &words)
        case .array(let items): for item in items { collect(item, &words) }
        case .object(let members):
            for (name, member) in members {
                // Members of the file's own are named in its form: `notMonths`.
                if !name.contains(where: \.isUppercase) { add(name, &words) }
                collect(member, &words)
            }
        default: break
        }
    }

    private static func add(_ text: String, _ words: inout Set<String>) {
        for word in text.split(whereSeparator: { !$0.isLetter && !"'’".contains($0) })
        where word.first?.isUppercase == false {
            words.insert(String(word))
        }
    }
}
