import Core

/// A plugin's result as lines a model can read, and as a sentence of its own.
enum ResultText {
    /// A part of a result that is read as a whole or not at all: an item of a list, the values beside each other, a line
    /// of a text.
    struct Record: Sendable, Hashable {
        var text: String
        /// Whether it goes on from the one before, as a text's lines do.
        var goesOn = false
    }

    /// Characters of a text that is read as one line.
    static let line = 400

    /// `name: value` lines; nested names joined by a dot; a list's items a line each.
    static func lines(_ result: JSONValue) -> String { lines(result, limit: ResultRecords.mostBytes) }

    /// - Parameter limit: bytes that are read.
    static func lines(_ result: JSONValue, limit: Int) -> String {
        ResultRecords(result, limit: limit).records.map { $0.text + "\n" }.joined()
    }

    /// The result's parts, in order, as far as it is read.
    static func records(_ result: JSONValue) -> [Record] { ResultRecords(result).records }

    /// What a step called: an operation of a plugin, or of who asks.
    static func name(of step: Step) -> String {
        step.plugin.isEmpty ? step.operation : "\(step.plugin).\(step.operation)"
    }

    /// The sentence in which the plugin itself says its answer, where it has one.
    ///
    /// - Parameter members: of a result that may be it, the likeliest first.
    /// - Returns: also the member that it is; nil where it is all of the result.
    static func summary(_ result: JSONValue, members: [String]) -> (text: String, member: String?)? {
        for name in members {
            if let text = result[name]?.string, isSentence(text) { return (text, name) }
        }
        return result.string.flatMap { isSentence($0) ? ($0, nil) : nil }
    }

    private static func isSentence(_ text: String) -> Bool { !isLonger(text, than: line) && text.contains(" ") }

    /// Whether a text has more characters, without counting those of a long one.
    static func isLonger(_ text: String, than characters: Int) -> Bool {
        let bytes = text.utf8.count
        return bytes > characters && (bytes > 8 * characters || text.count > characters)
    }
}
