/// A set of byte strings: what notations and schemas are turned into before the automaton is made.
indirect enum Expression: Hashable, Sendable {
    /// One byte of these; an empty set is no string at all.
    case bytes(ByteSet)
    case sequence([Expression])
    /// An empty choice is no string at all.
    case choice([Expression])
    /// nil of `most` is without end.
    case repeated(Expression, least: Int, most: Int?)
    /// A rule of the grammar, by its index; what makes recursion possible.
    case rule(Int)

    static let empty = Expression.sequence([])
    static let never = Expression.choice([])

    static func literal(_ text: String) -> Expression { literal(bytes: Array(text.utf8)) }

    static func literal(bytes: [UInt8]) -> Expression {
        .sequence(bytes.map { .bytes(ByteSet(CollectionOfOne($0))) })
    }

    static func optional(_ expression: Expression) -> Expression { .repeated(expression, least: 0, most: 1) }

    static func characters(_ set: ScalarSet) -> Expression { set.utf8 }

    static let digit = Expression.bytes(ByteSet(0x30...0x39))
}
