/// Which language a text is in, told by its commonest words.
enum TextLanguage {
    /// ISO 639-1. English where the text is too short to tell, or in a language that is not known here.
    ///
    /// - Parameter declared: what the document says (BCP 47).
    static func of(_ text: String, declared: String?) -> String {
        if let code = declared?.lowercased().split(whereSeparator: { $0 == "-" || $0 == "_" }).first,
            common[String(code)] != nil
        {
            return String(code)
        }
        var counts: [String: Int] = [:]
        var total = 0
        // The beginning tells, and a whole book takes a while.
        WordSplitter.forEach(String(text.prefix(4000))) { word, isPart in
            guard !isPart else { return }
            total += 1
            for language in languages[word] ?? [] { counts[language, default: 0] += 1 }
        }
        guard let best = counts.max(by: { ($0.value, $1.key) < ($1.value, $0.key) }), best.value * 20 >= total,
            best.value >= 3
        else { return "en" }
        return best.key
    }

    /// A language's commonest words, cut to their stems.
    static func commonWords(_ language: String) -> [String] {
        WordAnalyzer.words(of: common[language] ?? "", language: language)
    }

    private static let common: [String: String] = [
        "en": "the of and to in is was that for it with as on by are this be from at which",
        "fr": "le la les des et est dans une du en un pour qui que sur au par avec il ce",
        "es": "el la los las de y en que es un una por con para del se como su al lo",
        "de": "der die das und ist in den von zu mit ein eine auf für im nicht dem des sich als",
        "it": "il la di e che in un una per è del della con non sono gli dei nel si al",
        "pt": "o a de e que em um uma para com não por do da os as dos no na se",
        "nl": "de het een en van in is dat op te voor met zijn aan er niet door ook werd als",
        "sv": "och att det som en på är av för med den till ett var de inte om har från han",
        "da": "og at det er en til på som for med den af de i har et ikke var fra han",
        "no": "og at det er en til på som for med den av de i har et ikke var fra han",
        "fi": "ja on ei se oli että joka hän ovat myös sen kun mutta tai hänen sekä jossa vuonna",
        "ru": "и в не на что с он по как это из но а за к от был для его до",
    ]

    /// The languages in which a word is common.
    private static let languages: [String: [String]] = {
        var languages: [String: [String]] = [:]
        for (language, words) in common {
            for word in words.split(separator: " ") { languages[String(word), default: []].append(language) }
        }
        return languages
    }()
}
