/// The formats of strings that are enforced (JSON Schema 2020-12, Validation, section 7.3).
enum StringFormat {
    /// What a string of the format is; nil where the format is not enforced.
    static func expression(_ name: String) -> Expression? {
        switch name {
        case "date": date
        case "time": time
        case "date-time": .sequence([date, .literal("T"), time])
        case "uuid": uuid
        case "email": email
        case "uri": uri
        case "ipv4": ipv4
        case "ipv6": ipv6
        case "hostname": host
        case "duration": duration
        default: nil
        }
    }

    /// Formats say first of all how a text is meant (JSON Schema 2020-12, Validation, section 7.2.1); those that are not
    /// known here say nothing else.
    static func shape(_ name: String) -> TextShape? { expression(name).map { TextShape([$0]) } }

    private static func set(_ characters: String) -> Expression { .bytes(ByteSet(characters.utf8)) }

    private static func digits(_ count: Int) -> Expression { .repeated(.digit, least: count, most: count) }

    private static func oneOf(_ values: some Sequence<Int>) -> Expression {
        .choice(values.map { .literal(($0 < 10 ? "0" : "") + String($0)) })
    }

    /// RFC 3339, full-date; years from 0001.
    private static let date: Expression = {
        let year = Expression.choice(
            (0..<4).map { zeros in
                .sequence([.literal(String(repeating: "0", count: zeros)), set("123456789"), digits(3 - zeros)])
            })
        let fours = stride(from: 4, through: 96, by: 4)
        let leap = Expression.choice([
            .sequence([digits(2), oneOf(fours)]), .sequence([oneOf(fours), .literal("00")]),
        ])
        let day = { (last: Int) in Expression.sequence([.literal("-"), oneOf(1...last)]) }
        let common = Expression.choice([
            .sequence([oneOf([1, 3, 5, 7, 8, 10, 12]), day(31)]),
            .sequence([oneOf([4, 6, 9, 11]), day(30)]),
            .sequence([.literal("02"), day(28)]),
        ])
        return .choice([
            .sequence([year, .literal("-"), common]), .sequence([leap, .literal("-02-29")]),
        ])
    }()

    /// RFC 3339, full-time, without leap seconds.
    private static let time: Expression = {
        let hour = oneOf(0...23)
        let minute = oneOf(0...59)
        return .sequence([
            hour, .literal(":"), minute, .literal(":"), minute,
            .optional(.sequence([.literal("."), .repeated(.digit, least: 1, most: 9)])),
            .choice([.literal("Z"), .sequence([set("+-"), hour, .literal(":"), minute])]),
        ])
    }()

    private static let uuid: Expression = {
        let hex = { (count: Int) in Expression.repeated(set("0123456789abcdefABCDEF"), least: count, most: count) }
        return .sequence([
            hex(8), .literal("-"), hex(4), .literal("-"), hex(4), .literal("-"), hex(4), .literal("-"), hex(12),
        ])
    }()

    private static let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    private static let decimal = "0123456789"

    /// Part of a host's name; two hyphens stand in those that are not ASCII in truth (`xn--…`).
    private static let label = Expression.sequence([
        set(letters + decimal),
        .repeated(
            .choice([
                set(letters + decimal),
                .sequence([.repeated(.literal("-"), least: 1, most: 2), set(letters + decimal)]),
            ]), least: 0, most: 30),
    ])

    private static let host = Expression.sequence([
        label, .repeated(.sequence([.literal("."), label]), least: 0, most: 8),
    ])

    /// The addresses people have: dot-atoms of RFC 5322 at a host name.
    private static let email: Expression = {
        let atom = Expression.repeated(set(letters + decimal + "!#$%&'*+/=?^_`{|}~-"), least: 1, most: 30)
        return .sequence([
            atom, .repeated(.sequence([.literal("."), atom]), least: 0, most: 4), .literal("@"), host,
        ])
    }()

    /// RFC 3986: with a host and no user, a file of this machine, or one of the schemes that have no host.
    private static let uri: Expression = {
        let percent = Expression.sequence([.literal("%"), .repeated(set("0123456789ABCDEF"), least: 2, most: 2)])
        let part = Expression.choice([set(letters + decimal + "-._~!$&'()*+,;=:@"), percent])
        let tail = Expression.choice([set(letters + decimal + "-._~!$&'()*+,;=:@/?"), percent])
        let path = Expression.repeated(
            .sequence([.literal("/"), .repeated(part, least: 0, most: nil)]), least: 0, most: nil)
        let port = Expression.sequence([.literal(":"), .repeated(.digit, least: 1, most: 5)])
        let scheme = Expression.sequence([
            set(letters), .repeated(set(letters + decimal + "+-."), least: 0, most: 10),
        ])
        return .sequence([
            .choice([
                .sequence([scheme, .literal("://"), host, .optional(port), path]),
                .sequence([.literal("file:///"), .repeated(part, least: 0, most: nil), path]),
                .sequence([
                    .choice([.literal("mailto:"), .literal("tel:"), .literal("urn:")]),
                    .repeated(part, least: 1, most: nil), path,
                ]),
            ]),
            .optional(.sequence([.literal("?"), .repeated(tail, least: 0, most: nil)])),
            .optional(.sequence([.literal("#"), .repeated(tail, least: 0, most: nil)])),
        ])
    }()

    /// RFC 4291, section 2.2, as RFC 3986 writes it out: eight groups, of which one run of zeros may be left out.
    private static let ipv6: Expression = {
        let group = Expression.repeated(set("0123456789abcdefABCDEF"), least: 1, most: 4)
        let colon = Expression.literal(":")
        let led = Expression.sequence([group, colon])
        let last = Expression.choice([.sequence([group, colon, group]), ipv4])
        var choices: [Expression] = [.sequence([.repeated(led, least: 6, most: 6), last])]
        for before in 0...7 {
            let start: Expression =
                before == 0
                ? .empty : .sequence([.repeated(led, least: before - 1, most: before - 1), group])
            // At least one group is left out: at most this many follow.
            let most = 7 - before
            var ends: [Expression] = [.empty]
            if most >= 1 { ends.append(.sequence([.repeated(led, least: 0, most: most - 1), group])) }
            if most >= 2 { ends.append(.sequence([.repeated(led, least: 0, most: most - 2), ipv4])) }
            choices.append(.sequence([start, .literal("::"), .choice(ends)]))
        }
        return .choice(choices)
    }()

    /// RFC 3339, appendix A: ISO 8601's durations, of which weeks stand alone.
    private static let duration: Expression = {
        let number = Expression.repeated(.digit, least: 1, most: 6)
        let part = { (letter: String) in Expression.sequence([number, .literal(letter)]) }
        // Units follow each other without a gap.
        func run(_ letters: [String]) -> Expression {
            .choice(
                letters.indices.map { start in
                    letters[(start + 1)...].reversed().reduce(Expression.empty) { rest, letter in
                        .optional(.sequence([part(letter), rest]))
                    }.after(part(letters[start]))
                })
        }
        let time = Expression.sequence([.literal("T"), run(["H", "M", "S"])])
        return .sequence([
            .literal("P"),
            .choice([part("W"), time, .sequence([run(["Y", "M", "D"]), .optional(time)])]),
        ])
    }()

    private static let ipv4: Expression = {
        let octet = Expression.choice([
            .sequence([.literal("25"), set("012345")]), .sequence([.literal("2"), set("01234"), .digit]),
            .sequence([.literal("1"), digits(2)]), .sequence([set("123456789"), .digit]), .digit,
        ])
        let dotted = Expression.sequence([.literal("."), octet])
        return .sequence([octet, dotted, dotted, dotted])
    }()
}

extension Expression {
    /// The expression behind another one.
    fileprivate func after(_ first: Expression) -> Expression { .sequence([first, self]) }
}
