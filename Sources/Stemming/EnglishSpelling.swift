/// Gives English words that are spelled in two ways one spelling, so that "behaviour" is found by "behavior" too: British
/// English as American English, by the rules by which they differ (Oxford English Dictionary, "-our", "-ise", "-re").
/// What is no British spelling may be changed as well, which does no harm: it is done to texts and queries alike.
enum EnglishSpelling {
    /// - Parameter word: in lower case.
    static func american(_ word: String) -> String {
        let count = word.utf8.count
        guard count >= leastLetters, let first = word.utf8.first, let last = word.utf8.last else { return word }
        if let other = words[word] { return other }
        // Each word of each text comes by here: of the rules, the few are tried that begin or end as it does.
        for (british, american) in beginnings[first] ?? [] where word.hasPrefix(british) {
            return american + word.dropFirst(british.count)
        }
        for (british, american) in endings[last] ?? []
        where count >= british.count + leastStem && word.hasSuffix(british) {
            return exceptions.contains { word.hasPrefix($0) } ? word : word.dropLast(british.count) + american
        }
        return word
    }

    private static let leastLetters = 4
    /// "rise" and "size" are not made with "-ise".
    private static let leastStem = 3

    private static let words = [
        "grey": "gray", "greys": "grays", "programme": "program", "programmes": "programs", "cheque": "check",
        "cheques": "checks", "aluminium": "aluminum", "defence": "defense", "defences": "defenses",
        "offence": "offense", "offences": "offenses", "licence": "license", "licences": "licenses",
        "jewellery": "jewelry", "pyjamas": "pajamas", "catalogue": "catalog", "catalogues": "catalogs",
        "dialogue": "dialog", "dialogues": "dialogs", "analogue": "analog", "analogues": "analogs",
        "aeroplane": "airplane", "aeroplanes": "airplanes", "cosy": "cozy", "centre": "center", "centres": "centers",
        "metre": "meter",
        "metres": "meters", "litre": "liter", "litres": "liters", "fibre": "fiber", "fibres": "fibers",
        "theatre": "theater", "theatres": "theaters", "calibre": "caliber", "spectre": "specter",
    ]

    /// Those in "-our", with all that is made of them, and single ones.
    private static let beginnings = Dictionary(
        grouping: [
            "arb", "ard", "arm", "behavi", "cand", "clam", "col", "discol", "dem", "disfav", "dishon", "enam", "endeav",
            "fav", "ferv", "flav", "glam", "harb", "hon", "hum", "lab", "neighb", "od", "parl", "ranc", "rig", "rum",
            "sav", "splend", "succ", "tum", "val", "vap", "vig",
        ].map { ($0 + "our", $0 + "or") } + [
            ("anaes", "anes"), ("archaeo", "archeo"), ("diarrhoea", "diarrhea"), ("encyclopaed", "encycloped"),
            ("foet", "fet"), ("haem", "hem"), ("manoeuvr", "maneuver"), ("mould", "mold"), ("moustache", "mustache"),
            ("oesoph", "esoph"), ("oestr", "estr"), ("paed", "ped"), ("palaeo", "paleo"), ("plough", "plow"),
            ("sceptic", "skeptic"), ("sulph", "sulf"),
        ], by: { $0.0.utf8.first ?? 0 })

    private static let endings = Dictionary(
        grouping: [
            ("isations", "izations"), ("isation", "ization"), ("ising", "izing"), ("ised", "ized"), ("ises", "izes"),
            ("iser", "izer"), ("isers", "izers"), ("ise", "ize"), ("yse", "yze"), ("ysed", "yzed"), ("yses", "yzes"),
            ("ysing", "yzing"), ("metre", "meter"), ("metres", "meters"),
            ("litre", "liter"), ("litres", "liters"), ("theatre", "theater"), ("theatres", "theaters"),
        ], by: { $0.0.utf8.last ?? 0 })

    /// Words that end so in American English too.
    private static let exceptions = [
        "advertis", "advis", "compris", "compromis", "devis", "disguis", "enterpris", "exercis", "expertis", "franchis",
        "improvis", "merchandis", "otherwis", "paradis", "prais", "precis", "premis", "promis", "rais", "revis",
        "supervis", "surpris", "televis", "treatis", "analyses", "paralyses", "likewis", "nois", "cruis", "concis",
    ]
}
