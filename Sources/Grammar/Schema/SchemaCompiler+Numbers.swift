import Core

extension SchemaCompiler {
    mutating func number(_ flat: FlatSchema, isInteger: Bool, at place: String) throws(GrammarError) -> Expression {
        var range = NumberRange(isInteger: isInteger)
        for (keyword, isLower, isExclusive) in [
            ("minimum", true, false), ("exclusiveMinimum", true, true), ("maximum", false, false),
            ("exclusiveMaximum", false, true),
        ] {
            guard let value = flat[keyword] else { continue }
            range.tighten(NumberRange.Bound(value, isExclusive: isExclusive), isLower: isLower)
        }
        let steps = (flat["multipleOf"]?.array ?? flat["multipleOf"].map { [$0] } ?? []).compactMap(\.number)
        if steps.count > 1 { parts.note("multipleOf", at: place) }
        if let step = steps.first {
            if step == step.rounded() { range.isInteger = true }
            let whole = range.isInteger ? Self.wholeStep(step) : nil
            if whole != 1 {
                if let whole, let multiples = try multiples(of: whole, in: range, at: place) {
                    if multiples == .never { parts.contradiction("no multiple is within its bounds", at: place) }
                    return multiples
                }
                if !range.isInteger, let places = Self.decimalPlaces(step) {
                    range.places = places
                } else {
                    parts.note("multipleOf", at: place)
                }
            }
        }
        // The same bounds are a rule: one for all integers, and one for all numbers without any.
        if let known = ranges[range] { return .rule(known) }
        let expression = range.expression
        guard RuleSet.isProductive(expression, { _ in true }) else {
            parts.contradiction("no number that can be written is within its bounds", at: place)
            return .never
        }
        let rule = rules.reserve(isInteger ? "integer" : "number")
        rules.rules[rule] = expression
        ranges[range] = rule
        return .rule(rule)
    }

    /// What the whole ones among a number's multiples are multiples of; nil where it has too many digits.
    private static func wholeStep(_ step: Double) -> Int? {
        guard step >= 0.001, step <= 1e9, (step * 1000).rounded() == step * 1000 else { return nil }
        var (divisor, rest) = (Int(step * 1000), 1000)
        let thousandths = divisor
        while rest != 0 { (divisor, rest) = (rest, divisor % rest) }
        return thousandths / divisor
    }

    /// How many digits the multiples of a tenth, a hundredth and so on have behind the point; nil of another step.
    private static func decimalPlaces(_ step: Double) -> Int? {
        let steps = [0.1, 0.01, 0.001, 0.0001, 0.00001, 0.000001]
        return steps.firstIndex(of: step).map { $0 + 1 }
    }

    private static let mostListed = 256.0
    private static let mostRemainders = 100
    /// Digits of a multiple of which no list is made.
    private static let mostDigits = 18

    /// Whole numbers that a number divides.
    ///
    /// - Returns: nil where the range asks for more than a list or the sign can say.
    private mutating func multiples(
        of step: Int, in range: NumberRange, at place: String
    ) throws(GrammarError) -> Expression? {
        guard let wholes = range.wholes else { return .never }
        if range.least != nil, range.most != nil,
            (Double(wholes.upperBound) - Double(wholes.lowerBound)) / Double(step) < Self.mostListed
        {
            let remainder = wholes.lowerBound % step
            let gap = remainder > 0 ? step - remainder : -remainder
            let first = wholes.lowerBound.addingReportingOverflow(gap)
            guard !first.overflow, first.partialValue <= wholes.upperBound else { return .never }
            return .factored(
                stride(from: first.partialValue, through: wholes.upperBound, by: step).map { .literal(String($0)) })
        }
        guard step <= Self.mostRemainders, range.most == nil else { return nil }
        let isSigned = range.least == nil
        guard isSigned || (0...step).contains(wholes.lowerBound) else { return nil }
        let any = try multiples(of: step, at: place)
        if isSigned { return .choice([.literal("0"), .sequence([.optional(.literal("-")), any])]) }
        return wholes.lowerBound == 0 ? .choice([.literal("0"), any]) : any
    }

    /// Multiples over zero: a rule for each remainder of the digits read so far, and for how many more may follow.
    private mutating func multiples(of step: Int, at place: String) throws(GrammarError) -> Expression {
        if let known = steps[step] { return .rule(known) }
        try parts.spend(Self.mostDigits * step, at: place)
        let base = rules.rules.count
        for _ in 0..<(Self.mostDigits * step) { _ = rules.reserve("multiple of \(step)") }
        func digits(_ range: ClosedRange<Int>, after remainder: Int, left: Int) -> [Expression] {
            Dictionary(grouping: range) { (remainder * 10 + $0) % step }.sorted { $0.key < $1.key }.map {
                target, digits in
                .sequence([.bytes(ByteSet(digits.map { UInt8($0 + 0x30) })), .rule(base + left * step + target)])
            }
        }
        for left in 0..<Self.mostDigits {
            for remainder in 0..<step {
                let more = left > 0 ? digits(0...9, after: remainder, left: left - 1) : []
                rules.rules[base + left * step + remainder] = .choice(more + (remainder == 0 ? [.empty] : []))
            }
        }
        let rule = rules.reserve("multiple of \(step)")
        rules.rules[rule] = .choice(digits(1...9, after: 0, left: Self.mostDigits - 1))
        steps[step] = rule
        return .rule(rule)
    }
}
