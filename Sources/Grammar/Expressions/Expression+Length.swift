/// Lengths of strings in characters, of expressions of what stands between a JSON string's quotes.
extension Expression {
    /// Whether each string of the expression is one character, as it is written in JSON.
    var isCharacter: Bool {
        switch self {
        case .bytes(let set): set.isWithin(0x20...0x7f) && !set.contains(UInt8(ascii: "\\"))
        case .choice(let parts): !parts.isEmpty && parts.allSatisfy(\.isCharacter)
        case .sequence(let parts): Self.isCharacter(parts)
        case .repeated, .rule: false
        }
    }

    /// An escape, or a byte that leads others.
    private static func isCharacter(_ parts: [Expression]) -> Bool {
        guard case .bytes(let first)? = parts.first else { return parts.count == 1 && parts[0].isCharacter }
        if first.only == 0x5c {
            guard parts.count > 1, case .bytes(let second) = parts[1] else { return false }
            return parts.count == (second.only == 0x75 ? 6 : 2)
        }
        if parts.count == 1 { return parts[0].isCharacter }
        return first.isWithin(0xc2...0xf4) && parts.dropFirst().allSatisfy(\.isContinuation)
    }

    private var isContinuation: Bool {
        switch self {
        case .bytes(let set): set.isWithin(0x80...0xbf)
        case .choice(let parts), .sequence(let parts): parts.allSatisfy(\.isContinuation)
        case .repeated, .rule: false
        }
    }

    /// The fewest and the most characters of a string; nil where that cannot be told.
    var lengths: (least: Int, most: Int?)? {
        if isCharacter { return (1, 1) }
        switch self {
        case .bytes, .rule: return nil
        case .sequence(let parts):
            var sum: (least: Int, most: Int?) = (0, 0)
            for part in parts {
                guard let lengths = part.lengths else { return nil }
                sum.least = Self.limited(sum.least + lengths.least)
                sum.most = lengths.most.flatMap { most in sum.most.map { Self.limited($0 + most) } }
            }
            return sum
        case .choice(let parts):
            let all = parts.compactMap(\.lengths)
            guard all.count == parts.count, let least = all.map(\.least).min() else { return nil }
            let most = all.compactMap(\.most)
            return (least, most.count == all.count ? most.max() : nil)
        case .repeated(let body, let least, let most):
            guard let lengths = body.lengths else { return nil }
            let times = most.flatMap { times in lengths.most.map { Self.limited($0 * times) } }
            return (Self.limited(lengths.least * least), lengths.most == 0 ? 0 : times)
        }
    }

    /// Far over any length that matters, and far under what overflows when it is multiplied.
    private static func limited(_ length: Int) -> Int { min(length, 1_000_000_000) }

    /// Its strings of so many characters.
    ///
    /// - Returns: nil where no expression of the same shape says that.
    func within(least: Int, most: Int?) -> Expression? {
        guard let own = lengths else { return nil }
        if own.least >= least, most == nil || own.most.map({ $0 <= most ?? 0 }) == true { return self }
        if own.most.map({ $0 < least }) == true || most.map({ own.least > $0 }) == true { return .never }
        switch self {
        case .choice(let parts):
            let kept = parts.map { $0.within(least: least, most: most) }
            return kept.contains(nil) ? nil : .choice(kept.compactMap(\.self).filter { $0 != .never })
        case .repeated(let body, let low, let high) where body.isCharacter:
            let upper = [high, most].compactMap(\.self).min()
            return .repeated(body, least: max(low, least), most: upper)
        case .sequence(let parts):
            // One part takes up what the others, whose lengths are fixed, leave.
            let lengths = parts.compactMap(\.lengths)
            let open = parts.indices.filter { lengths[$0].least != lengths[$0].most }
            guard open.count == 1, let place = open.first else { return nil }
            let fixed = own.least - lengths[place].least
            guard
                let part = parts[place].within(least: max(0, least - fixed), most: most.map { max(0, $0 - fixed) })
            else { return nil }
            var fitted = parts
            fitted[place] = part
            return .sequence(fitted)
        case .bytes, .rule, .repeated: return nil
        }
    }
}

extension ByteSet {
    /// Whether it holds bytes of a range only.
    func isWithin(_ range: ClosedRange<UInt8>) -> Bool {
        !isEmpty && (UInt8.min...UInt8.max).allSatisfy { !contains($0) || range.contains($0) }
    }
}
