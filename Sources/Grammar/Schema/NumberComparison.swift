import Core

extension JSONValue {
    /// Whether a number is less than another; between whole numbers exactly.
    func isLess(than other: JSONValue) -> Bool {
        if case .integer(let left) = self, case .integer(let right) = other { return left < right }
        return (number ?? 0) < (other.number ?? 0)
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
