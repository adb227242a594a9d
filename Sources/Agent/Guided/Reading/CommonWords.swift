/// Words that say how a question is put rather than what it is about.
enum CommonWords {
    /// Between what a question is about: articles, prepositions, pronouns, conjunctions, auxiliaries.
    static let binding = set(
        """
        a an the this that these those my your our their his her its me i we you he she it they them us in on at by for
        from to of with without within into onto over under between among about above below after before during until
        till through against per as than then and or but nor so if whether when while where which who whom whose what
        why how is are was were be been being am do does did have has had will would can could should shall may might
        must not no up out off down around near such same other another both either neither there here let let's please
        just only also too very more most less least any some each every all many much few using via based according
        like including include includes uses used contains containing serves serving offers offering has having opens closes named called titled made located given giving assuming regarding concerning related exactly approximately
        e.g i.e etc vs versus across since upon along towards toward because though although terms highest lowest best worst top latest newest oldest nearest closest cheapest
        biggest largest smallest longest shortest fastest quickest famous popular good great nice local nearby upcoming recent
        specific certain rated well better
        also me's right now currently current today tomorrow tonight yesterday i'm i'd i'll i've it's what's who's where's how's that's there's don't doesn't didn't isn't
        """)

    /// Verbs that ask, and what is asked to be given.
    static let asking = set(
        """
        find get give tell show calculate compute determine retrieve fetch search look need want know help provide list
        display check identify solve estimate predict generate create make book order play sort convert translate
        analyze analyse evaluate perform run return set update add remove delete send plot draw obtain locate recommend
        suggest compare explain describe figure work go take use used see say said wanting looking trying like could
        """)

    /// Too general to say which parameter is meant.
    static let general = set(
        """
        value number type name parameter optional default string integer float list array boolean true false
        specified specific given return returns required e.g example format formatted if not provided can should
        want need information data object item must one
        """
    )

    static let generalStems = Set(general.map(Stem.of))

    /// Verbs that ask for anything at all.
    private static let plain = set(
        """
        find get give tell show calculate compute determine retrieve fetch search look need want know help provide list
        display check identify perform run return set make go take use used see say said like could work obtain locate
        """)

    /// Whether a word says what a question is about; "translate" does, "find" does not.
    static func isTelling(_ lower: String) -> Bool {
        !binding.contains(lower) && !plain.contains(lower)
    }

    static func isContent(_ lower: String) -> Bool {
        !binding.contains(lower) && !asking.contains(lower)
    }

    private static func set(_ words: String) -> Set<String> {
        Set(words.split(whereSeparator: \.isWhitespace).map(String.init))
    }
}
