import Core
import Foundation

/// Reads JSON as models write it: in a code fence, with commas before a closing bracket, with text after it.
enum LooseJSON {
    /// The object or list that a text begins with, and the text after it. Nil where it begins with neither, or with one
    /// that is not whole.
    static func read(_ text: Substring) -> (value: JSONValue, rest: Substring)? {
        var rest = text.drop(while: \.isWhitespace)
        let isFenced = rest.hasPrefix("```")
        if isFenced {
            // ```json
            rest = rest.dropFirst(3).drop(while: { $0.isLetter || $0 == "_" }).drop(while: \.isWhitespace)
        }
        guard let (json, end) = balanced(rest), let value = try? JSONValue(parsing: json) else { return nil }
        rest = rest[end...]
        if isFenced {
            let inside = rest.drop(while: \.isWhitespace)
            if inside.hasPrefix("```") { rest = inside.dropFirst(3) }
        }
        return (value, rest)
    }

    /// What stands between a bracket at the beginning and the one that closes it, without needless commas, and where it
    /// ends.
    private static func balanced(_ text: Substring) -> (json: String, end: String.Index)? {
        guard text.first == "{" || text.first == "[" else { return nil }
        var bytes: [UInt8] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        for index in text.utf8.indices {
            let byte = text.utf8[index]
            if isInString {
                bytes.append(byte)
                if isEscaped {
                    isEscaped = false
                } else if byte == UInt8(ascii: "\\") {
                    isEscaped = true
                } else if byte == UInt8(ascii: "\"") {
                    isInString = false
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "\""): isInString = true
            case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                while let last = bytes.last, whitespace.contains(last) { bytes.removeLast() }
                if bytes.last == UInt8(ascii: ",") { bytes.removeLast() }
            default: break
            }
            bytes.append(byte)
            if depth == 0 { return (String(decoding: bytes, as: UTF8.self), text.utf8.index(after: index)) }
        }
        return nil
    }

    private static let whitespace = Set(" \t\r\n".utf8)
}
