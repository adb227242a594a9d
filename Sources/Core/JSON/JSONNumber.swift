/// A number as a JSON text writes it (RFC 8259, section 6).
struct JSONNumber {
    /// Where it stands.
    let range: Range<Int>
    private let isNegative: Bool
    /// The digits without the point, as far as they fit.
    private let mantissa: UInt64
    /// How many digits there are from the first that is not 0.
    private let significant: Int
    /// How many of the digits stand after the point.
    private let decimals: Int
    private let exponent: Int
    private let isWhole: Bool

    /// A text can hold a number of any length, and reading the digits of one takes more than linear time.
    private static let longest = 1000

    /// Reads the number that begins at `start`; nil where none does.
    ///
    /// - Parameter bytes: must end with a byte that no number has.
    init?(_ bytes: [UInt8], at start: Int) {
        func isDigit(_ index: Int) -> Bool { bytes[index] &- UInt8(ascii: "0") < 10 }
        var index = start
        isNegative = bytes[index] == UInt8(ascii: "-")
        if isNegative { index += 1 }
        guard isDigit(index) else { return nil }
        // No number but 0 begins with 0.
        if bytes[index] == UInt8(ascii: "0"), isDigit(index + 1) { return nil }
        var mantissa: UInt64 = 0
        var significant = 0
        func take(_ byte: UInt8) {
            if significant > 0 || byte != UInt8(ascii: "0") { significant += 1 }
            if significant < 20 { mantissa = mantissa &* 10 &+ UInt64(byte &- UInt8(ascii: "0")) }
        }
        while isDigit(index) {
            take(bytes[index])
            index += 1
        }
        var isWhole = true
        var decimals = 0
        if bytes[index] == UInt8(ascii: ".") {
            isWhole = false
            index += 1
            guard isDigit(index) else { return nil }
            while isDigit(index) {
                take(bytes[index])
                decimals += 1
                index += 1
            }
        }
        var exponent = 0
        if bytes[index] | 0x20 == UInt8(ascii: "e") {
            isWhole = false
            index += 1
            let isBelow = bytes[index] == UInt8(ascii: "-")
            if isBelow || bytes[index] == UInt8(ascii: "+") { index += 1 }
            guard isDigit(index) else { return nil }
            while isDigit(index) {
                // Beyond it any number is 0 or infinite.
                if exponent < 100_000 { exponent = exponent * 10 + Int(bytes[index] &- UInt8(ascii: "0")) }
                index += 1
            }
            if isBelow { exponent = -exponent }
        }
        range = start..<index
        self.mantissa = mantissa
        self.significant = significant
        self.decimals = decimals
        self.exponent = exponent
        self.isWhole = isWhole
    }

    /// The value, none of its digits lost; nil where it is too long to be read, or infinite as a `Double`.
    func value(of bytes: [UInt8]) -> JSONValue? {
        if isWhole, significant <= 18 { return .integer(isNegative ? -Int(mantissa) : Int(mantissa)) }
        guard range.count <= Self.longest else { return nil }
        if !isWhole, significant <= 15, let number = exactly { return Self.value(number) }
        let text = String(decoding: bytes[range], as: UTF8.self)
        if isWhole { return Int(text).map(JSONValue.integer) ?? .digits(text) }
        guard let number = Double(text), number.isFinite else { return nil }
        if significant <= 15 {
            // A `Double` holds so many digits, but for the numbers nearest to zero.
            return number.isNormal || mantissa == 0 ? Self.value(number) : .digits(text)
        }
        if significant <= 19, let shortest = JSONNumber(Array("\(number)".utf8) + [0], at: 0),
            shortest.normalized == normalized
        {
            return Self.value(number)
        }
        let written = DecimalDigits(text)
        if significant > 19, written == DecimalDigits("\(number)") { return Self.value(number) }
        // 9007199254740993.0 is whole, and no Double.
        if let whole = written.whole { return Int(whole).map(JSONValue.integer) ?? .digits(whole) }
        return .digits(text)
    }

    /// The digits without zeros at their end, and the power of ten that they are of; of numbers of up to 19 digits.
    private var normalized: (digits: UInt64, power: Int) {
        var digits = mantissa
        var power = exponent - decimals
        while digits > 0, digits.isMultiple(of: 10) {
            digits /= 10
            power += 1
        }
        return (digits, power)
    }

    /// 1.0 and 1e3 are whole numbers.
    private static func value(_ number: Double) -> JSONValue {
        Int(exactly: number).map(JSONValue.integer) ?? .number(number)
    }

    /// The nearest `Double` where one multiplication or division of exact numbers gives it (Clinger, "How to read
    /// floating point numbers accurately", 1990).
    private var exactly: Double? {
        let power = exponent - decimals
        guard abs(power) < Self.powers.count else { return nil }
        let magnitude = Double(mantissa)
        let number = power < 0 ? magnitude / Self.powers[-power] : magnitude * Self.powers[power]
        return isNegative ? -number : number
    }

    /// The powers of ten that a `Double` holds exactly.
    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ]
}

/// The digits of a number from the first to the last that is not 0, and where the point stands, so that two ways to
/// write one number compare equal.
private struct DecimalDigits: Equatable {
    private var isNegative = false
    private var digits: [UInt8] = []
    /// How many places before the first of the digits the point stands, negative for one after it: 0.05 has -1.
    private var point = 0

    init(_ text: String) {
        let parts = text.utf8.split(maxSplits: 1) { $0 | 0x20 == UInt8(ascii: "e") }
        var hasPoint = false
        for byte in parts.first ?? text.utf8[...] {
            switch byte {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): hasPoint = true
            case UInt8(ascii: "0") where digits.isEmpty: point -= hasPoint ? 1 : 0
            default:
                digits.append(byte)
                point += hasPoint ? 0 : 1
            }
        }
        while digits.last == UInt8(ascii: "0") { digits.removeLast() }
        let exponent = parts.count > 1 ? Int(String(parts[1]) ?? "") ?? 0 : 0
        point = digits.isEmpty ? 0 : point + exponent
    }

    /// The number without a fraction; nil where it has one, or is very long.
    var whole: String? {
        guard (digits.count...40).contains(point) else { return nil }
        return (isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self)
            + String(repeating: "0", count: point - digits.count)
    }
}
