import Core

/// Numbers between two bounds, digit by digit, without exponents.
struct NumberRange: Hashable {
    var least: Bound?
    var most: Bound?
    var isInteger: Bool
    /// The most digits behind the point.
    var places = NumberRange.fractionDigits

    /// Digits that a double keeps of any number.
    private static let exactDigits = 15
    static let fractionDigits = 12
    /// Bounds with so many digits behind the point can be written themselves.
    private static let mostFractionDigits = 40
    /// The first number that has too many digits for a fraction.
    private static let limit = Bound.Magnitude(whole: [1] + [UInt8](repeating: 0, count: exactDigits), fraction: [])

    /// Whole numbers that Squire itself can read are written, decimals with as many digits as a double keeps.
    private var writable: NumberRange {
        var range = self
        if !isInteger {
            let isFar = { (bound: Bound?) in bound.map { !($0.magnitude < Self.limit) } ?? false }
            let isOver = isFar(least) && least?.isNegative == false
            let isUnder = isFar(most) && most?.isNegative == true
            guard isOver || isUnder else {
                if isFar(least), least?.magnitude != Self.limit { range.least = nil }
                if isFar(most), most?.magnitude != Self.limit { range.most = nil }
                return range
            }
            // There, doubles are whole numbers.
            range.isInteger = true
        }
        range.tighten(Bound(.integer(.min), isExclusive: false), isLower: true)
        range.tighten(Bound(.integer(.max), isExclusive: false), isLower: false)
        return range
    }

    var expression: Expression {
        let range = writable
        var choices: [Expression] = []
        // Zero and above, as far as the bounds go.
        if range.most.map({ !$0.isNegative }) ?? true {
            let low = range.least.flatMap { $0.isNegative ? nil : $0 }
            choices.append(Self.magnitudes(from: low, to: range.most, isInteger: range.isInteger, places: range.places))
        }
        // Below zero, the bounds change sides.
        if range.least.map({ $0.isNegative }) ?? true {
            let low = range.most.flatMap { $0.isNegative ? $0 : nil } ?? .overZero
            choices.append(
                .sequence([
                    .literal("-"),
                    Self.magnitudes(from: low, to: range.least, isInteger: range.isInteger, places: range.places),
                ]))
        }
        return .choice(choices)
    }

    // MARK: Magnitudes

    private static func magnitudes(
        from low: Bound?, to high: Bound?, isInteger: Bool, places: Int
    ) -> Expression {
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
                    after: lowWhole, isInteger: isInteger, places: places),
            ])
        }
        if let high, precedes(high.magnitude.whole, lowWhole) { return .never }
        var choices: [Expression] = [
            .sequence([
                whole(lowWhole),
                fraction(
                    from: lowFraction, lowIsExclusive, to: nil, false, after: lowWhole, isInteger: isInteger,
                    places: places),
            ])
        ]
        let next = successor(lowWhole)
        let any = decimals(anyFraction(places))
        if let high {
            if let last = predecessor(high.magnitude.whole), !precedes(last, next) {
                // What is only just below an excluded bound would be read as the bound.
                let isNear = !isInteger && high.isExclusive && high.magnitude.fraction.isEmpty
                let free = isNear ? predecessor(last) : last
                if let free, !precedes(free, next) { choices.append(.sequence([between(next, free), any])) }
                if isNear {
                    choices.append(
                        .sequence([
                            whole(last),
                            fraction(from: [], false, to: nil, false, after: last, isInteger: false, places: places),
                        ]))
                }
            }
            choices.append(
                .sequence([
                    whole(high.magnitude.whole),
                    fraction(
                        from: [], false, to: high.magnitude.fraction, high.isExclusive,
                        after: high.magnitude.whole, isInteger: isInteger, places: places),
                ]))
        } else {
            choices.append(.sequence([atLeast(next), any]))
        }
        return .choice(choices)
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

    /// Whole numbers from one to another, the first of which is not zero.
    private static func between(_ low: [UInt8], _ high: [UInt8]) -> Expression {
        if low.count == high.count { return sameLength(low[...], high[...]) }
        let nines = [UInt8](repeating: 9, count: low.count)
        let power = [1] + [UInt8](repeating: 0, count: high.count - 1)
        var choices = [sameLength(power[...], high[...])]
        // All of the lengths between.
        var shortest = low.count
        if low[0] != 1 || low.dropFirst().contains(where: { $0 != 0 }) {
            choices.append(sameLength(low[...], nines[...]))
            shortest += 1
        }
        if shortest < high.count {
            choices.append(
                .sequence([digit(1...9), .repeated(.digit, least: shortest - 1, most: high.count - 2)]))
        }
        return .choice(choices)
    }

    private static func atLeast(_ low: [UInt8]) -> Expression {
        let nines = [UInt8](repeating: 9, count: max(low.count, exactDigits))
        return between(low, nines)
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

    private static func anyFraction(_ places: Int) -> Expression {
        .optional(.sequence([.literal("."), .repeated(.digit, least: 1, most: places)]))
    }

    /// A point and digits, or nothing, whose value is within bounds; a missing upper bound is 1.
    private static func fraction(
        from low: [UInt8], _ lowIsExclusive: Bool, to high: [UInt8]?, _ highIsExclusive: Bool,
        after whole: [UInt8], isInteger: Bool, places: Int
    ) -> Expression {
        // Nothing is zero.
        let zeroIsIn = low.isEmpty && !lowIsExclusive && !(high == [] && highIsExclusive)
        if isInteger { return zeroIsIn ? .empty : .never }
        // So many digits that a number that is not a bound is not read as one.
        let exact = exactDigits - (whole == [0] ? 0 : whole.count)
        let left = min(
            places < fractionDigits ? places : .max,
            max(1, min(exact, max(fractionDigits, low.count + 1, (high?.count ?? 0) + 1))))
        var some = [digitsWithin(low[...], lowIsExclusive, high.map { $0[...] }, highIsExclusive, left: left)]
        // A bound with more digits is itself allowed.
        for (bound, isExclusive) in [(low, lowIsExclusive), (high ?? [], highIsExclusive)]
        where !isExclusive && bound.count > left && bound.count <= mostFractionDigits && places == fractionDigits {
            let isInside = !bound.lexicographicallyPrecedes(low) && !(high?.lexicographicallyPrecedes(bound) ?? false)
            let isExcluded = (bound == low && lowIsExclusive) || (bound == high && highIsExclusive)
            if isInside, !isExcluded { some.append(.literal(bytes: bound.map { $0 + 0x30 })) }
        }
        return .choice([zeroIsIn ? .empty : .never, .sequence([.literal("."), .choice(some)])])
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
