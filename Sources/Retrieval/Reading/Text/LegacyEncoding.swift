/// An encoding from before Unicode that text may be in without saying so.
struct LegacyEncoding: Hashable {
    /// As `iconv` knows it.
    let name: String

    init(_ name: String) { self.name = name }

    /// The common ones, those met most often first: where several make words of a text and nothing else tells them
    /// apart, the first is taken.
    static let common: [LegacyEncoding] = [
        "CP1252", "CP1251", "CP932", "GB18030", "CP950", "EUC-JP", "CP949", "CP1250", "CP1253", "CP1254", "CP1255",
        "CP1256", "CP874", "KOI8-R", "KOI8-U", "CP866", "CP850", "MACINTOSH", "CP1257", "CP1258", "ISO-8859-5",
        "ISO-8859-2", "ISO-8859-6", "ISO-8859-7", "ISO-8859-13", "CP852", "MAC-CYRILLIC", "CP437",
    ].map { LegacyEncoding($0) }

    /// Windows-1252, in which most western text without a name is.
    static let western = LegacyEncoding("CP1252")

    /// What a detector says, as an encoding that has all that it names and more.
    init(detected name: String) {
        self.init(Self.supersets[name.uppercased()] ?? name.uppercased())
    }

    /// By the detector's name. An encoding of Windows has the characters of ISO's, and others where ISO's has controls
    /// (WHATWG Encoding, 4.2: labels).
    private static let supersets = [
        "ISO-8859-1": "CP1252", "WINDOWS-1252": "CP1252", "WINDOWS-1250": "CP1250", "WINDOWS-1251": "CP1251",
        "WINDOWS-1253": "CP1253", "ISO-8859-9": "CP1254", "WINDOWS-1254": "CP1254", "ISO-8859-8": "CP1255",
        "WINDOWS-1255": "CP1255", "WINDOWS-1256": "CP1256", "WINDOWS-1257": "CP1257", "WINDOWS-1258": "CP1258",
        "TIS-620": "CP874", "ISO-8859-11": "CP874", "SHIFT_JIS": "CP932", "GB2312": "GB18030", "BIG5": "CP950",
        "EUC-KR": "CP949", "UHC": "CP949", "IBM866": "CP866", "IBM852": "CP852", "IBM855": "CP855",
        "MAC-CENTRALEUROPE": "MACCENTRALEUROPE",
    ]

    /// Encodings of the same languages, which differ from this one in some characters.
    var siblings: [LegacyEncoding] {
        let family = Self.families.first { $0.contains(name) } ?? []
        return family.filter { $0 != name }.map { LegacyEncoding($0) }
    }

    private static let families = [
        ["CP1252", "CP850", "MACINTOSH"], ["CP1250", "ISO-8859-2", "CP852"], ["KOI8-R", "KOI8-U"],
        ["ISO-8859-7", "CP1253"], ["CP1257", "ISO-8859-13"], ["CP1256", "ISO-8859-6"],
    ]

    /// The first bytes of the characters that are used most, where characters outside ASCII have two bytes: the standards
    /// put the signs and the frequent characters into rows of their own (JIS X 0208 and GB 2312 level 1, Big5 level 1, KS
    /// X 1001's syllables).
    private var commonRows: [ClosedRange<UInt8>]? {
        switch name {
        case "CP932": [0x81...0x83, 0x88...0x98]
        case "EUC-JP": [0xA1...0xA1, 0xA3...0xA5, 0xB0...0xCF]
        case "GB18030": [0xA1...0xA1, 0xA3...0xA3, 0xB0...0xD7]
        case "CP950": [0xA1...0xC6]
        case "CP949": [0xA1...0xA1, 0xA3...0xA3, 0xB0...0xC8]
        default: nil
        }
    }

    /// The part of the characters outside ASCII that are common ones; nil where the encoding has a byte a character.
    func commonness(of bytes: [UInt8]) -> Double? {
        guard let commonRows else { return nil }
        // In the 1990s' character sets, the second byte of a frequent character has its high bit too.
        let leastSecond: UInt8 = ["CP932", "CP950"].contains(name) ? 0x40 : 0xA1
        var (common, all) = (0, 0)
        var index = 0
        while index < bytes.count {
            let first = bytes[index]
            guard first >= 0x80 else {
                index += 1
                continue
            }
            all += 1
            // Katakana of half a width.
            if name == "CP932", (0xA0...0xDF).contains(first) {
                index += 1
                continue
            }
            let second = index + 1 < bytes.count ? bytes[index + 1] : 0
            if second >= leastSecond, commonRows.contains(where: { $0.contains(first) }) { common += 1 }
            let isOfFour = name == "GB18030" && (0x30...0x39).contains(second)
            index += isOfFour ? 4 : name == "EUC-JP" && first == 0x8F ? 3 : 2
        }
        return all == 0 ? nil : Double(common) / Double(all)
    }
}
