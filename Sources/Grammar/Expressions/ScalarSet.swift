/// A set of Unicode scalars, as ranges in ascending order that do not touch.
struct ScalarSet: Hashable, Sendable {
    private(set) var ranges: [ClosedRange<UInt32>] = []

    static let all = ScalarSet([0...0xd7ff, 0xe000...0x10ffff])

    init(_ ranges: [ClosedRange<UInt32>] = []) {
        for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = self.ranges.last, range.lowerBound <= last.upperBound + 1 {
                self.ranges[self.ranges.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                self.ranges.append(range)
            }
        }
    }

    init(_ text: String) {
        self.init(text.unicodeScalars.map { $0.value...$0.value })
    }

    var isEmpty: Bool { ranges.isEmpty }

    func contains(_ scalar: UInt32) -> Bool { ranges.contains { $0.contains(scalar) } }

    func union(_ other: ScalarSet) -> ScalarSet { ScalarSet(ranges + other.ranges) }

    func intersection(_ other: ScalarSet) -> ScalarSet {
        ScalarSet(
            ranges.flatMap { range in
                other.ranges.compactMap { $0.overlaps(range) ? range.clamped(to: $0) : nil }
            })
    }

    func subtracting(_ other: ScalarSet) -> ScalarSet { intersection(other.complement) }

    /// All scalars that are not in the set.
    var complement: ScalarSet {
        var rest: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { rest.append(next...(range.lowerBound - 1)) }
            next = range.upperBound + 1
        }
        if next <= 0x10ffff { rest.append(next...0x10ffff) }
        return ScalarSet(rest).intersection(.all)
    }

    /// One scalar of the set, as UTF-8 (RFC 3629).
    var utf8: Expression {
        // The longest runs of scalars whose encodings have the same length.
        let lengths: [(range: ClosedRange<UInt32>, bytes: Int)] = [
            (0...0x7f, 1), (0x80...0x7ff, 2), (0x800...0xffff, 3), (0x10000...0x10ffff, 4),
        ]
        var ascii = ByteSet()
        var choices: [Expression] = []
        for range in ScalarSet.all.intersection(self).ranges {
            for (part, bytes) in lengths where part.overlaps(range) {
                let clamped = range.clamped(to: part)
                if bytes == 1 {
                    for byte in clamped { ascii.insert(UInt8(byte)) }
                } else {
                    choices += Self.sequences(
                        Self.encoded(clamped.lowerBound, bytes), Self.encoded(clamped.upperBound, bytes))
                }
            }
        }
        return .choice((ascii.isEmpty ? [] : [.bytes(ascii)]) + choices)
    }

    private static func encoded(_ scalar: UInt32, _ count: Int) -> [UInt8] {
        let lead: UInt32 = [0, 0, 0xc0, 0xe0, 0xf0][count]
        return (0..<count).map { index in
            let bits = scalar >> UInt32(6 * (count - 1 - index))
            return UInt8(index == 0 ? lead | bits : 0x80 | bits & 0x3f)
        }
    }

    /// All encodings from one to another of the same length, which compare as their scalars do.
    private static func sequences(_ low: [UInt8], _ high: [UInt8]) -> [Expression] {
        guard let first = low.first, let last = high.first else { return [] }
        if low.count == 1 { return [.bytes(ByteSet(first...last))] }
        let least = [UInt8](repeating: 0x80, count: low.count - 1)
        let most = [UInt8](repeating: 0xbf, count: low.count - 1)
        let lowRest = Array(low.dropFirst())
        let highRest = Array(high.dropFirst())
        func with(_ lead: ClosedRange<UInt8>, _ low: [UInt8], _ high: [UInt8]) -> Expression {
            .sequence([.bytes(ByteSet(lead)), .choice(sequences(low, high))])
        }
        if first == last { return [with(first...first, lowRest, highRest)] }
        var parts: [Expression] = []
        var from = first
        var to = last
        if lowRest != least {
            parts.append(with(first...first, lowRest, most))
            from += 1
        }
        if highRest != most {
            parts.append(with(last...last, least, highRest))
            to -= 1
        }
        if from <= to { parts.append(with(from...to, least, most)) }
        return parts
    }
}
