import Foundation

/// Works out a calculation: numbers with all their digits (38), and times of day with durations.
struct Calculation: Sendable {
    enum Value: Sendable, Hashable {
        case number(Decimal)
        /// A number of which 1 is a hundredth: `15 %`.
        case percent(Decimal)
        /// Minutes since midnight, which may lie on another day.
        case time(Int)
        case minutes(Decimal)
    }

    private var tokens: ArraySlice<ExpressionToken>
    /// Whether a result was rounded: roots, powers with fractions, divisions that do not end.
    private(set) var isRounded = false
    private var depth = 0

    private static let deepest = 40

    /// - Throws: `AlmanacError` that says what cannot be worked out.
    static func result(of text: String) throws(AlmanacError) -> (value: Value, isRounded: Bool) {
        var calculation = Calculation(tokens: try ExpressionToken.all(in: text)[...])
        guard
            calculation.tokens.contains(where: {
                if case .number = $0 { true } else if case .time = $0 { true } else { false }
            })
        else { throw AlmanacError(.invalid, "there is no number in \"\(text)\" to calculate with") }
        let value = try calculation.sum()
        guard calculation.tokens.isEmpty else {
            throw AlmanacError(.invalid, "cannot read all of \"\(text)\"; write it like 17 * (23 + 4)")
        }
        return (value, calculation.isRounded)
    }

    // MARK: By precedence

    private mutating func sum() throws(AlmanacError) -> Value {
        var value = try product()
        while let sign = tokens.first, sign == .plus || sign == .minus {
            tokens.removeFirst()
            value = try added(value, try product(), sign: sign == .plus ? 1 : -1)
        }
        return value
    }

    private mutating func product() throws(AlmanacError) -> Value {
        var value = try signed()
        while let sign = tokens.first {
            switch sign {
            case .times, .divide, .modulo, .of:
                tokens.removeFirst()
                value = try multiplied(value, sign, try signed())
            case .off:
                tokens.removeFirst()
                guard case .percent(let percent) = value else {
                    throw AlmanacError(.invalid, "only a percentage is taken off something; write it like 20% off 60")
                }
                value = try added(try signed(), .percent(percent), sign: -1)
            case .open, .root:
                // `2(3 + 4)`
                value = try multiplied(value, .times, try signed())
            default: return value
            }
        }
        return value
    }

    private mutating func signed() throws(AlmanacError) -> Value {
        if tokens.first == .minus {
            tokens.removeFirst()
            return try multiplied(.number(-1), .times, try signed())
        }
        if tokens.first == .plus { tokens.removeFirst() }
        return try raised()
    }

    private mutating func raised() throws(AlmanacError) -> Value {
        var value = try operand()
        while let sign = tokens.first {
            switch sign {
            case .percent:
                tokens.removeFirst()
                // `7 % 3` has a number behind it and none of what a percentage is of.
                if case .number? = tokens.first {
                    value = try multiplied(value, .modulo, try operand())
                } else {
                    value = .percent(try plain(value))
                }
            case .squared, .cubed:
                tokens.removeFirst()
                value = .number(try power(try plain(value), sign == .squared ? 2 : 3))
            case .power:
                tokens.removeFirst()
                let exponent = try plain(try signed())
                value = .number(try power(try plain(value), exponent))
            default: return value
            }
        }
        return value
    }

    private mutating func operand() throws(AlmanacError) -> Value {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest, let token = tokens.popFirst() else {
            throw AlmanacError(.invalid, "a number is missing in the calculation")
        }
        switch token {
        case .number(let value):
            guard case .unit(let minutes)? = tokens.first else { return .number(value) }
            tokens.removeFirst()
            var total = value * Decimal(minutes)
            // "2 hours 15 minutes"
            while case .number(let more)? = tokens.first, case .unit(let unit)? = tokens.dropFirst().first {
                tokens = tokens.dropFirst(2)
                total += more * Decimal(unit)
            }
            return .minutes(total)
        case .time(let minutes): return .time(minutes)
        case .open:
            let value = try sum()
            guard tokens.popFirst() == .close else {
                throw AlmanacError(.invalid, "a bracket is opened in the calculation and not closed")
            }
            return value
        case .root:
            let value = try plain(try raised())
            guard value >= 0 else { throw AlmanacError(.invalid, "there is no square root of \(value)") }
            return .number(root(of: value))
        default: throw AlmanacError(.invalid, "a number is missing in the calculation")
        }
    }

    // MARK: Values

    private func plain(_ value: Value) throws(AlmanacError) -> Decimal {
        switch value {
        case .number(let number): return number
        case .percent(let percent): return percent / 100
        default: throw AlmanacError(.invalid, "a time or a duration is no number to calculate so with")
        }
    }

    private func added(_ first: Value, _ second: Value, sign: Decimal) throws(AlmanacError) -> Value {
        switch (first, second) {
        // 80 + 15 % is 92.
        case (.number(let value), .percent(let percent)): return .number(value + sign * value * percent / 100)
        case (.percent(let a), .percent(let b)): return .percent(a + sign * b)
        case (.time(let time), .minutes(let minutes)):
            return .time(time + NSDecimalNumber(decimal: sign * minutes).intValue)
        case (.minutes(let minutes), .time(let time)) where sign > 0:
            return .time(time + NSDecimalNumber(decimal: minutes).intValue)
        case (.time(let a), .time(let b)) where sign < 0: return .minutes(Decimal(a - b))
        case (.minutes(let a), .minutes(let b)): return .minutes(a + sign * b)
        default: return .number(try checked(try plain(first) + sign * (try plain(second))))
        }
    }

    private mutating func multiplied(
        _ first: Value, _ sign: ExpressionToken, _ second: Value
    ) throws(AlmanacError) -> Value {
        if case .minutes(let minutes) = second, sign != .divide, sign != .modulo {
            return .minutes(try plain(first) * minutes)
        }
        if case .minutes(let minutes) = first {
            if case .minutes(let other) = second, sign == .divide, other != 0 { return .number(minutes / other) }
            let factor = try plain(second)
            guard sign == .times || factor != 0 else { throw Self.byZero }
            return .minutes(sign == .times ? minutes * factor : minutes / factor)
        }
        let (a, b) = (try plain(first), try plain(second))
        switch sign {
        case .divide:
            guard b != 0 else { throw Self.byZero }
            let value = try checked(a / b)
            if value * b != a { isRounded = true }
            return .number(value)
        case .modulo:
            guard b != 0 else { throw Self.byZero }
            var (quotient, whole) = (a / b, Decimal())
            unsafe NSDecimalRound(&whole, &quotient, 0, .down)
            return .number(a - whole * b)
        default: return .number(try checked(a * b))
        }
    }

    private static let byZero = AlmanacError(.invalid, "nothing can be divided by 0")
    private static let tooLarge = AlmanacError(
        .invalid, "the result has more than 38 digits, which are not calculated with")

    private func checked(_ value: Decimal) throws(AlmanacError) -> Decimal {
        guard value.isFinite, abs(value) < Decimal(sign: .plus, exponent: 38, significand: 1) else {
            throw Self.tooLarge
        }
        return value
    }

    private mutating func power(_ base: Decimal, _ exponent: Decimal) throws(AlmanacError) -> Decimal {
        let whole = NSDecimalNumber(decimal: exponent).intValue
        if Decimal(whole) == exponent, abs(whole) <= 200 {
            guard whole >= 0 || base != 0 else { throw Self.byZero }
            var result = Decimal(1)
            for _ in 0..<abs(whole) { result = try checked(result * base) }
            guard whole < 0 else { return result }
            isRounded = true
            return 1 / result
        }
        let value = pow(NSDecimalNumber(decimal: base).doubleValue, NSDecimalNumber(decimal: exponent).doubleValue)
        guard value.isFinite, abs(value) < 1e38 else { throw Self.tooLarge }
        isRounded = true
        return Decimal(string: String(format: "%.12g", value)) ?? Decimal(value)
    }

    private mutating func root(of value: Decimal) -> Decimal {
        let estimate = NSDecimalNumber(decimal: value).doubleValue.squareRoot()
        let root = Decimal(string: String(format: "%.12g", estimate)) ?? Decimal(estimate)
        if root * root != value { isRounded = true }
        return root
    }
}

extension Calculation.Value {
    /// As a sentence says it: `391`, `16:15`, `2 hours 15 minutes`.
    var text: String {
        switch self {
        case .number(let value): Self.text(of: value)
        case .percent(let value): "\(Self.text(of: value))%"
        case .time(let minutes): Self.clock(minutes)
        case .minutes(let minutes): Self.duration(minutes)
        }
    }

    /// Up to twelve digits after the point.
    private static func text(of value: Decimal) -> String {
        var (value, rounded) = (value, Decimal())
        unsafe NSDecimalRound(&rounded, &value, 12, .plain)
        return "\(rounded)"
    }

    private static func clock(_ minutes: Int) -> String {
        let day = Int((Double(minutes) / 1440).rounded(.down))
        let ofDay = minutes - day * 1440
        let time = ClockTime(hour: ofDay / 60, minute: ofDay % 60).text
        switch day {
        case 0: return time
        case 1: return "\(time) the next day"
        case -1: return "\(time) the day before"
        default: return day > 0 ? "\(time), \(day) days later" : "\(time), \(-day) days before"
        }
    }

    private static func duration(_ minutes: Decimal) -> String {
        let whole = NSDecimalNumber(decimal: minutes).intValue
        guard Decimal(whole) == minutes else { return "\(text(of: minutes)) minutes" }
        let (hours, rest) = (abs(whole) / 60, abs(whole) % 60)
        let parts = [hours > 0 ? count(hours, "hour") : nil, rest > 0 || hours == 0 ? count(rest, "minute") : nil]
        return (whole < 0 ? "minus " : "") + parts.compactMap(\.self).joined(separator: " ")
    }
}
