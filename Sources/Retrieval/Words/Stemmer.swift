import CStemmer

/// Cuts words of one language down to their stems (Snowball, libstemmer). Used by one task at a time.
///
/// `@safe`: the handle is made in `init`, freed in `deinit`, and leaves neither.
@safe final class Stemmer {
    private let handle: OpaquePointer
    private let isEnglish: Bool
    /// Of the words last asked for: texts are made of few.
    private var known: [String: String] = [:]

    /// - Parameter language: ISO 639-1; nil of the result: there is no stemmer for it.
    init?(language: String) {
        guard let made = unsafe sb_stemmer_new(language, nil) else { return nil }
        unsafe handle = made
        isEnglish = language == "en"
    }

    deinit {
        unsafe sb_stemmer_delete(handle)
    }

    /// The stem of a word in lower case.
    func stem(_ word: String) -> String {
        if let stem = known[word] { return stem }
        let stem = computed(isEnglish ? EnglishSpelling.american(word) : word)
        if known.count >= Self.mostKnown { known.removeAll(keepingCapacity: true) }
        known[word] = stem
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

    private static let mostKnown = 4096
    /// In bytes; longer ones are no words.
    private static let longest = 64
}
