import Core
import Languages
import Understanding

/// A number that a question says, in digits or in words, with its unit.
struct Quantity: Sendable, Hashable {
    var value: Double
    var unit: MeasuredUnit?
    /// Where the number and its unit stand, in characters.
    var range: Range<Int>
    /// "18th", "second".
    var isOrdinal = false
    /// Said without a number: "next week" is one week, "from rest" is zero.
    var isImplied = false
    /// "monthly": how often a year.
    var isFrequency = false
    /// Written with digits.
    var isFigure = true
    /// Whether signs alone say the unit: `5'11"`.
    var isBySign = false

    /// The number as it was written, where it was.
    var written: JSONValue?

    /// The number or what it was converted to, with all the digits it was written with.
    func json(as number: Double) -> JSONValue {
        if let written, written.number == number { return written }
        return NumberFilling.json(number)
    }

    var isPercent: Bool { unit?.dimension == .fraction }

    /// Whether it reads as a calendar year.
    var isYear: Bool {
        unit == nil && isFigure && !isOrdinal && value == value.rounded() && (1000...2100).contains(value)
            && range.count == 4
    }
}
