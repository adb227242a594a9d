import Foundation
import Stemming
import Store

/// Makes the words by which a text is found: split, in lower case, cut to their stems, without diacritics.
enum WordAnalyzer {
    /// Changes with what the analysis gives: an index of another version is made anew.
    static let version = 3

    /// The words of a content as the index takes them.
    static func words(of content: StoredContent) -> IndexedWords {
        Stemmer.lend(content.language) { stemmer in
            IndexedWords(
                title: words(of: content.title, stemmer).joined(separator: " "),
                headings: words(of: content.headings, stemmer).joined(separator: " "),
                body: words(of: content.text, stemmer).joined(separator: " "))
        }
    }

    static func words(of text: String, language: String) -> [String] {
        Stemmer.lend(language) { words(of: text, $0) }
    }

    static func words(of text: String, _ stemmer: Stemmer?) -> [String] {
        var words: [String] = []
        WordSplitter.forEach(text) { word, _ in
            let stem = stemmer?.stem(word) ?? word
            let plain = stem.utf8.allSatisfy { $0 < 0x80 } ? stem : folded(stem)
            // Nothing is left of a mark that stands on nothing.
            if !plain.isEmpty { words.append(plain) }
        }
        return words
    }

    /// Without diacritics.
    private static func folded(_ word: String) -> String {
        word.folding(options: [.diacriticInsensitive, .caseInsensitive, .widthInsensitive], locale: nil)
    }
}
