import Foundation

/// What comes in on standard input, or in a file.
enum PipedInput {
    /// What one message of the socket holds.
    private static let limit = 16 << 20

    /// How long a pipe may take to bring its first bytes where a question was given without it: a program at its other end
    /// may just be starting.
    static let patience = Duration.seconds(2)

    /// What standard input is to a command that does not need it.
    enum Found: Hashable {
        case text(String)
        case nothing
        /// A pipe that is open, and that nothing came out of.
        case silentPipe
        /// A file nothing was read of yet. In a loop that reads the same file (`while read x; do squire ask …; done <list`)
        /// it is the loop's.
        case unreadFile
    }

    /// Reads standard input to its end, unless it is a terminal. Blocks until whoever writes it is done.
    ///
    /// - Returns: the text without white space at its end; nil where there is none.
    /// - Throws: `inputUnreadable`.
    static func read(_ input: FileHandle = .standardInput) throws -> String? {
        guard isatty(input.fileDescriptor) == 0 else { return nil }
        return try text(of: input, named: "What was piped in")
    }

    /// Reads a pipe to its end, if something comes out of it soon. Files, terminals and devices are left alone.
    ///
    /// - Throws: `inputUnreadable`.
    static func readIfPiped(
        _ input: FileHandle = .standardInput, patience: Duration = Self.patience
    ) throws -> Found {
        var status = stat()
        guard unsafe fstat(input.fileDescriptor, &status) == 0 else { return .nothing }
        switch status.st_mode & S_IFMT {
        case S_IFREG:
            return status.st_size > 0 && lseek(input.fileDescriptor, 0, SEEK_CUR) == 0 ? .unreadFile : .nothing
        case S_IFIFO, S_IFSOCK:
            var poll = pollfd(fd: input.fileDescriptor, events: Int16(POLLIN), revents: 0)
            let milliseconds = CInt(patience / .milliseconds(1))
            guard unsafe Foundation.poll(&poll, 1, milliseconds) > 0 else { return .silentPipe }
            return try text(of: input, named: "What was piped in").map(Found.text) ?? .nothing
        default: return .nothing
        }
    }

    /// The text of a file.
    ///
    /// - Throws: `inputUnreadable`.
    static func read(file path: String) throws -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else {
            throw CommandError(
                .inputUnreadable, "\(path) could not be read: \(unsafe String(cString: strerror(errno))).")
        }
        defer { try? file.close() }
        return try text(of: file, named: path)
    }

    private static func text(of input: FileHandle, named name: String) throws -> String? {
        var data = Data()
        do {
            while let part = try input.read(upToCount: 64 << 10), !part.isEmpty {
                data.append(part)
                guard data.count <= limit else {
                    throw CommandError(
                        .inputUnreadable,
                        "\(name) has more than \(Format.bytes(limit)). Ask about less at a time, or add it to your "
                            + "documents (squire docs add) and ask about them.")
                }
            }
        } catch let error as CommandError {
            throw error
        } catch {
            throw CommandError(
                .inputUnreadable, "\(name) could not be read: \(error.localizedDescription)", cause: error)
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw CommandError(.inputUnreadable, "\(name) is not UTF-8 text.")
        }
        let end = text.lastIndex { !$0.isWhitespace }
        return end.map { String(text[...$0]) }
    }
}
