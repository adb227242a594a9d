import Core

/// What is asked of the inside of a string.
struct SizedText: Hashable {
    var shape = TextShape()
    var least = 0
    var most: Int?
    /// Of which keywords it is made, for where it cannot be said in full.
    var keywords: [String] = []
}

extension SchemaCompiler {
    mutating func textShape(_ flat: FlatSchema, at place: String) throws(GrammarError) -> SizedText {
        var text = SizedText(least: Self.count(flat["minLength"]) ?? 0, most: Self.count(flat["maxLength"]))
        if text.least > 0 { text.keywords.append("minLength") }
        if text.most != nil { text.keywords.append("maxLength") }
        for pattern in SchemaParts.texts(flat["pattern"]) {
            try parts.spend(1 + pattern.utf8.count / 8, at: place)
            guard let shape = Pattern.shape(pattern) else {
                parts.note("pattern", at: place)
                continue
            }
            text.shape.add(shape)
            text.keywords.append("pattern")
        }
        for format in SchemaParts.texts(flat["format"]) {
            guard let shape = StringFormat.shape(format) else { continue }
            text.shape.add(shape)
            text.keywords.append("format")
        }
        for pattern in SchemaParts.texts(flat[SchemaParts.forbiddenPatterns]) {
            // Only what is one expression has a simple opposite.
            guard let shape = Pattern.shape(pattern), shape.forbidden.isEmpty, shape.required.count == 1 else {
                parts.note("not", at: place)
                continue
            }
            text.shape.add(TextShape(forbidden: shape.required))
            text.keywords.append("not")
        }
        for case .string(let value) in flat[SchemaParts.excluded]?.array ?? [] {
            text.shape.add(TextShape(forbidden: [.literal(JSONText.inside(value))]))
            text.keywords.append("not")
        }
        return text
    }

    /// An expression of texts; what it does not say is noted.
    ///
    /// - Returns: nil where there is no such text.
    mutating func expression(of text: SizedText, at place: String) throws(GrammarError) -> Expression? {
        if let most = text.most, most < text.least {
            parts.contradiction("minLength \(text.least) is over maxLength \(most)", at: place)
            return nil
        }
        if let known = texts[text] { return known }
        try parts.spend(text.shape.required.count + text.shape.forbidden.count > 1 ? 2000 : 1, at: place)
        guard let whole = text.shape.expression(least: text.least, most: text.most, rules: &rules) else {
            // The first of all that is asked, which says most; the others are checked.
            for keyword in text.keywords.dropFirst(text.keywords.count > 1 ? 0 : 1) {
                parts.note(keyword, at: place)
            }
            return text.shape.required.first
                ?? .repeated(JSONText.character, least: min(text.least, 100_000), most: text.most)
        }
        var impossible = Set<Int>()
        guard isPossible(whole, &impossible) else {
            parts.contradiction(
                "no text meets \(Set(text.keywords).sorted().joined(separator: ", ")) together", at: place)
            return nil
        }
        texts[text] = whole
        return whole
    }

    /// Whether any text belongs to an expression whose rules are whole.
    private func isPossible(_ expression: Expression, _ seen: inout Set<Int>) -> Bool {
        guard case .rule(let root) = expression else { return RuleSet.isProductive(expression) { _ in true } }
        // From state to state, until one is found that may end.
        var open = [root]
        while let rule = open.popLast() {
            guard seen.insert(rule).inserted, case .choice(let choices) = rules.rules[rule] else { continue }
            for choice in choices {
                guard case .sequence(let steps) = choice else { return true }
                guard case .rule(let next)? = steps.last else { return true }
                open.append(next)
            }
        }
        return false
    }
}
