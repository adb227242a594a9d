/// Numbers between two bounds, digit by digit, without exponents.
struct NumberRange {
    /// Digits before and after the point, without zeros at the outer ends; the value is never negative.
    struct Magnitude: Hashable {
        var whole: [UInt8]
        var fraction: [UInt8]

        static let zero = Magnitude(whole: [0], fraction: [])
        var isZero: Bool { whole == [0] && fraction.isEmpty }
    }

    struct Bound: Hashable {
        var isNegative: Bool
        var magnitude: Magnitude
        var isExclusive: Bool

        /// - Returns: nil where the value is not finite or has no plain notation within twenty digits.
        init?(_ value: Double, isExclusive: Bool) {
            guard value.isFinite, abs(value) < NumberRange.limit else { return nil }
            var text = "\(abs(value))"
            if text.contains("e") {
                guard abs(value) < 1 else { return nil }
                // Swift writes 0.00001 as 1e-05.
                let parts = text.split(separator: "e")
                guard parts.count == 2, let exponent = Int(parts[1]), exponent > -16 else { return nil }
                let digits = parts[0].filter { $0 != "." }
                text = "0." + String(repeating: "0", count: -exponent - 1) + digits
            }
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            func digits(_ text: Substring) -> [UInt8] { text.utf8.map { $0 - 0x30 } }
            var fraction = parts.count > 1 ? digits(parts[1]) : []
            while fraction.last == 0 { fraction.removeLast() }
            magnitude = Magnitude(whole: digits(parts[0]), fraction: fraction)
            isNegative = value < 0
            self.isExclusive = isExclusive
        }

        private init(isNegative: Bool, magnitude: Magnitude, isExclusive: Bool) {
            self.isNegative = isNegative
            self.magnitude = magnitude
            self.isExclusive = isExclusive
        }

        /// Zero itself is outside.
        static let overZero = Bound(isNegative: false, magnitude: .zero, isExclusive: true)
    }

    var least: Bound?
    var most: Bound?
    var isInteger: Bool

    /// Digits before the point, and after it, at most: what a double keeps.
    static let wholeDigits = 15
    private static let fractionDigits = 12

    var expression: Expression {
        var choices: [Expression] = []
        // Zero and above, as far as the bounds go.
        if most.map({ !$0.isNegative }) ?? true {
            let low = least.flatMap { $0.isNegative ? nil : $0 }
            choices.append(Self.magnitudes(from: low, to: most, isInteger: isInteger))
        }
        // Below zero, the bounds change sides.
        if least.map({ $0.isNegative }) ?? true {
            let low = most.flatMap { $0.isNegative ? $0 : nil } ?? .overZero
            choices.append(
                .sequence([.literal("-"), Self.magnitudes(from: low, to: least, isInteger: isInteger)]))
        }
        return .choice(choices)
    }

    // MARK: Magnitudes

    private static func magnitudes(from low: Bound?, to high: Bound?, isInteger: Bool) -> Expression {
        let lowWhole = low?.magnitude.whole ?? [0]
        let lowFraction = low?.magnitude.fraction ?? []
        let lowIsExclusive = low?.isExclusive ?? false
        func whole(_ digits: [UInt8]) -> Expression { .literal(bytes: digits.map { $0 + 0x30 }) }
        func decimals(_ expression: Expression) -> Expression { isInteger ? .empty : expression }

        if let high, high.magnitude.whole == lowWhole {
            return .sequence([
                whole(lowWhole),
                fraction(
                    from: lowFraction, lowIsExclusive, to: high.magnitude.fraction, high.isExclusive,
                    after: lowWhole, isInteger: isInteger),
            ])
        }
        if let high, less(high.magnitude.whole, lowWhole) { return .never }
        var choices: [Expression] = [
            .sequence([
                whole(lowWhole),
                fraction(from: lowFraction, lowIsExclusive, to: nil, false, after: lowWhole, isInteger: isInteger),
            ])
        ]
        let next = successor(lowWhole)
        let any = decimals(anyFraction)
        if let high {
            if let last = predecessor(high.magnitude.whole), !less(last, next) {
                // What is only just below an excluded bound would be read as the bound.
                let isNear = !isInteger && high.isExclusive && high.magnitude.fraction.isEmpty
                let free = isNear ? predecessor(last) : last
                if let free, !less(free, next) { choices.append(.sequence([between(next, free), any])) }
                if isNear {
                    choices.append(
                        .sequence([
                            whole(last), fraction(from: [], false, to: nil, false, after: last, isInteger: false),
                        ]))
                }
            }
            choices.append(
                .sequence([
                    whole(high.magnitude.whole),
                    fraction(
                        from: [], false, to: high.magnitude.fraction, high.isExclusive,
                        after: high.magnitude.whole, isInteger: isInteger),
                ]))
        } else {
            choices.append(.sequence([atLeast(next), any]))
        }
        return .choice(choices)
    }

    private static func less(_ a: [UInt8], _ b: [UInt8]) -> Bool {
        a.count != b.count ? a.count < b.count : a.lexicographicallyPrecedes(b)
    }

    private static func successor(_ digits: [UInt8]) -> [UInt8] {
        var digits = digits
        for index in digits.indices.reversed() {
            if digits[index] < 9 {
                digits[index] += 1
                return digits
            }
            digits[index] = 0
        }
        return [1] + digits
    }

    private static func predecessor(_ digits: [UInt8]) -> [UInt8]? {
        var digits = digits
        guard digits != [0] else { return nil }
        for index in digits.indices.reversed() {
            if digits[index] > 0 {
                digits[index] -= 1
                return digits.count > 1 && digits[0] == 0 ? Array(digits.dropFirst()) : digits
            }
            digits[index] = 9
        }
        return nil
    }

    private static func digit(_ range: ClosedRange<UInt8>) -> Expression {
        .bytes(ByteSet((range.lowerBound + 0x30)...(range.upperBound + 0x30)))
    }

    private static func digits(_ count: Int) -> Expression {
        .repeated(.digit, least: count, most: count)
    }

    /// Whole numbers from one to another.
    private static func between(_ low: [UInt8], _ high: [UInt8]) -> Expression {
        var choices: [Expression] = []
        for count in low.count...high.count {
            let first = count == low.count ? low : [1] + [UInt8](repeating: 0, count: count - 1)
            let last = count == high.count ? high : [UInt8](repeating: 9, count: count)
            choices.append(sameLength(first[...], last[...]))
        }
        return .choice(choices)
    }

    private static func atLeast(_ low: [UInt8]) -> Expression {
        let nines = [UInt8](repeating: 9, count: low.count)
        var choices: [Expression] = [sameLength(low[...], nines[...])]
        if low.count < wholeDigits {
            choices.append(
                .sequence([digit(1...9), .repeated(.digit, least: low.count, most: wholeDigits - 1)]))
        }
        return .choice(choices)
    }

    private static func sameLength(_ low: ArraySlice<UInt8>, _ high: ArraySlice<UInt8>) -> Expression {
        guard let first = low.first, let last = high.first else { return .empty }
        let count = low.count - 1
        if first == last {
            return .sequence([digit(first...first), sameLength(low.dropFirst(), high.dropFirst())])
        }
        let zeros = [UInt8](repeating: 0, count: count)
        let nines = [UInt8](repeating: 9, count: count)
        var choices: [Expression] = []
        var from = first
        var to = last
        if Array(low.dropFirst()) != zeros {
            choices.append(.sequence([digit(first...first), sameLength(low.dropFirst(), nines[...])]))
            from += 1
        }
        if Array(high.dropFirst()) != nines {
            choices.append(.sequence([digit(last...last), sameLength(zeros[...], high.dropFirst())]))
            to -= 1
        }
        if from <= to { choices.append(.sequence([digit(from...to), digits(count)])) }
        return .choice(choices)
    }

    // MARK: Behind the point

    private static let anyFraction = Expression.optional(
        .sequence([.literal("."), .repeated(.digit, least: 1, most: fractionDigits)]))

    /// A point and digits, or nothing, whose value is within bounds; a missing upper bound is 1.
    private static func fraction(
        from low: [UInt8], _ lowIsExclusive: Bool, to high: [UInt8]?, _ highIsExclusive: Bool,
        after whole: [UInt8], isInteger: Bool
    ) -> Expression {
        // Nothing is zero.
        let zeroIsIn = low.isEmpty && !lowIsExclusive && !(high == [] && highIsExclusive)
        if isInteger { return zeroIsIn ? .empty : .never }
        // So many digits that a number that is not a bound is not read as one.
        let left = min(fractionDigits, max(wholeDigits - whole.count, low.count + 1, (high?.count ?? 0) + 1))
        let some = digitsWithin(low[...], lowIsExclusive, high.map { $0[...] }, highIsExclusive, left: left)
        return .choice([zeroIsIn ? .empty : .never, .sequence([.literal("."), some])])
    }

    /// At least one digit, of a value from `low` to `high`, both given as the digits that are left.
    private static func digitsWithin(
        _ low: ArraySlice<UInt8>?, _ lowIsExclusive: Bool, _ high: ArraySlice<UInt8>?, _ highIsExclusive: Bool,
        left: Int
    ) -> Expression {
        guard left > 0 else { return .never }
        let lowest = low?.first ?? 0
        // Past its digits an upper bound is all zeros, a missing one all nines.
        let highest = high.map { $0.first ?? 0 } ?? 9
        guard lowest <= highest else { return .never }
        var choices: [Expression] = []
        for value in lowest...highest {
            let nextLow = low.flatMap { value == lowest ? $0.dropFirst() : nil }
            let nextHigh = high.flatMap { value == highest ? $0.dropFirst() : nil }
            // Whether the number may end here: zeros follow.
            let isOverLow = nextLow.map { $0.isEmpty && !lowIsExclusive } ?? true
            let isUnderHigh = nextHigh.map { !$0.isEmpty || !highIsExclusive } ?? true
            let end: Expression = isOverLow && isUnderHigh ? .empty : .never
            let isFree = (nextLow.map { $0.isEmpty && !lowIsExclusive } ?? true) && nextHigh == nil
            let more: Expression =
                isFree
                ? .repeated(.digit, least: 1, most: left - 1)
                : digitsWithin(nextLow, lowIsExclusive, nextHigh, highIsExclusive, left: left - 1)
            choices.append(.sequence([digit(value...value), .choice([end, left > 1 ? more : .never])]))
        }
        return .choice(choices)
    }
}
