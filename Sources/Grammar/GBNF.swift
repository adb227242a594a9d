/// A grammar in llama.cpp's notation (GBNF, `grammars/README.md`), built rule by rule.
package struct GBNF: Sendable {
    private var rules: [(name: String, body: String)] = []
    private var names: Set<String> = []

    package init() {}

    /// Adds a rule and gives its name: `hint`, or `hint-2` where that is taken by another rule.
    @discardableResult
    package mutating func add(_ hint: String, _ body: String) -> String {
        // Rule names are made of letters, digits and dashes.
        let base = String(hint.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" })
        if let same = rules.first(where: { $0.body == body && ($0.name == base || $0.name.hasPrefix(base + "-")) }) {
            return same.name
        }
        var name = base
        var number = 2
        while !names.insert(name).inserted {
            name = "\(base)-\(number)"
            number += 1
        }
        rules.append((name, body))
        return name
    }

    /// A name to refer to before its rule stands; give the body with `define`.
    package mutating func reserve(_ hint: String) -> String {
        var name = hint
        var number = 2
        while !names.insert(name).inserted {
            name = "\(hint)-\(number)"
            number += 1
        }
        return name
    }

    package mutating func define(_ reserved: String, _ body: String) {
        rules.append((reserved, body))
    }

    /// The grammar's text; a sentence of it is a sentence of `root`.
    package func text(root: String) -> String {
        (["root ::= \(root)"] + rules.map { "\($0.name) ::= \($0.body)" }).joined(separator: "\n") + "\n"
    }

    /// A terminal that is exactly `text`.
    package static func literal(_ text: String) -> String {
        var escaped = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": escaped += "\\\""
            case "\\": escaped += "\\\\"
            case "\n": escaped += "\\n"
            case "\r": escaped += "\\r"
            case "\t": escaped += "\\t"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped + "\""
    }
}
