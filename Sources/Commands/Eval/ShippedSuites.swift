import Foundation

/// The suites that come with Squire.
enum ShippedSuites {
    /// In the order in which they are run.
    static let names = ["calling", "grounded", "retrieval"]

    /// The file of one of them.
    ///
    /// - Throws: `usage` for a name there is not, and where the files were not installed.
    static func path(of name: String) throws -> String {
        guard names.contains(name) else {
            throw CommandError(
                .usage,
                "There is no suite \"\(name)\". There are \(names.joined(separator: ", ")); --suite takes a file of your own."
            )
        }
        let program = Bundle.main.executableURL?.resolvingSymlinksInPath()
        let file = program?.deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "share/squire/eval/\(name).jsonl").resolvingSymlinksInPath()
        guard let file, FileManager.default.fileExists(atPath: file.path) else {
            throw CommandError(
                .usage,
                "The suite \"\(name)\" is not in share/squire/eval beside the program; install Squire again, or name a file with --suite."
            )
        }
        return file.path
    }
}
