import Foundation

extension Double {
    /// Degrees as radians.
    var radians: Double { self * .pi / 180 }
    /// Radians as degrees.
    var degrees: Double { self * 180 / .pi }

    /// The value with the noise of binary arithmetic taken off: twelve significant digits.
    var settled: Double { Double(String(format: "%.11e", self)) ?? self }
}

/// A number without an exponent or a needless `.0`: `5`, `0.1`, `100000000`.
func plain(_ number: Double) -> String {
    if number == number.rounded(), abs(number) < 1e15 { return String(format: "%.0f", number) }
    if abs(number) >= 1e15 || abs(number) < 1e-6 { return "\(number)" }
    return trimmed(String(format: "%.*f", 12 - Swift.min(12, Int(log10(Swift.max(abs(number), 1)))), number))
}

/// A number as a sentence states it: three decimals, or four significant digits below 1; exponents only where the
/// number is very large or very small.
func readable(_ number: Double) -> String {
    let size = abs(number)
    if size == 0 { return "0" }
    if size >= 1e15 || size < 1e-6 { return trimmed(String(format: "%.5g", number)) }
    if size >= 1 { return trimmed(String(format: "%.3f", number)) }
    return trimmed(String(format: "%.*f", 3 - Int(log10(size).rounded(.down)), number))
}

private func trimmed(_ text: String) -> String {
    guard text.contains("."), !text.contains("e") else { return text }
    var text = Substring(text)
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return String(text)
}

/// Reads a number as people write it: `26.2`, `26,2`, `1,500`, `1 500`, `1/2`, `2 1/2`, `1e3`, `½`; nil where it is none.
func number(reading text: String) -> Double? {
    var text = text.trimmingCharacters(in: .whitespacesAndNewlines).replacing("−", with: "-").replacing(
        "½", with: " 1/2")
    text = text.trimmingCharacters(in: .whitespaces)
    let groups = /[-+]?\d{1,3}(?:[, _']\d{3})+(?:\.\d+)?/
    if text.wholeMatch(of: groups) != nil { text.removeAll { ", _'".contains($0) } }
    if let match = text.wholeMatch(of: /([-+]?)(?:(\d+)\s+)?(\d+)\s*\/\s*(\d+)/), let top = Double(match.3),
        let bottom = Double(match.4), bottom != 0
    {
        let value = (match.2.flatMap { Double($0) } ?? 0) + top / bottom
        return match.1 == "-" ? -value : value
    }
    if text.wholeMatch(of: /[-+]?\d+,\d+/) != nil { text = text.replacing(",", with: ".") }
    guard text.wholeMatch(of: /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/) != nil else { return nil }
    return Double(text)
}

/// `1 day`, `2 days`.
func count(_ number: Int, _ singular: String) -> String {
    "\(number) \(singular)\(abs(number) == 1 ? "" : "s")"
}
