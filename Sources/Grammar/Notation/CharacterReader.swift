/// Reads a text scalar by scalar: what the notations' parsers rest on.
struct CharacterReader {
    private let scalars: [UInt32]
    private(set) var position = 0

    init(_ text: String) {
        scalars = text.unicodeScalars.map(\.value)
    }

    var isAtEnd: Bool { position == scalars.count }
    var peek: Unicode.Scalar? { isAtEnd ? nil : Unicode.Scalar(scalars[position]) }

    mutating func next() -> Unicode.Scalar? {
        guard let scalar = peek else { return nil }
        position += 1
        return scalar
    }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard peek == scalar else { return false }
        position += 1
        return true
    }

    mutating func take(_ text: String) -> Bool {
        let wanted = text.unicodeScalars.map(\.value)
        guard scalars[position...].starts(with: wanted) else { return false }
        position += wanted.count
        return true
    }

    /// A number in decimal digits; nil where none stands here, or it is too large to mean anything.
    mutating func number() -> Int? {
        var value: Int?
        while let digit = peek, let number = digit.properties.numericType == .decimal ? Int(String(digit)) : nil {
            guard (value ?? 0) < 100_000_000 else { return nil }
            value = (value ?? 0) * 10 + number
            position += 1
        }
        return value
    }

    /// A scalar in so many hexadecimal digits.
    mutating func hexadecimal(_ count: Int) -> UInt32? {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let scalar = next(), let digit = UInt32(String(scalar), radix: 16) else { return nil }
            value = value << 4 | digit
        }
        return Unicode.Scalar(value) == nil ? nil : value
    }

    /// The line and the column of a position, from 1.
    func place(of position: Int) -> (line: Int, column: Int) {
        let before = scalars[..<position]
        let line = before.count { $0 == 0x0a } + 1
        let start = before.lastIndex(of: 0x0a).map { $0 + 1 } ?? 0
        return (line, position - start + 1)
    }

    /// Bounds of a repetition behind its `{`: `n}`, `n,}`, `,m}` or `n,m}`.
    mutating func bounds() -> (least: Int, most: Int?)? {
        let least = number()
        guard take(",") else {
            guard let least, take("}") else { return nil }
            return (least, least)
        }
        if take("}") { return least.map { ($0, nil) } }
        guard let most = number(), take("}"), most >= least ?? 0 else { return nil }
        return (least ?? 0, most)
    }
}
