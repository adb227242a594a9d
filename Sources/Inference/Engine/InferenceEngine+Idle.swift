package import Core

extension InferenceEngine {
    /// How often it is looked whether something is asked: being told would cost those who ask. `Activity` says whether
    /// something is computed, and counts this work itself among it.
    private static let look = Duration.milliseconds(20)
    /// How long nothing must have been asked: between two calls of one turn a plugin may be asked.
    private static let calm = Duration.milliseconds(500)
    /// How long is waited for that, and how often work is given up for others: so that idle work comes to its end also on
    /// a machine that is never idle.
    private static let longestWait = Duration.seconds(60)
    private static let mostYields = 5

    /// Begins when nothing has been asked for half a second, and begins again when something is asked meanwhile. After
    /// five times it runs to its end, evenly with the others.
    package func textWhenIdle(_ request: GenerationRequest) async throws -> (text: String, usage: Usage) {
        for _ in 0..<Self.mostYields {
            try await waitUntilNothingIsAsked()
            if let done = try await textUnlessOthersAsk(request) { return done }
        }
        return try await text(request)
    }

    private var requests: Int { queueCounts.running + queueCounts.waiting }

    private func waitUntilNothingIsAsked() async throws {
        let end = ContinuousClock.now + Self.longestWait
        var quiet = ContinuousClock.now
        while .now - quiet < Self.calm, .now < end {
            if requests > 0 { quiet = .now }
            try await Task.sleep(for: Self.look)
        }
    }

    /// - Returns: nil where something else was asked before it was done; what was computed of it is given up.
    private func textUnlessOthersAsk(_ request: GenerationRequest) async throws -> (text: String, usage: Usage)? {
        try await withThrowingTaskGroup(of: (text: String, usage: Usage)?.self) { group in
            group.addTask { try await self.text(request) }
            group.addTask {
                // Its own request is one.
                while self.requests <= 1 { try await Task.sleep(for: Self.look) }
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
