package import Core

extension JSONValue {
    /// What a schema's reference into this document leads to: `#`, or a JSON pointer behind it (RFC 6901), as it is written in
    /// URLs. Nil where it leads nowhere, or out of the document.
    package func target(ofReference reference: String) -> JSONValue? {
        guard reference.hasPrefix("#") else { return nil }
        var target = self
        for step in reference.dropFirst().split(separator: "/") {
            let key = String(step).removingPercentEscapes.replacing("~1", with: "/").replacing("~0", with: "~")
            let item = Int(key).flatMap { index in
                target.array.flatMap { $0.indices.contains(index) ? $0[index] : nil }
            }
            guard let next = target[key] ?? item else { return nil }
            target = next
        }
        return target
    }
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
