/// Reads a grammar in llama.cpp's notation (GBNF, `grammars/README.md`): rules, quoted texts, character classes,
/// groups, alternatives and repetitions.
struct GrammarNotation {
    private var reader: CharacterReader
    private var rules = RuleSet()
    private var indices: [String: Int] = [:]
    private var defined: Set<Int> = []
    /// Where a rule was first used.
    private var uses: [Int: Int] = [:]
    private var depth = 0

    private static let mostDepth = 200
    /// Repetitions of repetitions (`("a"?)*`, written without the group); more than two never say more.
    private static let mostRepetitions = 4
    private static let mostCharacters = 1 << 20

    /// - Returns: the rules, and the one named `root`.
    /// - Throws: `grammarInvalid`, with the line and column.
    static func read(_ text: String, into rules: RuleSet) throws(GrammarError) -> (rules: RuleSet, root: Int) {
        // An expression takes a hundred times the memory of its text, so this is looked at first.
        guard text.utf8.count <= mostCharacters else {
            throw GrammarError(.grammarInvalid, "the grammar (GBNF) has more than \(mostCharacters) bytes")
        }
        var parser = GrammarNotation(reader: CharacterReader(text), rules: rules)
        return try parser.grammar()
    }

    private init(reader: CharacterReader, rules: RuleSet) {
        self.reader = reader
        self.rules = rules
    }

    private func failure(_ expected: String, at position: Int? = nil) -> GrammarError {
        let place = reader.place(of: position ?? reader.position)
        return GrammarError(
            .grammarInvalid, "the grammar (GBNF), line \(place.line), column \(place.column): \(expected)")
    }

    private mutating func grammar() throws(GrammarError) -> (rules: RuleSet, root: Int) {
        skipSpace(newlines: true)
        while !reader.isAtEnd {
            let place = reader.position
            let name = self.name()
            guard !name.isEmpty else { throw failure("expected the name of a rule") }
            let index = index(of: name)
            skipSpace(newlines: false)
            guard reader.take("::=") else { throw failure("expected ::= after \"\(name)\"") }
            guard defined.insert(index).inserted else {
                throw failure("rule \"\(name)\" stands twice; join both with |", at: place)
            }
            rules.rules[index] = try alternatives(isNested: false)
            skipSpace(newlines: true)
        }
        for (index, place) in uses.sorted(by: { $0.key < $1.key }) where !defined.contains(index) {
            throw failure("there is no rule \"\(rules.names[index])\"", at: place)
        }
        guard let root = indices["root"], defined.contains(root) else {
            throw failure("the grammar has no rule named root, which is where it begins")
        }
        return (rules, root)
    }

    private mutating func index(of name: String) -> Int {
        if let known = indices[name] { return known }
        let index = rules.reserve(name)
        indices[name] = index
        return index
    }

    private mutating func name() -> String {
        var name = ""
        while let scalar = reader.peek, scalar.isASCII,
            scalar.properties.isAlphabetic || scalar == "-" || scalar == "_"
                || scalar.properties.numericType == .decimal
        {
            name.unicodeScalars.append(scalar)
            _ = reader.next()
        }
        return name
    }

    private mutating func skipSpace(newlines: Bool) {
        while let scalar = reader.peek {
            if scalar == "#" {
                while let next = reader.peek, next != "\n" { _ = reader.next() }
            } else if scalar == " " || scalar == "\t" || (newlines && (scalar == "\n" || scalar == "\r")) {
                _ = reader.next()
            } else {
                return
            }
        }
    }

    private mutating func alternatives(isNested: Bool) throws(GrammarError) -> Expression {
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.mostDepth else { throw failure("groups are nested more than \(Self.mostDepth) deep") }
        var choices: [Expression] = []
        repeat {
            skipSpace(newlines: true)
            choices.append(try sequence(isNested: isNested))
        } while reader.take("|")
        return choices.count == 1 ? choices[0] : .factored(choices)
    }

    private mutating func sequence(isNested: Bool) throws(GrammarError) -> Expression {
        var parts: [Expression] = []
        while let scalar = reader.peek, scalar != "|", scalar != ")", scalar != "\n", scalar != "\r" {
            let item = try item()
            parts.append(try repeated(item))
            skipSpace(newlines: isNested)
        }
        // An alternative on the next line goes on with this rule.
        let here = reader
        skipSpace(newlines: true)
        if reader.peek != "|" { reader = here }
        return .sequence(parts)
    }

    private mutating func repeated(_ body: Expression) throws(GrammarError) -> Expression {
        var body = body
        for _ in 0...Self.mostRepetitions {
            if reader.take("*") {
                body = .repeated(body, least: 0, most: nil)
            } else if reader.take("+") {
                body = .repeated(body, least: 1, most: nil)
            } else if reader.take("?") {
                body = .optional(body)
            } else if reader.take("{") {
                guard let bounds = reader.bounds() else { throw failure("expected {n}, {n,} or {n,m}") }
                body = .repeated(body, least: bounds.least, most: bounds.most)
            } else {
                return body
            }
        }
        throw failure("one item is repeated more than \(Self.mostRepetitions) times over; write fewer")
    }

    private mutating func item() throws(GrammarError) -> Expression {
        if reader.take("\"") {
            var text: [UInt8] = []
            while !reader.take("\"") { text += UTF8.encode(try scalar(until: "\"")).map(Array.init) ?? [] }
            return .literal(bytes: text)
        }
        if reader.take("[") {
            let isNegated = reader.take("^")
            var ranges: [ClosedRange<UInt32>] = []
            while !reader.take("]") {
                let low = try scalar(until: "]").value
                let here = reader
                if reader.take("-"), reader.peek != "]" {
                    let high = try scalar(until: "]").value
                    guard low <= high else { throw failure("a range goes from the lower character to the higher") }
                    ranges.append(low...high)
                } else {
                    reader = here
                    ranges.append(low...low)
                }
            }
            let set = ScalarSet(ranges)
            return .characters(isNegated ? set.complement : set)
        }
        if reader.take("(") {
            let inner = try alternatives(isNested: true)
            skipSpace(newlines: true)
            guard reader.take(")") else { throw failure("expected )") }
            return inner
        }
        if reader.take(".") { return .characters(.all) }
        let place = reader.position
        let name = self.name()
        guard !name.isEmpty else { throw failure("expected a text in quotes, a class in brackets, a group or a rule") }
        let index = index(of: name)
        if uses[index] == nil { uses[index] = place }
        return .rule(index)
    }

    /// A character of a quoted text or a class, escapes resolved.
    private mutating func scalar(until end: Unicode.Scalar) throws(GrammarError) -> Unicode.Scalar {
        guard let scalar = reader.next() else { throw failure("expected \(end) before the grammar's end") }
        guard scalar == "\\" else { return scalar }
        let place = reader.position
        guard let escaped = reader.next() else { throw failure("expected a character after \\") }
        let value: UInt32? =
            switch escaped {
            case "n": 0x0a
            case "r": 0x0d
            case "t": 0x09
            case "x": reader.hexadecimal(2)
            case "u": reader.hexadecimal(4)
            case "U": reader.hexadecimal(8)
            case "\\", "\"", "[", "]", "-", "^", "/": escaped.value
            default: nil
            }
        guard let value, let result = Unicode.Scalar(value) else {
            throw failure("\\\(escaped) is no escape", at: place)
        }
        return result
    }
}
