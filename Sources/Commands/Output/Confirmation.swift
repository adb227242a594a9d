import Foundation

/// Asks at the terminal before something is done that cannot be undone.
enum Confirmation {
    /// - Returns: whether the user said yes; nil where there is nobody to ask.
    /// - Throws: `interrupted`.
    static func ask(_ question: String, _ console: Console) async throws -> Bool? {
        guard isatty(STDIN_FILENO) == 1, console.isErrTerminal else { return nil }
        TerminalMode.forgetTypedKeys()
        console.err("\(question) [y/N] ")
        return isYes(readLine())
    }

    /// Anything but a clear yes is a no.
    static func isYes(_ answer: String?) -> Bool {
        ["y", "yes"].contains(answer?.trimmingCharacters(in: .whitespaces).lowercased())
    }
}
