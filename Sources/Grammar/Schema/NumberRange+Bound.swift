import Core

extension NumberRange {
    struct Bound: Hashable {
        /// Digits before and after the point, without zeros at the outer ends.
        struct Magnitude: Hashable, Comparable {
            var whole: [UInt8]
            var fraction: [UInt8]

            static let zero = Magnitude(whole: [0], fraction: [])

            static func < (left: Magnitude, right: Magnitude) -> Bool {
                left.whole == right.whole
                    ? left.fraction.lexicographicallyPrecedes(right.fraction)
                    : NumberRange.precedes(left.whole, right.whole)
            }
        }

        var isNegative: Bool
        var magnitude: Magnitude
        var isExclusive: Bool

        /// - Parameter value: a number. One that is further from zero than 10^19 stands for all that are: no number that
        ///   is written is.
        init(_ value: JSONValue, isExclusive: Bool) {
            self.isExclusive = isExclusive
            switch value {
            case .integer(let whole):
                isNegative = whole < 0
                magnitude = Magnitude(whole: Self.digits("\(whole.magnitude)"), fraction: [])
            default:
                let number = value.number ?? 0
                isNegative = number < 0
                magnitude = Self.magnitude(abs(number))
            }
        }

        private init(isNegative: Bool, magnitude: Magnitude, isExclusive: Bool) {
            self.isNegative = isNegative
            self.magnitude = magnitude
            self.isExclusive = isExclusive
        }

        /// Zero itself is outside.
        static let overZero = Bound(isNegative: false, magnitude: .zero, isExclusive: true)

        private static func digits(_ text: some StringProtocol) -> [UInt8] { text.utf8.map { $0 - 0x30 } }

        /// The digits that Swift writes of a double, which are those it was read from, or all of a large one.
        private static func magnitude(_ value: Double) -> Magnitude {
            guard value < 1e19 else { return Magnitude(whole: digits("10000000000000000000"), fraction: []) }
            if value >= 0x1p53 { return Magnitude(whole: digits("\(UInt64(value))"), fraction: []) }
            var text = "\(value)"
            // Swift writes 0.00001 as 1e-05.
            let parts = text.split(separator: "e")
            if parts.count == 2, let exponent = Int(parts[1]), exponent < 0 {
                text = "0." + String(repeating: "0", count: -exponent - 1) + parts[0].filter { $0 != "." }
            }
            let sides = text.split(separator: ".", omittingEmptySubsequences: false)
            var fraction = sides.count > 1 ? digits(sides[1]) : []
            while fraction.last == 0 { fraction.removeLast() }
            return Magnitude(whole: digits(sides[0]), fraction: fraction)
        }

        /// Whether every number at the bound is below every number at another.
        func isBelow(_ other: Bound) -> Bool {
            let isZero = magnitude == .zero && other.magnitude == .zero
            if isNegative != other.isNegative { return isNegative && !isZero }
            return isNegative ? other.magnitude < magnitude : magnitude < other.magnitude
        }

        /// The nearest whole number within the bound; nil where it is none of Swift's.
        func whole(isLower: Bool) -> Int? {
            let text = (isNegative ? "-" : "") + magnitude.whole.map(String.init).joined()
            guard let towardsZero = Int(text) else { return nil }
            // Cutting the fraction off leads inside on the one side of zero, and outside on the other.
            let isCutInside = !magnitude.fraction.isEmpty && isNegative == isLower
            if isCutInside || (magnitude.fraction.isEmpty && !isExclusive) { return towardsZero }
            let next = towardsZero.addingReportingOverflow(isLower ? 1 : -1)
            return next.overflow ? nil : next.partialValue
        }
    }

    init(isInteger: Bool) {
        self.init(least: nil, most: nil, isInteger: isInteger)
    }

    /// Takes the tighter of two bounds.
    mutating func tighten(_ bound: Bound, isLower: Bool) {
        guard let old = isLower ? least : most else {
            if isLower { least = bound } else { most = bound }
            return
        }
        let isTighter = isLower ? old.isBelow(bound) : bound.isBelow(old)
        let isSame = !old.isBelow(bound) && !bound.isBelow(old)
        if isTighter || (isSame && bound.isExclusive) { if isLower { least = bound } else { most = bound } }
    }

    /// The whole numbers within the bounds, as far as Swift has them; nil where there are none.
    var wholes: ClosedRange<Int>? {
        let low = least.map { $0.whole(isLower: true) ?? ($0.isNegative ? .min : nil) } ?? .min
        let high = most.map { $0.whole(isLower: false) ?? ($0.isNegative ? nil : .max) } ?? .max
        guard let low, let high, low <= high else { return nil }
        return low...high
    }

    /// Whether one whole number is less than another, by their digits.
    static func precedes(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
    }
}
