extension JSONValue {
    /// What a schema's reference into this document leads to: `#`, a JSON pointer behind it (RFC 6901) as it is written in
    /// URLs, an `$anchor`, or the `$id` of a schema in it with one of these behind it (JSON Schema 2020-12, section 8.2).
    /// Nil where it leads nowhere, or out of the document. Names are looked for through the whole document: who asks often
    /// remembers the answer.
    package func target(ofReference reference: String) -> JSONValue? {
        let parts = reference.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        let base = String(parts[0])
        let fragment = parts.count > 1 ? String(parts[1]).removingPercentEscapes : ""
        var root = self
        if !base.isEmpty {
            guard let named = first(where: { $0["$id"]?.string.map { Self.isName($0, base) } ?? false }) else {
                return nil
            }
            root = named
        }
        if fragment.isEmpty { return root }
        guard fragment.hasPrefix("/") else {
            return root.first { $0["$anchor"]?.string == fragment || $0["$dynamicAnchor"]?.string == fragment }
        }
        return root.target(ofPointer: fragment)
    }

    private func target(ofPointer pointer: String) -> JSONValue? {
        var target = self
        for step in pointer.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            let key = String(step).replacing("~1", with: "/").replacing("~0", with: "~")
            let item = Int(key).flatMap { index in
                target.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
            guard let next = target[key] ?? item else { return nil }
            target = next
        }
        return target
    }

    /// Whether an identifier is what a reference names: whole, or its end, since references are mostly relative.
    private static func isName(_ identifier: String, _ reference: String) -> Bool {
        let name = identifier.hasSuffix("#") ? String(identifier.dropLast()) : identifier
        return name == reference || name.hasSuffix("/" + reference)
    }

    /// The first schema in this one, itself included, with a property; values that are no schemas are not looked into.
    private func first(where isWanted: (JSONValue) -> Bool) -> JSONValue? {
        var open = [self]
        while let value = open.popLast() {
            switch value {
            case .object(let members):
                if isWanted(value) { return value }
                for (key, member) in members.sorted(by: { $0.key > $1.key }) where !Self.values.contains(key) {
                    open.append(member)
                }
            case .array(let items): open += items.reversed()
            default: continue
            }
        }
        return nil
    }

    private static let values: Set<String> = ["enum", "const", "default", "example", "examples"]
}

extension String {
    /// The text with `%20` and the like resolved (RFC 3986, section 2.1), as references are written in URLs.
    fileprivate var removingPercentEscapes: String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == 0x25, rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
