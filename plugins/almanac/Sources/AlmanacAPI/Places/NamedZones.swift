import Foundation

/// Time zones by IANA identifier, by abbreviation and by offset.
enum NamedZones {
    /// The zone a text names by itself (`Europe/Paris`, `EST`, `UTC+5:30`, `pacific time`), or nil.
    static func zone(_ text: String) -> Place? {
        let name = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if name.contains("/") {
            let identifier = name.replacing(" ", with: "_").lowercased()
            guard let known = identifiers[identifier], let zone = TimeZone(identifier: known) else { return nil }
            let city = known.split(separator: "/").last.map { String($0).replacing("_", with: " ") }
            return Place(label: known, city: city, country: nil, zone: known, timeZone: zone)
        }
        let folded = name.folded
        if let identifier = regions[folded], let zone = TimeZone(identifier: identifier) {
            return Place(label: name, city: nil, country: nil, zone: identifier, timeZone: zone)
        }
        if let minutes = abbreviations[folded.uppercased()] {
            return fixed(minutes: minutes, label: name.uppercased())
        }
        return offset(name).flatMap { fixed(minutes: $0, label: nil) }
    }

    /// A zone that keeps one offset all year; nil beyond 18 hours.
    static func fixed(minutes: Int, label: String?) -> Place? {
        guard let zone = TimeZone(secondsFromGMT: minutes * 60) else { return nil }
        let name = minutes == 0 ? "UTC" : "UTC" + zone.isoOffset(at: .distantPast)
        return Place(
            label: label ?? zone.offsetName(at: .distantPast), city: nil, country: nil, zone: name, timeZone: zone)
    }

    /// Minutes east of Greenwich that `UTC+3`, `GMT-05:30` or `+02:00` says.
    private static func offset(_ text: String) -> Int? {
        // A plus sign that was not encoded arrives as a space.
        let pattern = /^(?:utc|gmt|z)?\s*([+ −-])\s*(\d{1,2})(?::?([0-5]\d))?$/.ignoresCase()
        guard let match = text.firstMatch(of: pattern), let hours = Int(match.2), hours <= 14
        else { return nil }
        let minutes = hours * 60 + (match.3.flatMap { Int($0) } ?? 0)
        return match.1 == "-" || match.1 == "−" ? -minutes : minutes
    }

    private static let identifiers: [String: String] = Dictionary(
        TimeZone.knownTimeZoneIdentifiers.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })

    /// The zone a place with no city of its own gives its name to: `Kiritimati`, `McMurdo`.
    static func zone(namedFor place: String) -> Place? {
        places[place].flatMap { zone($0) }
    }

    private static let places: [String: String] = Dictionary(
        TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") }
            .map { ((String($0.split(separator: "/").last ?? "")).folded, $0) }, uniquingKeysWith: { first, _ in first }
    )

    /// Abbreviations of standard and summer times, in minutes east of Greenwich. Where several regions share one, the
    /// one meant most in English: `CST` is North America's, `IST` India's, `BST` Britain's.
    private static let abbreviations: [String: Int] = [
        "UTC": 0, "GMT": 0, "Z": 0, "ZULU": 0, "UT": 0, "WET": 0, "WEST": 60, "BST": 60, "CET": 60, "MET": 60,
        "CEST": 120,
        "MEST": 120, "EET": 120, "EEST": 180, "MSK": 180, "TRT": 180, "SAST": 120, "WAT": 60, "CAT": 120, "EAT": 180,
        "GST": 240, "PKT": 300, "IST": 330, "NPT": 345, "ICT": 420, "WIB": 420, "WITA": 480, "WIT": 540, "HKT": 480,
        "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480, "JST": 540, "KST": 540, "ACST": 570, "ACDT": 630, "AEST": 600,
        "AEDT": 660, "NZST": 720, "NZDT": 780, "NST": -210, "NDT": -150, "AST": -240, "ADT": -180, "BRT": -180,
        "ART": -180, "CLT": -240, "COT": -300, "PET": -300, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300,
        "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "AKST": -540, "AKDT": -480, "HST": -600,
        "GREENWICH MEAN TIME": 0, "UNIVERSAL TIME": 0, "COORDINATED UNIVERSAL TIME": 0, "ZULU TIME": 0,
    ]

    /// Times that change between winter and summer, by the names people give them.
    private static let regions: [String: String] = [
        "et": "America/New_York", "eastern": "America/New_York", "eastern time": "America/New_York",
        "us eastern": "America/New_York", "ct": "America/Chicago", "central time": "America/Chicago",
        "us central": "America/Chicago", "mt": "America/Denver", "mountain time": "America/Denver",
        "pt": "America/Los_Angeles", "pacific": "America/Los_Angeles", "pacific time": "America/Los_Angeles",
        "us pacific": "America/Los_Angeles", "west coast": "America/Los_Angeles", "east coast": "America/New_York",
        "alaska time": "America/Anchorage", "hawaii time": "Pacific/Honolulu", "uk time": "Europe/London",
        "central european time": "Europe/Paris", "eastern european time": "Europe/Bucharest",
        "western european time": "Europe/Lisbon", "india standard time": "Asia/Kolkata", "indian time": "Asia/Kolkata",
        "china standard time": "Asia/Shanghai", "japan standard time": "Asia/Tokyo",
        "australian eastern time": "Australia/Sydney",
    ]
}
