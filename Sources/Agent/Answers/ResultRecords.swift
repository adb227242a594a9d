import Core
import Understanding

/// Takes a plugin's result apart, as far as it is read. Each value is looked at a bounded number of times, and what lies
/// behind the limit not at all.
struct ResultRecords: Sendable {
    /// Bytes of a result's text that are read.
    static let mostBytes = 512 << 10

    private(set) var records: [ResultText.Record] = []
    /// Whether the result goes on behind what was read.
    private(set) var isCut = false
    private var left: Int

    /// Lines that are one record, and bytes of a line.
    private static let (mostLines, longestLine) = (64, 2000)
    /// Bytes of a name with those that it stands in.
    private static let longestName = 200
    /// Values that are read as one.
    private static let mostValues = 128

    private let language: QuestionLanguage

    init(_ result: JSONValue, limit: Int = mostBytes, in language: QuestionLanguage = .english) {
        left = limit
        self.language = language
        add(result, name: "")
    }

    private mutating func add(_ value: JSONValue, name: String) {
        guard goesOn else { return }
        switch value {
        case .object(let members): add(members, name: name)
        case .array(let items):
            if !name.isEmpty { append("\(name):") }
            for item in items {
                guard goesOn else { return }
                if Self.isLong(item) {
                    add(item, name: "")
                } else {
                    let values = Self.flat(item, name: "").joined(separator: ", ")
                    if !values.isEmpty { append("- \(values)") }
                }
            }
        case .string(let text) where ResultText.isLonger(text, than: ResultText.line):
            let pieces = pieces(of: text)
            // A name alone says nothing.
            if !name.isEmpty, !pieces.isEmpty { append("\(name):") }
            for (index, piece) in pieces.enumerated() { append(piece, goesOn: index > 0) }
        default:
            let lines = Self.flat(value, name: name)
            if !lines.isEmpty { append(lines.joined(separator: "\n")) }
        }
    }

    private mutating func add(_ members: JSONObject, name: String) {
        var beside: [String] = []
        var apart: [(String, JSONValue)] = []
        var hasBegun = false
        for (key, member) in members {
            guard goesOn else { break }
            let path = Self.path(name, key)
            if Self.isLong(member) {
                apart.append((path, member))
            } else {
                beside += Self.flat(member, name: path)
            }
            if beside.count >= Self.mostLines {
                append(beside.joined(separator: "\n"), goesOn: hasBegun)
                (beside, hasBegun) = ([], true)
            }
        }
        if !beside.isEmpty { append(beside.joined(separator: "\n"), goesOn: hasBegun) }
        for (path, member) in apart { add(member, name: path) }
    }

    private var goesOn: Bool {
        mutating get {
            if left > 0, !Task.isCancelled { return true }
            isCut = true
            return false
        }
    }

    private mutating func append(_ text: String, goesOn: Bool = false) {
        let text = Neutralizer.neutralised(text, .text)
        let size = text.utf8.count
        guard left > 0 else {
            isCut = true
            return
        }
        records.append(ResultText.Record(text: size > left ? Self.beginning(of: text, left) : text, goesOn: goesOn))
        if size > left { isCut = true }
        left -= size + 1
    }

    // MARK: Values

    /// Whether a value is taken apart: there is a list in it, a text of many lines, or more than is read as one.
    private static func isLong(_ value: JSONValue) -> Bool {
        var left = mostValues
        return isLong(value, &left)
    }

    private static func isLong(_ value: JSONValue, _ left: inout Int) -> Bool {
        left -= 1
        guard left > 0 else { return true }
        switch value {
        case .array(let items):
            var size = 0
            for item in items {
                if item.object != nil || item.array != nil || isLong(item, &left) { return true }
                size += item.string?.utf8.count ?? 8
                if size > ResultText.line { return true }
            }
            return false
        case .object(let members):
            for member in members.values where isLong(member, &left) { return true }
            return false
        case .string(let text): return ResultText.isLonger(text, than: ResultText.line)
        default: return false
        }
    }

    private static func flat(_ value: JSONValue, name: String) -> [String] {
        switch value {
        case .object(let members):
            members.flatMap { flat($1, name: path(name, $0)) }
        case .array(let items):
            items.isEmpty ? [] : [label(name) + items.flatMap { flat($0, name: "") }.joined(separator: ", ")]
        case .null: []
        case .string(let text): [label(name) + text]
        default: [label(name) + value.text]
        }
    }

    private static func path(_ name: String, _ key: String) -> String {
        let path = name.isEmpty ? key : "\(name).\(key)"
        return path.utf8.count <= longestName ? path : beginning(of: path, longestName) + "…"
    }

    private static func label(_ name: String) -> String { name.isEmpty ? "" : "\(name): " }

    // MARK: Texts

    /// Lines of a text, of a long line its sentences, and of a long sentence its parts.
    private mutating func pieces(of text: String) -> [String] {
        if text.utf8.count > left { isCut = true }
        let text = Neutralizer.neutralised(Self.beginning(of: text, left), .text)
        return text.utf8.split(separator: UInt8(ascii: "\n")).flatMap { line -> [String] in
            let line = String(decoding: line, as: UTF8.self)
            if line.utf8.allSatisfy({ $0 <= 0x20 }) { return [] }
            guard line.utf8.count > ResultText.line else { return [line] }
            return Sentences.split(line, after: ".!?", in: language).flatMap(Self.parts)
        }
    }

    private static func parts(of sentence: String) -> [String] {
        guard sentence.utf8.count > longestLine else { return [sentence] }
        var parts: [String] = []
        var start = sentence.startIndex
        while start < sentence.endIndex {
            let end = end(of: sentence, from: start, longestLine)
            parts.append(String(sentence[start..<end]))
            start = end
        }
        return parts
    }

    /// As much of a text as has so many bytes, whole scalars of Unicode.
    static func beginning(of text: String, _ bytes: Int) -> String {
        String(text[..<end(of: text, from: text.startIndex, bytes)])
    }

    private static func end(of text: String, from start: String.Index, _ bytes: Int) -> String.Index {
        guard var end = text.utf8.index(start, offsetBy: bytes, limitedBy: text.endIndex), end < text.endIndex else {
            return text.endIndex
        }
        while end > start, text.utf8[end] & 0xc0 == 0x80 { end = text.utf8.index(before: end) }
        return end
    }
}
