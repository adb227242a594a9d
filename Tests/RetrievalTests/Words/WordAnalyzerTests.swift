import Foundation
import Testing

@testable import Retrieval
@testable import Stemming

struct WordAnalyzerTests {
    @Test func `words are split, lowered, stemmed and without diacritics`() {
        #expect(
            WordAnalyzer.words(of: "The Économists' ideas: connected!", language: "en") == [
                "the", "economist", "idea", "connect",
            ])
        #expect(WordAnalyzer.words(of: "", language: "en").isEmpty)
    }

    @Test(arguments: [
        ("en", "connection", "connected"), ("fr", "continuellement", "continuel"), ("es", "cheques", "cheque"),
        ("de", "häuser", "häusern"),
    ])
    func `the same word in two forms has one stem, in each language`(language: String, first: String, second: String) {
        #expect(WordAnalyzer.words(of: first, language: language) == WordAnalyzer.words(of: second, language: language))
    }

    @Test(arguments: [
        ("behaviour", "behavior"), ("neighbourhoods", "neighborhood"), ("organisations", "organization"),
        ("analysing", "analyze"), ("kilometres", "kilometer"), ("theatre", "theaters"),
        ("haemoglobin", "hemoglobin"),
        ("grey", "gray"), ("programmes", "program"), ("colourful", "colorful"),
    ])
    func `English words that are spelled in two ways are found by either`(british: String, american: String) {
        #expect(WordAnalyzer.words(of: british, language: "en") == WordAnalyzer.words(of: american, language: "en"))
    }

    @Test(arguments: ["exercise", "rise", "four", "hour", "metropolis", "analyses"])
    func `words that only look British stay`(word: String) {
        #expect(EnglishSpelling.american(word) == word)
    }

    @Test func `an identifier is found by itself and by its parts`() {
        let words = Set(WordAnalyzer.words(of: "readHTTPRequest max_size2 x", nil))
        #expect(words == ["readhttprequest", "read", "http", "request", "max", "size2", "size", "2", "x"])
    }

    @Test(arguments: [
        ("C++ and", ["c", "cplusplus", "and"]), ("in F#", ["in", "f", "fsharp"]),
        ("C#, Java", ["c", "csharp", "java"]),
        ("1 + 1", ["1", "1"]), ("a+b", ["a", "b"]), ("item #5", ["item", "5"]), ("foo#bar", ["foo", "bar"]),
    ])
    func `a name with signs is a word of its own beside its letters`(text: String, expected: [String]) {
        #expect(WordAnalyzer.words(of: text, nil) == expected)
    }

    @Test(arguments: ["café", "Ångström", "한국어", "ガラス", "Việt", "ﬁle", "Ｔｏｋｙｏ", "й", "क़लम"])
    func `a word is the same in every normal form`(word: String) {
        let forms = [
            word.precomposedStringWithCanonicalMapping, word.decomposedStringWithCanonicalMapping,
            word.precomposedStringWithCompatibilityMapping, word.decomposedStringWithCompatibilityMapping,
        ].map { WordAnalyzer.words(of: $0, nil) }
        #expect(Set(forms).count == 1)
        #expect(forms[0].isEmpty == false)
    }

    @Test(arguments: [
        ("น้ำ", "แรงดันน้ำในหม้อไอน้ำ"), ("ນ້ຳ", "ຄວາມດັນນ້ຳ"), ("រទឹក", "សម្ពាធរទឹកដែល"), ("ရေ", "ရေဖိအားကို"),
        ("水圧", "年に一度水圧を"),
    ])
    func `words of scripts without spaces are found inside longer text`(word: String, text: String) {
        let words = WordAnalyzer.words(of: word, nil)
        #expect(!words.isEmpty)
        #expect(Set(words).isSubset(of: WordAnalyzer.words(of: text, nil)))
    }

    @Test func `what joins or hides inside a word is no part of it`() {
        #expect(WordAnalyzer.words(of: "می\u{200C}خواهم", nil) == WordAnalyzer.words(of: "میخواهم", nil))
        #expect(WordAnalyzer.words(of: "soft\u{AD}hyphen", nil) == ["softhyphen"])
        #expect(WordAnalyzer.words(of: "العـــربية", nil) == WordAnalyzer.words(of: "العربية", nil))
    }

    @Test func `what is written without spaces is found by pairs of characters`() {
        #expect(WordAnalyzer.words(of: "東京都", nil) == ["東京", "京都"])
        #expect(WordAnalyzer.words(of: "Tokyo東", nil) == ["tokyo", "東"])
    }

    @Test(arguments: [
        ("en", "The cat is in the house and it was there for a long time, which is what cats do."),
        ("fr", "Le chat est dans la maison et il est sur la table, ce qui est le propre des chats."),
        ("es", "El gato está en la casa y se queda en ella por la noche, como los gatos que hay."),
        ("de", "Die Katze ist in dem Haus und sie liegt auf der Bank, wie es die Katzen sich wünschen."),
        ("en", "x = 1"),
    ])
    func `a text's language is told by its commonest words`(expected: String, text: String) {
        #expect(TextLanguage.of(text, declared: nil) == expected)
        #expect(TextLanguage.of(text, declared: "fr-CA") == "fr")
    }
}
