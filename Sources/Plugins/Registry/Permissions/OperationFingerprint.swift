import Core
import Digest

/// Tells whether an operation is still the one that was asked about: a SHA-256 over all that decides what a call of it
/// does and what its user was told of it.
///
/// Where its plugin comes from, the server, method, path template and schema are in it, with the descriptions, and how
/// arguments become a request. Examples are not: they change what is called, never what a call does.
enum OperationFingerprint {
    /// In hexadecimal digits.
    static func of(_ tool: Tool) -> String {
        var bytes: [UInt8] = []
        func add(_ text: String) {
            // Lengths keep neighbours apart: "ab" and "c" is not "a" and "bc".
            bytes += Array("\(text.utf8.count):".utf8)
            bytes += Array(text.utf8)
        }
        add("squire operation 1")
        add(tool.plugin)
        add(tool.operation)
        add(tool.description)
        add(tool.isReadOnly ? "reads" : "changes")
        add(tool.parameters.canonicalText)
        if let origin = tool.origin {
            add(origin.title)
            add(origin.source)
            add(origin.server)
            add(origin.method)
            add(origin.path)
            origin.binding.forEach(add)
        }
        return SHA256.sum(of: bytes).hexadecimal
    }

    /// Whether two tools are the same operation, called in the same way.
    static func isSame(_ one: Tool, _ other: Tool) -> Bool {
        one == other || of(one) == of(other)
    }
}
