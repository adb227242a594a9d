package import Core

/// Short texts that are what a pattern or a format asks for, for where nothing better is known.
package enum StringSample {
    private static let mostBytes = 128

    /// One or two texts for each length there is, the shortest first; none where the schema has neither pattern nor format,
    /// or one that is not understood.
    package static func texts(of schema: JSONValue) -> [String] {
        let known =
            if let pattern = schema["pattern"]?.string {
                Pattern.shape(pattern)
            } else {
                schema["format"]?.string.flatMap(StringFormat.shape)
            }
        // What else is asked is for who takes them to look at.
        guard let shape = known?.required.first else { return [] }
        let least = schema["minLength"]?.number.map { Int(min(max(0, $0), 1000)) } ?? 0
        let limit = min(max(40, least + 8), mostBytes)
        var texts: [String] = []
        // Of plain characters first, which are as many as their bytes.
        for order in [Order(isPlain: true), Order(isPlain: true, isLast: true), Order(), Order(isLast: true)] {
            for (_, bytes) in samples(shape, limit, order).sorted(by: { $0.key < $1.key }) {
                // What stands in a string is written as JSON writes it.
                guard let text = try? JSONValue(parsing: "\"\(String(decoding: bytes, as: UTF8.self))\"").string,
                    !texts.contains(text)
                else { continue }
                texts.append(text)
            }
        }
        return texts.sorted { $0.count < $1.count }
    }

    /// What is taken where several bytes may stand.
    private struct Order {
        /// Only characters that are one byte, as they are written in JSON.
        var isPlain = false
        /// The last and not the first.
        var isLast = false

        private static let usual = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789".utf8)

        func pick(from set: ByteSet) -> UInt8? {
            let usual = isLast ? Self.usual.last(where: set.contains) : Self.usual.first(where: set.contains)
            if let usual { return usual }
            return isPlain
                ? (UInt8(0x20)...0x7e).first { set.contains($0) && $0 != UInt8(ascii: "\\") }
                : (UInt8.min...UInt8.max).first(where: set.contains)
        }
    }

    /// For each number of bytes up to the limit one string of an expression.
    private static func samples(_ expression: Expression, _ limit: Int, _ order: Order) -> [Int: [UInt8]] {
        switch expression {
        case .bytes(let set): return order.pick(from: set).map { [1: [$0]] } ?? [:]
        case .sequence(let parts):
            return parts.reduce([0: []]) { joined($0, samples($1, limit, order), limit) }
        case .choice(let parts):
            let all = (order.isLast ? parts.reversed() : parts).map { samples($0, limit, order) }
            return all.reduce([:]) { $0.merging($1) { first, _ in first } }
        case .repeated(let body, let least, let most):
            let body = samples(body, limit, order)
            var run: [Int: [UInt8]] = [0: []]
            var found = least == 0 ? run : [:]
            for count in stride(from: 1, through: most ?? limit + least, by: 1) where !run.isEmpty {
                run = joined(run, body, limit)
                guard count >= least else { continue }
                let before = found.count
                found.merge(run) { first, _ in first }
                // Nothing longer comes of what only repeats itself.
                if found.count == before { break }
            }
            return found
        // Patterns and formats are made without rules.
        case .rule: return [:]
        }
    }

    private static func joined(
        _ left: [Int: [UInt8]], _ right: [Int: [UInt8]], _ limit: Int
    ) -> [Int: [UInt8]] {
        var joined: [Int: [UInt8]] = [:]
        for (count, bytes) in left {
            for (more, rest) in right where count + more <= limit && joined[count + more] == nil {
                joined[count + more] = bytes + rest
            }
        }
        return joined
    }
}
