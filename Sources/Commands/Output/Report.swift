import Core

/// Writes a command's result once, for people or as one JSON document.
struct Report {
    let console: Console
    let json: Bool

    /// - Parameters:
    ///   - value: what `--json` prints.
    ///   - text: what is printed otherwise, its lines ended.
    func callAsFunction(_ value: some Encodable, text: () -> String) throws {
        console.out(json ? try document(value) : text())
    }

    /// A JSON document and a line end: indented for a terminal, else on one line.
    func document(_ value: some Encodable) throws -> String {
        var writer = JSONWriter(isIndented: console.isOutTerminal)
        writer.write(try JSONValue(encoding: value))
        // What would speak to a terminal, or hide on it, is written as escapes: the values stay as they are.
        return String(decoding: JSONEscapes.escaped(writer.bytes), as: UTF8.self) + "\n"
    }
}
