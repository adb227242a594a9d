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
        default: nil
        }
    }

    /// OpenAPI's formats that say how a text is shown or kept, and not what it may be.
    static func isAnnotation(_ format: String) -> Bool {
        ["password", "binary", "byte", "int32", "int64", "float", "double"].contains(format)
    }

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

    private static let ipv4: Expression = {
        let octet = Expression.choice([
            .sequence([.literal("25"), set("012345")]), .sequence([.literal("2"), set("01234"), .digit]),
            .sequence([.literal("1"), digits(2)]), .sequence([set("123456789"), .digit]), .digit,
        ])
        let dotted = Expression.sequence([.literal("."), octet])
        return .sequence([octet, dotted, dotted, dotted])
    }()
}
