import Foundation

/// A sign, word or number of a calculation as people write it: `17*23`, `15 % of 80`, "twelve plus thirty".
enum ExpressionToken: Sendable, Hashable {
    case number(Decimal)
    case time(minutes: Int)
    /// Minutes in one of a unit of time.
    case unit(minutes: Int)
    case plus, minus, times, divide, power, modulo
    case percent
    /// Of a percentage or a part: `15 % of 80`, "half of 30".
    case of
    /// Less a percentage: "20 % off 60".
    case off
    case squared, cubed
    case root
    case open, close

    /// The longest first: "to the power of" before "to".
    private static let phrases: [(words: [String], token: ExpressionToken)] = [
        (["to", "the", "power", "of"], .power), (["raised", "to"], .power), (["square", "root", "of"], .root),
        (["the", "square", "root", "of"], .root), (["the", "root", "of"], .root), (["root", "of"], .root),
        (["multiplied", "by"], .times), (["divided", "by"], .divide), (["per", "cent"], .percent),
        (["plus"], .plus), (["and"], .plus), (["minus"], .minus), (["less"], .minus), (["times"], .times),
        (["x"], .times), (["over"], .divide), (["mod"], .modulo), (["modulo"], .modulo), (["percent"], .percent),
        (["pct"], .percent), (["of"], .of), (["off"], .off), (["squared"], .squared), (["cubed"], .cubed),
        (["sqrt", "of"], .root), (["sqrt"], .root),
        (["half"], .number(Decimal(sign: .plus, exponent: -1, significand: 5))),
        (["quarter"], .number(Decimal(sign: .plus, exponent: -2, significand: 25))),
        (["noon"], .time(minutes: 720)), (["midnight"], .time(minutes: 0)),
    ]

    /// What says nothing of the calculation.
    private static let fillers: Set<String> = [
        "a", "an", "the", "is", "are", "what", "what's", "how", "much", "equals",
    ]

    private static let units: [String: Int] = [
        "minute": 1, "minutes": 1, "min": 1, "mins": 1, "hour": 60, "hours": 60, "h": 60, "hr": 60, "hrs": 60,
    ]

    /// - Throws: `AlmanacError` that names what cannot be read.
    static func all(in text: String) throws(AlmanacError) -> [ExpressionToken] {
        var tokens: [ExpressionToken] = []
        var rest = Substring(Self.signed(text.lowercased()))
        while let first = rest.first {
            if first.isWhitespace || "$€£=?,!".contains(first) {
                rest.removeFirst()
            } else if let (token, length) = symbol(rest) {
                tokens.append(token)
                rest = rest.dropFirst(length)
            } else if first.isNumber || first == "." {
                tokens.append(try number(&rest))
            } else {
                try words(&rest, &tokens)
            }
        }
        return tokens
    }

    /// An order to calculate, as the calculation: `divide 1000 by 8` is `1000 / 8`.
    private static func signed(_ text: String) -> String {
        if let match = text.wholeMatch(of: /\s*(divide|multiply)\s+(.+?)\s+by\s+(.+)/) {
            return "(\(match.2)) \(match.1 == "divide" ? "/" : "*") (\(match.3))"
        }
        if let match = text.wholeMatch(of: /\s*(?:subtract|take)\s+(.+?)\s+from\s+(.+)/) {
            return "(\(match.2)) - (\(match.1))"
        }
        if let match = text.wholeMatch(of: /\s*add\s+(.+?)\s+(?:to|and)\s+(.+)/) {
            return "(\(match.1)) + (\(match.2))"
        }
        return text
    }

    private static func symbol(_ rest: Substring) -> (ExpressionToken, Int)? {
        if rest.hasPrefix("**") { return (.power, 2) }
        switch rest.first {
        case "+": return (.plus, 1)
        case "-", "−", "–": return (.minus, 1)
        case "*", "×", "·": return (.times, 1)
        case "/", "÷", ":": return (.divide, 1)
        case "^": return (.power, 1)
        case "%": return (.percent, 1)
        case "²": return (.squared, 1)
        case "³": return (.cubed, 1)
        case "√": return (.root, 1)
        case "(", "[": return (.open, 1)
        case ")", "]": return (.close, 1)
        default: return nil
        }
    }

    private static func number(_ rest: inout Substring) throws(AlmanacError) -> ExpressionToken {
        if let match = rest.prefixMatch(of: /([0-9]{1,2}):([0-9]{2})(?![0-9])(?:\s*([ap])\.?m\b\.?)?/),
            let hour = Int(match.1), let minute = Int(match.2), minute < 60
        {
            let time = try ClockTime(reading: "\(hour):\(match.2)\(match.3.map { " \($0)m" } ?? "")")
            rest = rest[match.range.upperBound...]
            return .time(minutes: time.hour * 60 + time.minute)
        }
        if let match = rest.prefixMatch(of: /([0-9]{1,2})\s*([ap])\.?m\b\.?/) {
            let time = try ClockTime(reading: "\(match.1) \(match.2)m")
            rest = rest[match.range.upperBound...]
            return .time(minutes: time.hour * 60 + time.minute)
        }
        // Commas and spaces between groups of three part thousands.
        let pattern =
            /[0-9]{1,3}(?:[,' ][0-9]{3})+(?![0-9])(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]{1,3})?|\.[0-9]+/
        guard let match = rest.prefixMatch(of: pattern) else {
            throw AlmanacError(.invalid, "cannot read \"\(rest.prefix(20))\" as a number")
        }
        let digits = match.output.filter { !", '".contains($0) }
        rest = rest[match.range.upperBound...]
        guard digits.count <= 38, let value = Decimal(string: String(digits)) else {
            throw AlmanacError(.invalid, "the number \(digits) has more than 38 digits, which are not calculated with")
        }
        return .number(value)
    }

    private static func words(_ rest: inout Substring, _ tokens: inout [ExpressionToken]) throws(AlmanacError) {
        func isPart(_ character: Character) -> Bool { character.isLetter || character == "'" || character == "’" }
        let word = String(rest.prefix(while: isPart))
        guard !word.isEmpty else {
            throw AlmanacError(.invalid, "cannot calculate with \"\(rest.prefix(20))\"")
        }
        let following = rest.prefix(80).split { !isPart($0) }.map(String.init)
        for (words, token) in phrases where following.starts(with: words) {
            // "a hundred and five" is a number, and "2 hours and 10 minutes" one duration; both add.
            for word in words {
                let start = rest.range(of: word)?.upperBound ?? rest.endIndex
                rest = rest[start...]
            }
            tokens.append(token)
            return
        }
        rest = rest.dropFirst(word.count)
        if let minutes = units[word] {
            tokens.append(.unit(minutes: minutes))
        } else if let value = SpelledNumber.value(of: word) {
            // "twenty-five" and "twenty five".
            if case .number(let before)? = tokens.last, let joined = SpelledNumber.joined(before, word, value) {
                tokens[tokens.count - 1] = .number(joined)
            } else {
                tokens.append(.number(value))
            }
            if rest.first == "-", rest.dropFirst().first?.isLetter == true { rest.removeFirst() }
        } else if !fillers.contains(word) {
            throw AlmanacError(.invalid, "cannot calculate with \"\(word)\"; write it like 17 * 23 or 15% of 80")
        }
    }
}

/// Numbers in English words, as the platform spells them.
enum SpelledNumber {
    private static let values: [String: Decimal] = {
        let formatter = NumberFormatter()
        formatter.locale = Locale(identifier: "en_US")
        formatter.numberStyle = .spellOut
        var values: [String: Decimal] = [:]
        for number in Array(0...20) + [30, 40, 50, 60, 70, 80, 90] {
            if let word = formatter.string(from: number as NSNumber) { values[word] = Decimal(number) }
        }
        return values.merging(scales) { $1 }
    }()

    private static let scales: [String: Decimal] = [
        "hundred": 100, "thousand": 1000, "million": 1_000_000, "dozen": 12,
    ]

    static func value(of word: String) -> Decimal? { values[word] }

    /// What two words of one number are together: "twenty five", "three hundred"; nil where they are two numbers.
    static func joined(_ before: Decimal, _ word: String, _ value: Decimal) -> Decimal? {
        if scales[word] != nil { return before * value }
        return before >= 20 && value < 10 && value > 0 ? before + value : nil
    }
}
