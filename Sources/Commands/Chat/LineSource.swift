import Foundation

/// Where the lines of a chat come from.
protocol LineSource: Sendable {
    /// The next line without its end; nil at the end of input.
    func next() async -> String?
}

/// Lines of a file or a pipe.
struct PipedLines: LineSource {
    func next() async -> String? {
        readLine()
    }
}
