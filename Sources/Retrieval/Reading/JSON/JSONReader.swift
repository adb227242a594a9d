/// Reads JSON: an array's elements, an object's members or the values of JSON Lines, each a block.
struct JSONReader {
    private let text: [UInt8]
    private let name: String
    private let limits: ReadLimits
    private var flattener: JSONFlattener
    private var builder: DocumentBuilder
    private var number = 0
    /// Of the only object.
    private var title: String?

    /// - Parameter text: UTF-8.
    /// - Throws: `damaged` where it is no JSON.
    static func read(_ text: [UInt8], name: String, limits: ReadLimits) throws(RetrievalError) -> ReadDocument {
        var reader = JSONReader(text, name: name, limits: limits)
        return try reader.read()
    }

    private init(_ text: [UInt8], name: String, limits: ReadLimits) {
        self.text = text
        self.name = name
        self.limits = limits
        flattener = JSONFlattener(text, nesting: limits.nesting, outputLimit: limits.unpackedBytes)
        builder = DocumentBuilder(limits: limits)
    }

    private mutating func read() throws(RetrievalError) -> ReadDocument {
        do throws(JSONFlattener.Failure) {
            // Only a look at what comes after the first value tells JSON Lines from an object.
            var ahead = flattener
            let first = ahead.peek()
            let start = ahead.index
            ahead.skip()
            switch first {
            case _ where ahead.peek() != nil || isFirstLineWhole(from: start): return try readValues()
            case UInt8(ascii: "["): try readElements(under: [])
            case UInt8(ascii: "{"): try readMembers()
            default: append(try flattener.value(), under: [])
            }
        } catch {
            throw damage(error)
        }
        return builder.document(kind: .json, title: title)
    }

    /// Lines of which the first one looks like an object, even if what is in it is not closed.
    private func isFirstLineWhole(from start: Int) -> Bool {
        guard let end = text[start...].firstIndex(of: .newline), text[start] == UInt8(ascii: "{"),
            text[start..<end].trimmed.last == UInt8(ascii: "}")
        else { return false }
        return text[end...].drop(while: \.isSpace).first == UInt8(ascii: "{")
    }

    private mutating func readElements(under headings: [String]) throws(JSONFlattener.Failure) {
        try flattener.take(UInt8(ascii: "["))
        if flattener.peek() == UInt8(ascii: "]") { return try flattener.take(UInt8(ascii: "]")) }
        repeat {
            append(try flattener.value(), under: headings)
        } while try flattener.takesAnother(before: UInt8(ascii: "]"))
    }

    private mutating func readMembers() throws(JSONFlattener.Failure) {
        try flattener.take(UInt8(ascii: "{"))
        if flattener.peek() == UInt8(ascii: "}") { return try flattener.take(UInt8(ascii: "}")) }
        repeat {
            let keyBytes = try flattener.string()
            let key = keyBytes.text
            try flattener.take(.colon)
            let first = flattener.peek()
            if first == UInt8(ascii: "["), isArrayOfObjects {
                try readElements(under: [key.asHeading].filter { !$0.isEmpty })
                continue
            }
            let isContainer = first == UInt8(ascii: "[") || first == UInt8(ascii: "{")
            let value = try flattener.value(path: key)
            if title == nil, first == .quote, JSONFlattener.isTitle(keyBytes) {
                title = value.lines.dropFirst(keyBytes.count + 2).text.asHeading.nonBlank
            }
            // Short values belong with their neighbours, as those of a configuration do.
            let isRecord = isContainer || value.lines.count > Self.shortValue
            append(
                value, under: isRecord && key.nonBlank != nil ? [key.asHeading] : [],
                form: isRecord ? .record : .paragraph)
        } while try flattener.takesAnother(before: UInt8(ascii: "}"))
    }

    private var isArrayOfObjects: Bool {
        var ahead = flattener
        guard (try? ahead.take(UInt8(ascii: "["))) != nil else { return false }
        return ahead.peek() == UInt8(ascii: "{")
    }

    private mutating func readValues() throws(JSONFlattener.Failure) -> ReadDocument {
        var failures: [JSONFlattener.Failure] = []
        while flattener.peek() != nil, !builder.isFull {
            do {
                append(try flattener.value(), under: [])
            } catch {
                if error.reason == .tooLong { throw error }
                failures.append(error)
                flattener.skipLine()
            }
        }
        guard number > 0 || failures.isEmpty else { throw failures[0] }
        let omission = failures.first.map {
            "\(failures.count) values that are no JSON are left out, the first at line \(line(of: $0.offset))"
        }
        return builder.document(kind: .json, omission: omission)
    }

    private mutating func append(
        _ value: JSONFlattener.Value, under headings: [String], form: ReadDocument.Form = .record
    ) {
        number += 1
        let title = value.title.map { headings.last == $0 ? [] : [$0] } ?? []
        builder.append(
            value.lines, headings: headings + title, location: .record(number), form: form, isTight: form == .paragraph)
    }

    private func damage(_ failure: JSONFlattener.Failure) -> RetrievalError {
        let line = line(of: failure.offset)
        return switch failure.reason {
        case .unexpected: .damaged(name, as: "JSON", "line \(line) is not JSON; fix it, or add it as text")
        case .endsEarly:
            .damaged(name, as: "JSON", "it ends too early, at line \(line); it may have been cut short: fetch it again")
        case .tooDeep:
            .damaged(
                name, as: "JSON",
                "at line \(line) its values are nested more than \(limits.nesting) deep; flatten it, or add it as text")
        case .tooLong:
            RetrievalError(
                .tooLarge,
                "\(name) is over \(limits.unpackedBytes >> 20) MiB once each value has its path; split it and add the parts"
            )
        }
    }

    private func line(of offset: Int) -> Int { text[..<offset].count { $0 == .newline } + 1 }

    /// Bytes.
    private static let shortValue = 120
}
