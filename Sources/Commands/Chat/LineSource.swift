import Foundation

/// Where the questions of a chat come from.
protocol LineSource: Sendable {
    /// The next question without its end; nil at the end of input.
    func next() async -> String?

    /// Runs what answers a question. Where questions are typed, what is typed meanwhile is kept for the next one, and
    /// Control-D stops the answer.
    ///
    /// - Parameter body: is given the keyboard, where there is one.
    func answering<Result>(_ body: (QuietKeyboard?) async throws -> Result) async rethrows -> Result
}

extension LineSource {
    func answering<Result>(_ body: (QuietKeyboard?) async throws -> Result) async rethrows -> Result {
        try await body(nil)
    }
}

/// Lines of a file or a pipe.
struct PipedLines: LineSource {
    func next() async -> String? {
        readLine()
    }
}
