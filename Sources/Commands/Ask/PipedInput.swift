import Foundation

/// What was piped into a command.
enum PipedInput {
    /// What one message of the socket holds.
    private static let limit = 16 << 20

    /// Reads standard input to its end, unless it is a terminal. Blocks until whoever writes it is done; give
    /// `</dev/null` where it is inherited from something that never ends.
    ///
    /// - Returns: the text without white space at its end; nil where there is none.
    /// - Throws: `inputUnreadable`.
    static func read(_ input: FileHandle = .standardInput) throws -> String? {
        guard isatty(input.fileDescriptor) == 0 else { return nil }
        var data = Data()
        do {
            while let part = try input.read(upToCount: 64 << 10), !part.isEmpty {
                data.append(part)
                guard data.count <= limit else {
                    throw CommandError(
                        .inputUnreadable, "More than \(Format.bytes(limit)) were piped in; ask about less at a time.")
                }
            }
        } catch let error as CommandError {
            throw error
        } catch {
            // A standard input that was closed (`<&-`) has nothing to say.
            return nil
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw CommandError(.inputUnreadable, "What was piped in is not UTF-8 text.")
        }
        let end = text.lastIndex { !$0.isWhitespace }
        return end.map { String(text[...$0]) }
    }
}
