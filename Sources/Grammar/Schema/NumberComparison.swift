import Core

extension JSONValue {
    /// Whether a number is less than another; between whole numbers exactly.
    func isLess(than other: JSONValue) -> Bool {
        if case .integer(let left) = self, case .integer(let right) = other { return left < right }
        if let left = wholeDigits, let right = other.wholeDigits {
            guard left.isNegative == right.isNegative else { return left.isNegative }
            let (low, high) = left.isNegative ? (right.digits, left.digits) : (left.digits, right.digits)
            return NumberRange.precedes(low, high)
        }
        return (number ?? 0) < (other.number ?? 0)
    }

    /// The digits of a whole number that is written as one.
    private var wholeDigits: (isNegative: Bool, digits: [UInt8])? {
        switch self {
        case .integer(let value): return (value < 0, Array("\(value.magnitude)".utf8))
        case .digits(let text) where isWhole:
            let isNegative = text.hasPrefix("-")
            return (isNegative, Array(text.utf8.dropFirst(isNegative ? 1 : 0)))
        default: return nil
        }
    }

    /// Whether a number is a multiple of another; between whole numbers exactly. A step that is not over zero says nothing.
    func isMultiple(of step: JSONValue) -> Bool {
        if case .integer(let whole) = self, case .integer(let step) = step { return step <= 0 || whole % step == 0 }
        guard let number, let step = step.number, step > 0 else { return true }
        if number == number.rounded(), step == step.rounded() { return number.remainder(dividingBy: step) == 0 }
        // Decimals are not exact in binary.
        let times = number / step
        return abs(times - times.rounded()) <= max(1e-9, abs(times) * 1e-12)
    }
}
