import Core
import Languages
import Logging
import Synchronization
import Understanding

/// Computes the vectors of the registered operations' descriptions in the background, and knows how far that is.
final class OperationIndex: Sendable {
    private struct Entry {
        var tool: Tool
        /// The texts that questions are compared with; nil until its description was read.
        var texts: [String]?
        var isReady = false
    }

    private struct State {
        var entries: [Entry] = []
        /// What the provider's tools are as of, where it says so.
        var mark: Int?
        /// Counts the changes of the entries, so that work on older ones is given up.
        var version = 0
    }

    private let vectors: TextVectors
    /// Texts that every question is compared with.
    private let always: [String]
    /// Reads a tool's description. It takes milliseconds.
    private let texts: @Sendable (Tool) -> [String]
    private let logger: Logger
    private let state = Mutex(State())
    private let changes: AsyncStream<Void>
    private let changed: AsyncStream<Void>.Continuation

    /// Texts that are computed together at least.
    private static let portion = 32

    init(
        vectors: TextVectors, always: [String], logger: Logger, texts: @escaping @Sendable (Tool) -> [String]
    ) {
        self.vectors = vectors
        self.always = always
        self.logger = logger
        self.texts = texts
        (changes, changed) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))
    }

    /// How many of the operations have all their vectors.
    var progress: IndexProgress {
        state.withLock { state in
            IndexProgress(done: state.entries.count { $0.isReady }, total: state.entries.count)
        }
    }

    /// Whether these are the tools as of a mark.
    func isCurrent(_ mark: Int?) -> Bool {
        state.withLock { $0.mark != nil && $0.mark == mark }
    }

    /// Takes the tools there are from now on. Those that have not changed stay ready.
    ///
    /// - Parameter mark: what the tools are as of; nil where nobody knows.
    func replace(_ tools: [Tool], mark: Int?) {
        let isChanged = state.withLock { state -> Bool in
            state.mark = mark
            // Of one storage as long as nothing changed, so that comparing takes no time.
            let isSame =
                state.version > 0 && state.entries.count == tools.count
                && zip(state.entries, tools).allSatisfy { $0.tool == $1 }
            guard !isSame else { return false }
            let known = Dictionary(state.entries.map { (ToolName($0.tool), $0) }) { first, _ in first }
            state.entries = tools.map { tool in
                if let entry = known[ToolName(tool)], entry.tool == tool { entry } else { Entry(tool: tool) }
            }
            state.version += 1
            return true
        }
        if isChanged { changed.yield() }
    }

    /// Works until it is cancelled.
    @concurrent
    func run() async {
        var problem: String?
        for await _ in changes {
            do {
                try await complete()
                problem = nil
            } catch is CancellationError {
                return
            } catch {
                // The words that texts share stand in meanwhile.
                if problem != "\(error)" {
                    logger.error("operations are not indexed; trying again", metadata: ["error": "\(error)"])
                }
                problem = "\(error)"
                guard (try? await Task.sleep(for: Self.pause)) != nil else { return }
                changed.yield()
            }
        }
    }

    private static let pause = Duration.seconds(30)

    /// Computes all that is missing.
    ///
    /// - Throws: `CancellationError`, and what embedding throws where no text can be embedded.
    func complete() async throws {
        var version = -1
        while true {
            try Task.checkCancellation()
            let now = state.withLock { $0.version }
            if now != version {
                guard let texts = try await readDescriptions(version: now) else { continue }
                await vectors.keep(always + texts)
                try await embed(always)
                version = now
                markReady()
            }
            let missing = nextMissing()
            if missing.entries.isEmpty {
                if state.withLock({ $0.version }) == version { return }
                continue
            }
            try await embed(missing.texts)
            setReady(missing.entries, version: version)
        }
    }

    /// - Returns: the texts of all operations; nil where these have changed meanwhile.
    private func readDescriptions(version: Int) async throws -> [String]? {
        let unread = state.withLock { state in
            state.entries.indices.filter { state.entries[$0].texts == nil }.map { ($0, state.entries[$0].tool) }
        }
        for (index, tool) in unread {
            try Task.checkCancellation()
            let texts = texts(tool)
            let isCurrent = state.withLock { state in
                guard state.version == version else { return false }
                state.entries[index].texts = texts
                return true
            }
            guard isCurrent else { return nil }
            await Task.yield()
        }
        return state.withLock { state in
            state.version == version ? state.entries.flatMap { $0.texts ?? [] } : nil
        }
    }

    /// Takes note of entries whose vectors are all there, from the disk or from a question.
    private func markReady() {
        let open = state.withLock { state in
            state.entries.indices.filter { !state.entries[$0].isReady }.map { ($0, state.entries[$0]) }
        }
        let ready = open.filter { _, entry in
            entry.texts.map { vectors.known($0).allSatisfy { $0 != nil } } ?? false
        }
        state.withLock { state in
            for (index, entry) in ready
            where state.entries.indices.contains(index) && state.entries[index].tool == entry.tool {
                state.entries[index].isReady = true
            }
        }
    }

    private func nextMissing() -> (texts: [String], entries: [Int]) {
        state.withLock { state in
            var texts: [String] = []
            var entries: [Int] = []
            for (index, entry) in state.entries.enumerated() where !entry.isReady {
                texts += entry.texts ?? []
                entries.append(index)
                if texts.count >= Self.portion { break }
            }
            return (texts, entries)
        }
    }

    private func setReady(_ entries: [Int], version: Int) {
        state.withLock { state in
            guard state.version == version else { return }
            for index in entries { state.entries[index].isReady = true }
        }
    }

    private func embed(_ texts: [String]) async throws {
        do {
            _ = try await vectors.embedWhenIdle(texts)
        } catch  where !(error is CancellationError) {
            // One of them may be to blame, and keeps no other waiting.
            var made = 0
            for text in texts {
                try Task.checkCancellation()
                if (try? await vectors.embedWhenIdle([text])) != nil { made += 1 }
            }
            guard made > 0 else { throw error }
        }
        // A cancelled call gives fewer.
        try Task.checkCancellation()
    }
}
