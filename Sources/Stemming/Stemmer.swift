import CStemmer
import Core
import Synchronization

/// Cuts words of one language down to their stems (Snowball, libstemmer). British and American spellings of an English word have
/// one stem.
///
/// `@safe`: the handle is made in `init`, freed in `deinit`, and leaves neither. `@unchecked Sendable`: made and lent here
/// alone, to one caller at a time.
@safe package final class Stemmer: @unchecked Sendable {
    private let handle: OpaquePointer
    private let isEnglish: Bool
    /// Of the words last asked for: texts are made of few.
    private var known = RecentValues<String, String>(most: 4096)

    /// Those that nobody uses, by language: with the stems they know, which takes a search half as long as anew.
    private static let idle = Mutex<[String: [Stemmer]]>([:])
    /// As many as are at work at once.
    private static let mostIdle = 2

    /// Calls `body` with a stemmer that nobody else uses meanwhile.
    ///
    /// - Parameter language: ISO 639-1; where there is no stemmer for it, `body` gets nil.
    package static func lend<Value>(_ language: String, _ body: (Stemmer?) throws -> Value) rethrows -> Value {
        let stemmer = idle.withLock { $0[language]?.popLast() } ?? Stemmer(language)
        defer {
            if let stemmer {
                idle.withLock { idle in
                    if idle[language, default: []].count < mostIdle { idle[language, default: []].append(stemmer) }
                }
            }
        }
        return try body(stemmer)
    }

    private init?(_ language: String) {
        guard let made = unsafe sb_stemmer_new(language, nil) else { return nil }
        unsafe handle = made
        isEnglish = language == "en"
    }

    deinit {
        unsafe sb_stemmer_delete(handle)
    }

    /// The stem of a word in lower case.
    package func stem(_ word: String) -> String {
        if let stem = known[word] { return stem }
        let stem = computed(isEnglish ? EnglishSpelling.american(word) : word)
        known.use(stem, for: word)
        return stem
    }

    private func computed(_ word: String) -> String {
        var word = word
        return word.withUTF8 { bytes in
            guard let base = bytes.baseAddress, bytes.count <= Self.longest,
                let stem = unsafe sb_stemmer_stem(handle, base, Int32(bytes.count))
            else { return unsafe String(decoding: bytes, as: UTF8.self) }
            let count = Int(unsafe sb_stemmer_length(handle))
            return unsafe String(decoding: UnsafeBufferPointer(start: stem, count: count), as: UTF8.self)
        }
    }

    /// In bytes; longer ones are no words.
    private static let longest = 64
}
