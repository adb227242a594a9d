/// Answers from what a client's tools returned.
package protocol ResultAnswering: Sendable {
    /// - Parameters:
    ///   - messages: system, user and assistant messages, the question that the calls were made for last.
    ///   - calls: with what they returned.
    /// - Returns: a text whose figures and names stand in the results or the question.
    func answer(_ messages: [ChatMessage], from calls: [MadeCall]) async throws -> (text: String, usage: Usage)
}
