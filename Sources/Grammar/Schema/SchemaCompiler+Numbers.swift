import Core

extension SchemaCompiler {
    mutating func number(_ flat: FlatSchema, isInteger: Bool, at place: String) -> Expression {
        var range = NumberRange(isInteger: isInteger)
        for (keyword, isLower, isExclusive) in [
            ("minimum", true, false), ("exclusiveMinimum", true, true), ("maximum", false, false),
            ("exclusiveMaximum", false, true),
        ] {
            guard let value = flat[keyword]?.number else { continue }
            if let bound = NumberRange.Bound(value, isExclusive: isExclusive) {
                range.tighten(bound, isLower: isLower)
            } else if abs(value) < NumberRange.limit || isLower == (value > 0) {
                // No number that is written reaches other bounds, such as 2^53 - 1.
                parts.note(keyword, at: place)
            }
        }
        if let step = flat["multipleOf"]?.number {
            if step == step.rounded() { range.isInteger = true }
            let whole = range.isInteger ? Self.wholeStep(step) : nil
            if whole != 1 {
                if let whole, let multiples = multiples(of: whole, in: range) {
                    if multiples == .never { parts.contradiction("no multiple is within its bounds", at: place) }
                    return multiples
                }
                parts.note("multipleOf", at: place)
            }
        }
        let expression = range.expression
        if !RuleSet.isProductive(expression, []) { parts.contradiction("no number is within its bounds", at: place) }
        return expression
    }

    /// What the whole ones among a number's multiples are multiples of; nil where it has too many digits.
    private static func wholeStep(_ step: Double) -> Int? {
        guard step >= 0.001, step <= 1e9, (step * 1000).rounded() == step * 1000 else { return nil }
        var (divisor, rest) = (Int(step * 1000), 1000)
        let thousandths = divisor
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        return thousandths / divisor
    }

    private static let mostListed = 256.0
    private static let mostRemainders = 100

    /// Whole numbers that a number divides.
    ///
    /// - Returns: nil where the range asks for more than a list or the sign can say.
    private mutating func multiples(of step: Int, in range: NumberRange) -> Expression? {
        if let least = range.least, let most = range.most, (most.value - least.value) / Double(step) < Self.mostListed {
            let (low, high) = ((least.value / Double(step)).rounded(.up), (most.value / Double(step)).rounded(.down))
            let values = stride(from: low, through: high, by: 1).map { $0 * Double(step) }.filter { value in
                !(least.isExclusive && value == least.value) && !(most.isExclusive && value == most.value)
            }
            return .choice(values.map { .literal(String(Int($0))) })
        }
        guard step <= Self.mostRemainders, range.most == nil else { return nil }
        let any = multiples(of: step)
        guard let least = range.least else {
            return .choice([.literal("0"), .sequence([.optional(.literal("-")), any])])
        }
        if least.value == 0 { return least.isExclusive ? any : .choice([.literal("0"), any]) }
        let isBelowFirst = least.value < Double(step) || (least.value == Double(step) && !least.isExclusive)
        return least.value > 0 && isBelowFirst ? any : nil
    }

    /// Multiples over zero: a rule for each remainder of the digits read so far, and for how many more may follow.
    private mutating func multiples(of step: Int) -> Expression {
        let base = rules.rules.count
        for _ in 0..<(NumberRange.wholeDigits * step) { _ = rules.reserve("multiple of \(step)") }
        func digits(_ range: ClosedRange<Int>, after remainder: Int, left: Int) -> [Expression] {
            Dictionary(grouping: range) { (remainder * 10 + $0) % step }.sorted { $0.key < $1.key }.map {
                target, digits in
                .sequence([.bytes(ByteSet(digits.map { UInt8($0 + 0x30) })), .rule(base + left * step + target)])
            }
        }
        for left in 0..<NumberRange.wholeDigits {
            for remainder in 0..<step {
                let more = left > 0 ? digits(0...9, after: remainder, left: left - 1) : []
                rules.rules[base + left * step + remainder] = .choice(more + (remainder == 0 ? [.empty] : []))
            }
        }
        return .choice(digits(1...9, after: 0, left: NumberRange.wholeDigits - 1))
    }
}

extension NumberRange {
    /// Every number that is written is closer to zero.
    static let limit = 1e15

    init(isInteger: Bool) {
        self.init(least: nil, most: nil, isInteger: isInteger)
    }

    /// Takes the tighter of two bounds.
    mutating func tighten(_ bound: Bound, isLower: Bool) {
        guard let old = isLower ? least : most else {
            if isLower { least = bound } else { most = bound }
            return
        }
        let isOver = old.value < bound.value || (old.value == bound.value && bound.isExclusive == isLower)
        if isOver == isLower { if isLower { least = bound } else { most = bound } }
    }
}

extension NumberRange.Bound {
    fileprivate var value: Double {
        let text = magnitude.whole.map(String.init).joined() + "." + magnitude.fraction.map(String.init).joined() + "0"
        return (Double(text) ?? 0) * (isNegative ? -1 : 1)
    }
}
