/// What a piece of code declares, as far as its first words tell.
struct Declaration: Hashable {
    var name: String
    /// Whether other declarations stand in it.
    var isContainer: Bool

    /// - Parameter tokens: of the declaration's beginning, up to its body.
    init?(_ tokens: CodeTokens, in language: CodeLanguage) {
        guard language.family != .plain else { return nil }
        let words = tokens.words
        var index = Self.afterModifiers(words)
        guard index < words.count else { return nil }
        if language.family == .sql {
            guard let name = Self.sqlName(words) else { return nil }
            self.init(name: name, isContainer: false)
            return
        }
        let keyword = words[index]
        if Self.functionWords.contains(keyword), let name = Self.functionName(words, at: index, keyword) {
            self.init(name: name, isContainer: false)
            return
        }
        if Self.containerWords.contains(keyword), index + 1 < words.count {
            index += 1
            while index < words.count, Self.containerWords.contains(words[index]) { index += 1 }
            if let name = Self.containerName(words, at: index, keyword, language) {
                self.init(name: name, isContainer: true)
                return
            }
        }
        if let name = Self.assignedFunction(words, at: index) {
            self.init(name: name, isContainer: false)
            return
        }
        guard language.family == .typed || language.family == .shell, tokens.hasBody,
            let name = Self.calledName(words, from: index)
        else { return nil }
        self.init(name: name, isContainer: false)
    }

    private init(name: String, isContainer: Bool) {
        self.name = name
        self.isContainer = isContainer
    }

    private static func isName(_ word: String) -> Bool {
        guard let first = word.utf8.first else { return false }
        return first.isLetter || first == UInt8(ascii: "_") || first == UInt8(ascii: "$") || first >= 0x80
            || first == UInt8(ascii: "~")
    }

    private static func afterModifiers(_ words: [String]) -> Int {
        var index = 0
        while index < words.count {
            let word = words[index]
            let next = index + 1 < words.count ? words[index + 1] : ""
            if word == "@", isName(next) {
                index += 2
                if index < words.count, words[index] == "(" { index = afterGroup(words, index, "(", ")") }
            } else if word == "template" || word == "pub" || word == "extern" || word == "private" || word == "package",
                next == "<" || next == "(" || next == "\""
            {
                let (open, close) = next == "<" ? ("<", ">") : next == "(" ? ("(", ")") : ("\"", "\"")
                index = afterGroup(words, index + 1, open, close)
            } else if modifiers.contains(word) {
                index += 1
            } else if word == "class" || word == "const", functionWords.contains(next) || modifiers.contains(next) {
                index += 1
            } else {
                break
            }
        }
        return index
    }

    private static func afterGroup(_ words: [String], _ start: Int, _ open: String, _ close: String) -> Int {
        var (depth, index) = (0, start)
        while index < words.count {
            if words[index] == close, open != close || index > start {
                depth -= 1
            } else if words[index] == open {
                depth += 1
            }
            index += 1
            if depth <= 0, index > start + 1 { break }
        }
        return index
    }

    private static func functionName(_ words: [String], at index: Int, _ keyword: String) -> String? {
        if ["init", "deinit", "subscript", "constructor"].contains(keyword) {
            // A call of one is none.
            return index + 1 < words.count || keyword == "deinit" ? keyword : nil
        }
        var next = index + 1
        // Go's receiver.
        if keyword == "func", next < words.count, words[next] == "(" { next = afterGroup(words, next, "(", ")") }
        while next < words.count, words[next] == "*" || words[next] == "!" { next += 1 }
        if next < words.count, words[next] == "<" { next = afterGroup(words, next, "<", ">") }
        guard next < words.count else { return nil }
        guard isName(words[next]) else {
            // An operator.
            let mark = words[next...].prefix { $0 != "(" && $0 != "<" || $0 == words[next] }.joined()
            return keyword == "func" && !mark.isEmpty && words[next] != "(" ? String(mark.prefix(8)) : nil
        }
        return dotted(words, from: next)
    }

    /// `self.name`, `a.b:c`, `A::b`.
    private static func dotted(_ words: [String], from start: Int) -> String {
        var name = words[start]
        var index = start + 1
        while index + 1 < words.count, [".", ":", "::"].contains(words[index]), isName(words[index + 1]) {
            // A type after a colon and a blank is no part of it, but neither language that has those has such names.
            name += words[index] + words[index + 1]
            index += 2
        }
        return name
    }

    private static func containerName(
        _ words: [String], at start: Int, _ keyword: String, _ language: CodeLanguage
    ) -> String? {
        guard start < words.count else { return nil }
        if keyword == "impl" || keyword == "extension" {
            var index = start
            if words[index] == "<" { index = afterGroup(words, index, "<", ">") }
            let stop: Set<String> = ["{", "where", ":"]
            let name = words[min(index, words.count)...].prefix { !stop.contains($0) }
            return name.isEmpty ? nil : CodeTokens.joined(name)
        }
        guard isName(words[start]) else { return nil }
        if keyword == "type" {
            let next = start + 1 < words.count ? words[start + 1] : ""
            return ["struct", "interface", "="].contains(next) || isName(next) ? words[start] : nil
        }
        if language.family == .typed, ["struct", "union", "enum"].contains(keyword), start + 1 < words.count {
            // `struct point *find(…) {` is a function's type.
            let next = words[start + 1]
            guard ["{", ":", "<", ";", "final", "implements", "("].contains(next) else { return nil }
        }
        return language.family == .typed || language.family == .words ? dotted(words, from: start) : words[start]
    }

    /// `const name = (…) => …`, `name: function(…)`.
    private static func assignedFunction(_ words: [String], at index: Int) -> String? {
        guard index + 3 < words.count, ["const", "let", "var"].contains(words[index]), isName(words[index + 1]),
            let equals = words.firstIndex(of: "=")
        else { return nil }
        let value = words[(equals + 1)...]
        return value.contains("=>") || value.prefix(2).contains("function") ? words[index + 1] : nil
    }

    /// The name before the first parenthesis: `static int main(void) {`.
    private static func calledName(_ words: [String], from index: Int) -> String? {
        guard let open = words[index...].firstIndex(of: "("), open > index, isName(words[open - 1]),
            !controlWords.contains(words[open - 1]), !controlWords.contains(words[index]),
            !words[index..<open].contains("="), !words[index..<open].contains(".")
        else { return nil }
        var name = words[open - 1]
        var start = open - 1
        while start - 2 >= index, words[start - 1] == "::", isName(words[start - 2]) {
            name = words[start - 2] + "::" + name
            start -= 2
        }
        return name
    }

    private static func sqlName(_ words: [String]) -> String? {
        let lowered = words.prefix(12).map { $0.lowercased() }
        guard lowered.first == "create" || lowered.first == "alter",
            let kind = lowered.firstIndex(where: { sqlWords.contains($0) })
        else { return nil }
        var index = kind + 1
        while index < lowered.count, ["if", "not", "exists", "concurrently", "only"].contains(lowered[index]) {
            index += 1
        }
        return index < words.count && (isName(words[index]) || words[index] == "\"") ? dotted(words, from: index) : nil
    }
}
