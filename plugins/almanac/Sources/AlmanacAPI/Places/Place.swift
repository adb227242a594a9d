import Foundation

/// Where a question asks about: a city, or a time zone without one.
struct Place: Sendable, Hashable {
    /// How a sentence names it: `Paris, France`, `Spain (Madrid)`, `UTC`.
    var label: String
    var city: String?
    var country: String?
    /// The zone's name: an IANA identifier, or an offset such as `UTC-05:00`.
    var zone: String
    var timeZone: TimeZone
    var coordinate: Coordinate?
}

extension TimeZone {
    /// The offset as people write it: `UTC+9`, `UTC-3:30`, `UTC`.
    func offsetName(at instant: Date) -> String {
        let minutes = secondsFromGMT(for: instant) / 60
        guard minutes != 0 else { return "UTC" }
        let tail = minutes % 60 == 0 ? "" : ":" + twoDigits(abs(minutes) % 60)
        return "UTC\(minutes < 0 ? "-" : "+")\(abs(minutes) / 60)\(tail)"
    }

    /// The offset as ISO 8601 writes it: `+09:00`, `-03:30`, `+00:00`.
    func isoOffset(at instant: Date) -> String {
        let minutes = secondsFromGMT(for: instant) / 60
        return "\(minutes < 0 ? "-" : "+")\(twoDigits(abs(minutes) / 60)):\(twoDigits(abs(minutes) % 60))"
    }
}

/// A number from 0 to 99 with its leading zero.
func twoDigits(_ number: Int) -> String {
    number < 10 ? "0\(number)" : "\(number)"
}
