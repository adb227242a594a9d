import Core

extension GivenLinks {
    /// The links that may stand in an answer from results.
    ///
    /// - Parameter said: what the user said, and what stands in the conversation.
    init(said: [String], read: [ReadResult]) {
        self.init(in: said + read.flatMap { $0.records.map(\.text) })
    }

    /// What a conversation's links are held against; nil where nothing of others is in it.
    init?(conversation: [Message]) {
        guard conversation.contains(where: { !$0.steps.isEmpty || !$0.citations.isEmpty }) else { return nil }
        self.init(in: conversation.map(\.text))
    }
}
