import Core
import Foundation

/// A figure that a plugin gave, and the ways an answer may say it.
struct SaidFigure: Sendable, Hashable {
    let value: JSONValue

    private static let date = TextPattern(#"^(\d{4})-(\d{2})-(\d{2})$"#)
    private static let time = TextPattern(#"^(\d{1,2}):(\d{2})$"#)

    func isSaid(in text: String) -> Bool {
        if let number = value.number { return Self.says(number, text) }
        guard let figure = value.string else { return false }
        if let match = Self.date.firstMatch(in: figure), let month = Int(match.text(2)), let day = Int(match.text(3)) {
            return Self.saysDate(String(match.text(1)), month, day, figure, text)
        }
        if let match = Self.time.firstMatch(in: figure), let hour = Int(match.text(1)) {
            return Self.saysTime(hour, String(match.text(2)), text)
        }
        return Self.saysWords(figure, text)
    }

    /// The same or a rounding of it that is within a hundredth, whatever its sign; hours also as hours and minutes.
    private static func says(_ number: Double, _ text: String) -> Bool {
        let exact = abs(number)
        if Figure.all(in: text).contains(where: { $0.isRounding(of: exact) }) { return true }
        let hours = Int(exact)
        let minutes = Int(((exact - Double(hours)) * 60).rounded())
        return minutes > 0 && saysDuration(hours, minutes, text)
    }

    private static func saysDate(_ year: String, _ month: Int, _ day: Int, _ iso: String, _ text: String) -> Bool {
        guard (1...12).contains(month) else { return false }
        let name = months[month - 1]
        return saysWords(iso, text) || saysWords("\(day) \(name) \(year)", text)
            || saysWords("\(name) \(day), \(year)", text)
    }

    /// On a clock of 24 hours or of 12, or as so many hours and minutes.
    private static func saysTime(_ hour: Int, _ minute: String, _ text: String) -> Bool {
        if saysWords("\(hour):\(minute)", text) || saysWords("0\(hour):\(minute)", text) {
            // 2:05 pm is no 02:05.
            return !(hour < 12 && saysWords("\(hour):\(minute) pm", text))
        }
        return saysWords("\((hour + 11) % 12 + 1):\(minute) \(hour < 12 ? "am" : "pm")", text)
            || saysDuration(hour, Int(minute) ?? 0, text)
    }

    private static func saysDuration(_ hours: Int, _ minutes: Int, _ text: String) -> Bool {
        func counted(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
        let parts = [(hours, "hour"), (minutes, "minute")].filter { $0.0 > 0 }.map { counted($0.0, $0.1) }
        return !parts.isEmpty && saysWords(parts.joined(separator: " and "), text)
    }

    /// Whether a text has these words, not as a part of longer words or numbers.
    private static func saysWords(_ words: String, _ text: String) -> Bool {
        let (text, words) = (text.lowercased(), words.lowercased())
        func isPart(_ character: Character?) -> Bool { character.map { $0.isLetter || $0.isNumber } ?? false }
        return text.ranges(of: words).contains { range in
            !isPart(text[..<range.lowerBound].last) && !isPart(text[range.upperBound...].first)
        }
    }

    private static let months = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

/// A number as a text writes it.
struct Figure: Sendable, Hashable {
    var value: Double
    /// Digits after the point.
    var decimals: Int

    static func all(in text: String) -> [Figure] {
        let plain = thousands.replacing(in: text) { "\($0.text(1))\($0.text(2))" }
        return number.matches(in: plain).compactMap { match in
            Double(match.text).map { Figure(value: $0, decimals: match[1]?.count ?? 0) }
        }
    }

    private static let thousands = TextPattern(#"(\d),(\d{3})"#)
    private static let number = TextPattern(#"\d+(?:\.(\d+))?(?:e[-+]?\d+)?"#)

    func isRounding(of exact: Double) -> Bool {
        let error = abs(value - exact)
        return error <= 1e-9 * max(1, exact)
            || (error <= 0.01 * exact && error <= 0.5000001 * pow(10, -Double(decimals)))
    }
}
