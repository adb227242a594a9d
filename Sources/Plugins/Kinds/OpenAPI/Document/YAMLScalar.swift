import Core

/// YAML 1.2's core schema: only what looks like JSON's words and numbers is no string, so that Norway's `no` and dates
/// stay text.
enum YAMLScalar {
    static func value(_ text: String, isPlain: Bool, tag: String?) -> JSONValue {
        guard isPlain, tag == nil || tag?.hasSuffix(":str") == false else { return .string(text) }
        switch text {
        case "", "~", "null", "Null", "NULL": return .null
        case "true", "True", "TRUE": return .bool(true)
        case "false", "False", "FALSE": return .bool(false)
        default: break
        }
        guard let first = text.utf8.first, "0123456789+-.".utf8.contains(first), text.utf8.count <= 1000,
            text.utf8.allSatisfy("0123456789+-.eE".utf8.contains)
        else { return .string(text) }
        // Numbers that JSON writes too keep all their digits.
        if let number = try? JSONValue(parsing: text) { return number }
        if let integer = Int(text) { return .integer(integer) }
        if let number = Double(text), number.isFinite { return .number(number) }
        return .string(text)
    }
}
