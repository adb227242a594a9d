/// A length of time as people write it: `90s`, `30m`, `12h`, `7d`, `2w`.
package enum TimeSpan {
    package static let forms = "a number and a unit, such as 90s, 30m, 12h, 7d or 2w"

    private static let units: [Character: Int] = ["s": 1, "m": 60, "h": 3600, "d": 86_400, "w": 604_800]
    /// A hundred years: what is longer is a mistake.
    private static let mostSeconds = 3_155_760_000

    /// - Returns: nil where the text is none, or nothing, or longer than a hundred years.
    package static func seconds(_ text: String) -> Int? {
        guard let unit = text.last.flatMap({ units[$0] }), let number = Int(text.dropLast()), number > 0 else {
            return nil
        }
        let (seconds, isTooLong) = number.multipliedReportingOverflow(by: unit)
        return isTooLong || seconds > mostSeconds ? nil : seconds
    }
}
